//! One operation over two ways at once: in a real-time call, and delivered.

use std::pin::pin;

use futures::FutureExt;
use kase_domain::ErrorCode;
use kase_replication::{OperationResult, Outcome, PerformAnswer, PushAnswer};
use kase_service::refusal;
use kase_text::Locale;
use tokio::sync::oneshot;

use crate::world::{World, creation, operation_id};

/// What is answered to a delivery during a real-time call, and after it came to its end with `outcome`.
async fn during_and_after(outcome: Outcome) -> (PushAnswer, PerformAnswer, Outcome) {
    let world = World::new().await;
    let device = world.device("code").await;
    let (open, gate) = oneshot::channel();
    *world.headquarters.gate.lock().unwrap() = Some(gate);
    world.headquarters.performs.lock().unwrap().push_back((outcome, Vec::new()));
    let asked = creation(1);
    let mut call = pin!(world.channel.perform(&device, &asked, Locale::En));
    while world.headquarters.gate.lock().unwrap().is_some() {
        assert!(call.as_mut().now_or_never().is_none(), "headquarters has not answered yet");
        tokio::task::yield_now().await;
    }
    let mut both = creation(1);
    both.operations.extend(creation(2).operations);
    let during = world.channel.push(&device, &both, Locale::En).await.unwrap();
    open.send(()).unwrap();
    let called = call.await.unwrap();
    (during, called, world.push(&device, 1).await)
}

fn pushed(answer: &PushAnswer) -> Vec<Option<kase_domain::OperationId>> {
    answer.results.iter().map(|result| result.id).collect()
}

#[tokio::test]
async fn what_is_being_asked_about_is_left_out_of_the_answer_and_others_are_not_held_up() {
    let number = kase_domain::AccountNumber::parse("C-1").unwrap();
    let synced = kase_domain::Account::Synced(number);
    let (during, called, after) = during_and_after(Outcome::Accepted(synced.clone())).await;
    assert_eq!(pushed(&during), [Some(operation_id(2))]);
    assert!(
        matches!(&called.results[..], [OperationResult { outcome: Outcome::Accepted(account), .. }] if *account == synced)
    );
    assert!(matches!(after, Outcome::Duplicate(_)), "{after:?}");
}

#[tokio::test]
async fn a_refusal_leaves_nothing_behind_though_the_same_was_delivered_meanwhile() {
    let refused = Outcome::Refused(refusal(Locale::En, ErrorCode::InvalidField, None));
    let (during, called, _) = during_and_after(refused.clone()).await;
    assert_eq!(pushed(&during), [Some(operation_id(2))]);
    assert_eq!(called.results.len(), 1);
    assert!(matches!(called.results[0].outcome, Outcome::Refused(_)));
}
