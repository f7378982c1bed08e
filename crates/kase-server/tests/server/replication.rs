//! The feed and its hints.

use futures::StreamExt;
use kase_replication::{Hint, HintStream};
use reqwest::Method;
use serde_json::json;

use crate::app::{BOUND, TestApp};
use crate::client::{Register, creation, new_id};

/// The hints of a register as they come.
pub(crate) async fn hints(register: &Register) -> impl StreamExt<Item = Hint> + Unpin {
    let request = register.client.request(Method::GET, "/api/v1/replication/hints");
    let response = request.bearer_auth(&register.token).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut reader = HintStream::default();
    let pieces = response.bytes_stream().take_while(|piece| futures::future::ready(piece.is_ok()));
    pieces.flat_map(move |piece| futures::stream::iter(reader.read(&piece.unwrap()).unwrap())).boxed()
}

#[tokio::test]
async fn a_register_is_told_who_answers_and_that_there_is_something_to_pull() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let mut hints = hints(&register).await;
    let hello = tokio::time::timeout(BOUND, hints.next()).await.unwrap().unwrap();
    assert!(matches!(hello, Hint::Hello { ref place, .. } if place == "riga-centrs"), "{hello:?}");
    register.push(&[creation(new_id(), "R1-0001", json!({"first_name": "Anna"}))]).await;
    let changes = async { while hints.next().await != Some(Hint::Changes) {} };
    tokio::time::timeout(BOUND, changes).await.unwrap();
}

#[tokio::test]
async fn a_stop_ends_open_streams_and_loses_nothing() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let id = new_id();
    cashier.create(&json!({"id": id, "first_name": "Anna"})).await.ok();
    let hints = hints(&register).await;
    let (status, data) = app.stop().await;
    assert!(status.success(), "{status}");
    tokio::time::timeout(BOUND, hints.collect::<Vec<Hint>>()).await.expect("the stream has ended");

    let data = data.unwrap();
    let app = TestApp::start_with(&["--demo"], data.path(), "127.0.0.1:0").await;
    let register = Register { client: app.client(), token: register.token };
    let (changes, _) = register.pull(None).await;
    assert!(
        changes.iter().any(|change| change["customer_id"] == json!(id)),
        "tokens and customers are still good"
    );
}

#[tokio::test]
async fn pulling_in_pages_misses_nothing_and_repeats_nothing() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let (all, _) = register.pull(None).await;
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/v1/replication/pull?limit=500&cursor={cursor}");
        let answer = register.send(Method::GET, &path, None).await.ok();
        assert_eq!(answer["restarted"], false);
        let changes = answer["changes"].as_array().unwrap();
        assert!(changes.len() <= 500);
        paged.extend(changes.iter().cloned());
        cursor = answer["cursor"].as_str().unwrap().to_owned();
        if answer["more"] == false {
            break;
        }
    }
    assert!(paged.len() > 2_000);
    assert_eq!(paged, all);
    assert!(all.iter().all(|change| change["kind"] != "directory"), "registers never get hashes");
    let foreign = "/api/v1/replication/pull?cursor=00000000000000000000000000000007.5";
    assert_eq!(register.send(Method::GET, foreign, None).await.ok()["restarted"], true);
}
