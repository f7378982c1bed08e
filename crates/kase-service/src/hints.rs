//! The stream of hints: `hello` first, `changes` when the feed has grown, a heartbeat each second. It carries no
//! data of customers, and it ends when the server stops.

use std::convert::Infallible;
use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream;
use kase_replication::Hint;
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

use crate::Shutdown;

/// A receiver learns within a second that its neighbour is there.
const HEARTBEAT: Duration = Duration::from_secs(1);

struct State<F> {
    hello: Option<Hint>,
    changes: watch::Receiver<i64>,
    heartbeat: F,
    beats: Interval,
    shutdown: Shutdown,
}

/// The streamed answer. `changes` holds the feed's position; `heartbeat` makes each heartbeat when it is due.
pub fn hints<F>(hello: Hint, mut changes: watch::Receiver<i64>, heartbeat: F, shutdown: Shutdown) -> Response
where
    F: Fn() -> Hint + Send + 'static,
{
    changes.mark_unchanged();
    let mut beats = interval(HEARTBEAT);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beats.reset();
    let state = State { hello: Some(hello), changes, heartbeat, beats, shutdown };
    let events = stream::unfold(state, |mut state| async move {
        let hint = next(&mut state).await?;
        Some((Ok::<_, Infallible>(event(&hint)), state))
    });
    let headers = [
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        // A proxy that collects an answer before it passes it on would hold every hint back.
        (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")),
    ];
    (headers, Sse::new(events)).into_response()
}

async fn next<F: Fn() -> Hint>(state: &mut State<F>) -> Option<Hint> {
    if let Some(hello) = state.hello.take() {
        return Some(hello);
    }
    tokio::select! {
        biased;
        () = state.shutdown.begun() => None,
        changed = state.changes.changed() => changed.ok().map(|()| Hint::Changes),
        _ = state.beats.tick() => Some((state.heartbeat)()),
    }
}

fn event(hint: &Hint) -> Event {
    let name = match hint {
        Hint::Hello { .. } => "hello",
        Hint::Changes => "changes",
        Hint::Heartbeat { .. } => "heartbeat",
    };
    // A hint is three small enums and a name: it always has a JSON text.
    let data = serde_json::to_string(hint).unwrap_or_default();
    Event::default().event(name).data(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::StreamExt;
    use kase_replication::HeadquartersReach;

    fn stream(changes: watch::Receiver<i64>, shutdown: Shutdown) -> axum::body::BodyDataStream {
        let hello = Hint::Hello { place: "riga-centrs".into(), headquarters: HeadquartersReach::OutOfReach };
        let heartbeat = || Hint::Heartbeat { headquarters: HeadquartersReach::Reached, jobs: Vec::new() };
        hints(hello, changes, heartbeat, shutdown).into_body().into_data_stream()
    }

    async fn text(stream: &mut axum::body::BodyDataStream) -> Option<String> {
        let bytes = stream.next().await?.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn hello_comes_first_then_changes_and_heartbeats_and_the_end() {
        let (sender, receiver) = watch::channel(0);
        let (trigger, shutdown) = Shutdown::new();
        let mut stream = stream(receiver, shutdown);
        let hello = text(&mut stream).await.unwrap();
        assert_eq!(
            hello,
            "event: hello\ndata: {\"event\":\"hello\",\"place\":\"riga-centrs\",\"headquarters\":\"out_of_reach\"}\n\n"
        );
        sender.send_replace(1);
        assert_eq!(text(&mut stream).await.unwrap(), "event: changes\ndata: {\"event\":\"changes\"}\n\n");
        assert!(text(&mut stream).await.unwrap().starts_with("event: heartbeat\n"));
        trigger.begin();
        assert_eq!(text(&mut stream).await, None);
    }
}
