//! The stream of hints, read as it arrives.

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use js_sys::eval;
use kase_register::StreamEnd;
use kase_replication::{HeadquartersReach, Hint};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network_stub::{answer, asked, given_up};
use crate::platform::hints::{OpenStream, open};

const PATH: &str = "/api/v1/replication/hints";

/// A stream that the test writes to with `self.hints.enqueue(…)`.
const OPEN_STREAM: &str = "
    (request) => new Response(
        new ReadableStream({ start: (body) => {
            self.hints = { say: (text) => body.enqueue(new TextEncoder().encode(text)), end: () => body.close() };
            request.signal.addEventListener('abort', () => body.error(request.signal.reason));
            self.hints.say('event: hello\\ndata: {\"event\":\"hello\",\"place\":\"riga\",\"headquarters\":\"reached\"}\\n\\n');
        } }),
        { headers: { 'content-type': 'text/event-stream' } })";

/// What a stream told.
#[derive(Debug, PartialEq)]
enum Told {
    Hint(Hint),
    End(StreamEnd),
}

fn listen() -> (OpenStream, UnboundedReceiver<Told>) {
    let (sender, events) = unbounded();
    let ended = sender.clone();
    let stream = open(
        "riga.token",
        move |hint| sender.unbounded_send(Told::Hint(hint)).unwrap(),
        move |end| ended.unbounded_send(Told::End(end)).unwrap(),
    );
    (stream, events)
}

fn hello() -> Told {
    Told::Hint(Hint::Hello { place: "riga".into(), headquarters: HeadquartersReach::Reached })
}

#[wasm_bindgen_test]
async fn hints_are_heard_one_by_one_until_the_stream_ends() {
    answer(PATH, OPEN_STREAM);
    let (_stream, mut events) = listen();
    assert_eq!(events.next().await, Some(hello()));
    assert!(asked(PATH, "headers").contains(r#""authorization":"Bearer riga.token""#));
    eval("self.hints.say('event: changes\\nda')").unwrap();
    eval("self.hints.say('ta: {\"event\":\"changes\"}\\r\\n\\r\\n')").unwrap();
    assert_eq!(events.next().await, Some(Told::Hint(Hint::Changes)));
    eval("self.hints.end()").unwrap();
    assert_eq!(events.next().await, Some(Told::End(StreamEnd::Lost)));
    assert_eq!(events.next().await, None, "it ends once");
}

#[wasm_bindgen_test]
async fn a_stream_of_somebody_else_ends_and_lets_go_of_the_connection() {
    let html = "() => new Response(new ReadableStream({}), { headers: { 'content-type': 'text/html' } })";
    let refused = "() => new Response('{}', { status: 401 })";
    let broken = "() => Promise.reject(new TypeError('Failed to fetch'))";
    for strange in [html, refused, broken] {
        answer(PATH, strange);
        let (_stream, mut events) = listen();
        assert_eq!(events.next().await, Some(Told::End(StreamEnd::Lost)), "{strange}");
        assert!(given_up(PATH), "{strange}");
    }
}

#[wasm_bindgen_test]
async fn a_device_token_that_the_channel_does_not_know_is_told() {
    answer(
        PATH,
        "() => new Response('{}', { status: 401, headers: { 'content-type': 'application/problem+json' } })",
    );
    let (_stream, mut events) = listen();
    assert_eq!(events.next().await, Some(Told::End(StreamEnd::Rejected)));
}

#[wasm_bindgen_test]
async fn a_dropped_stream_gives_up_its_request_and_says_nothing_more() {
    answer(PATH, OPEN_STREAM);
    let (stream, mut events) = listen();
    assert_eq!(events.next().await, Some(hello()));
    drop(stream);
    assert!(given_up(PATH));
    assert_eq!(events.next().await, None, "both callbacks are gone, and neither was called");
}
