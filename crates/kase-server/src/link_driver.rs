//! Drives a channel's link to headquarters: feeds [`Link`] with what happens and does what it says. It never
//! decides when to push or pull.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use kase_channel::Channel;
use kase_domain::Timestamp;
use kase_replication::{Backoff, Environment, HeadquartersReach, Hint, Link, LinkEffect, LinkEvent};
use kase_service::Shutdown;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Headquarters sends a heartbeat each second; after so long without one it is out of reach.
const SILENCE: Duration = Duration::from_secs(3);

/// A connection is tried again after so long at most: it costs little, and registers show what it finds.
const LONGEST_RECONNECT_MS: u64 = 2_000;

/// Events that wait to be handled; each sender waits for room.
const EVENTS: usize = 64;

/// Runs the link until the stop begins; exchanges that are under way come to their end first.
pub(crate) async fn drive_link(
    channel: Arc<Channel>,
    environment: Arc<dyn Environment>,
    mut shutdown: Shutdown,
) {
    let (sender, mut events) = mpsc::channel(EVENTS);
    let mut outbox = channel.outbox();
    let mut link = Link::default();
    let mut wake_at: Option<Timestamp> = None;
    let mut exchanges = JoinSet::new();
    let listener = tokio::spawn(listen(
        Arc::clone(&channel),
        Arc::clone(&environment),
        sender.clone(),
        shutdown.clone(),
    ));
    loop {
        let event = tokio::select! {
            () = shutdown.begun() => break,
            Some(event) = events.recv() => event,
            changed = outbox.changed() => {
                if changed.is_err() { break }
                LinkEvent::Recorded
            }
            () = sleep_until(wake_at, environment.as_ref()), if wake_at.is_some() => LinkEvent::TimePassed,
        };
        while exchanges.try_join_next().is_some() {}
        wake_at = None;
        for effect in link.handle(event, environment.now(), random(environment.as_ref())) {
            match effect {
                LinkEffect::WakeAt(at) => wake_at = Some(at),
                exchange => drop(exchanges.spawn(perform(exchange, Arc::clone(&channel), sender.clone()))),
            }
        }
    }
    // Whoever still reports finds nobody, and that ends nothing.
    drop(events);
    while exchanges.join_next().await.is_some() {}
    if let Err(error) = listener.await {
        tracing::error!(%error, "the listener for headquarters' hints ended badly");
    }
}

/// One exchange, and what came of it.
async fn perform(effect: LinkEffect, channel: Arc<Channel>, events: mpsc::Sender<LinkEvent>) {
    let event = match effect {
        LinkEffect::Push => match channel.push_once().await {
            Ok(more) => LinkEvent::Pushed { more },
            Err(failure) => LinkEvent::PushFailed(failure),
        },
        LinkEffect::Pull => match channel.pull_once().await {
            Ok(more) => LinkEvent::Pulled { more },
            Err(failure) => LinkEvent::PullFailed(failure),
        },
        LinkEffect::WakeAt(_) => return,
    };
    // An error means that the stop has begun.
    let _ = events.send(event).await;
}

/// Listens to headquarters' hints, connecting again whenever the stream ends.
async fn listen(
    channel: Arc<Channel>,
    environment: Arc<dyn Environment>,
    events: mpsc::Sender<LinkEvent>,
    mut shutdown: Shutdown,
) {
    let mut backoff = Backoff::default();
    let mut beside = JoinSet::new();
    loop {
        tokio::select! {
            () = shutdown.begun() => break,
            () = listen_once(&channel, &events, &mut backoff, &mut beside) => {}
        }
        channel.note_reach(HeadquartersReach::OutOfReach);
        let wait_ms = backoff.fail(random(environment.as_ref())).min(LONGEST_RECONNECT_MS);
        tokio::select! {
            () = shutdown.begun() => break,
            () = tokio::time::sleep(Duration::from_millis(wait_ms)) => {}
        }
    }
    while beside.join_next().await.is_some() {}
}

/// Listens until the stream ends or falls silent.
async fn listen_once(
    channel: &Arc<Channel>,
    events: &mpsc::Sender<LinkEvent>,
    backoff: &mut Backoff,
    beside: &mut JoinSet<()>,
) {
    let Ok(mut hints) = channel.headquarters_hints().await else { return };
    loop {
        let hint = match tokio::time::timeout(SILENCE, hints.next()).await {
            Ok(Some(Ok(hint))) => hint,
            Ok(_) => return,
            Err(_) => return channel.note_silence(),
        };
        channel.note_reach(HeadquartersReach::Reached);
        if let Hint::Heartbeat { jobs, .. } = &hint {
            channel.note_jobs(jobs);
        }
        while beside.try_join_next().is_some() {}
        beside.spawn(catch_up(Arc::clone(channel), events.clone()));
        let event = match hint {
            Hint::Hello { .. } => {
                backoff.succeed();
                LinkEvent::Reached
            }
            Hint::Changes => LinkEvent::ChangesHinted,
            Hint::Heartbeat { .. } => continue,
        };
        if events.send(event).await.is_err() {
            return;
        }
    }
}

/// Headquarters that answers again is worth a push and a pull at once, whatever they wait for.
async fn catch_up(channel: Arc<Channel>, events: mpsc::Sender<LinkEvent>) {
    if channel.catch_up().await {
        // An error means that the stop has begun.
        let _ = events.send(LinkEvent::Reached).await;
    }
}

async fn sleep_until(at: Option<Timestamp>, environment: &dyn Environment) {
    let Some(at) = at else { return std::future::pending().await };
    tokio::time::sleep(Duration::from_millis(environment.now().age_ms(at))).await;
}

fn random(environment: &dyn Environment) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = environment.random();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}
