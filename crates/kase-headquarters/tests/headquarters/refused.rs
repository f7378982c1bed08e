//! What a channel refused is kept for headquarters' people: seen, corrected, synchronized again or discarded.

use kase_domain::{Account, ErrorCode, OperationId, Refusal, Stage};
use kase_headquarters::OperationStatus;
use kase_replication::{OperationResult, Outcome, PushRequest, RecordedOperation, Remark};
use serde_json::json;

use crate::world::{
    On, RIGA, World, anna, at_headquarters, card, creation, customer_id, edit, operations_in, refused,
    request,
};

fn refusal(code: ErrorCode) -> Refusal {
    Refusal { code, detail: "not here".into(), field: None }
}

/// The channel delivers `operations` and says that it refused one of them.
async fn push_refused(
    world: &World,
    operations: &[RecordedOperation],
    which: OperationId,
    code: ErrorCode,
) -> Vec<OperationResult> {
    let mut request: PushRequest = request(operations);
    request.remarks.insert(which, Remark::Refused(refusal(code)));
    world.headquarters.push(&RIGA.into(), &request).await.unwrap().results
}

#[tokio::test]
async fn a_refused_creation_is_shown_corrected_and_synchronized() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let titled = creation(1, version, json!({"first_name": "Anna", "title": "Dr."}));
    let id = titled.operation().id;
    let pushed = [titled.clone(), anna(2, version)];
    let results = push_refused(&world, &pushed, id, ErrorCode::CustomerPendingField).await;
    let stands = Account::Pending(Stage::Refused(refusal(ErrorCode::CustomerPendingField)));
    assert_eq!(results[0].outcome, Outcome::Accepted(stands.clone()));
    assert_eq!(results[1].outcome, at_headquarters());
    let again = world.push(RIGA, &pushed).await;
    assert_eq!(again[0].outcome, Outcome::Duplicate(stands));

    assert_eq!(world.convert().await.applied, 1, "the other customer alone");
    let shown = world.operation(&titled).await;
    assert_eq!(shown.status, OperationStatus::Refused);
    assert_eq!(shown.error_code.as_deref(), Some("customer_pending_field"));
    assert_eq!(shown.error_detail.as_deref(), Some("not here"));

    let corrected = json!({"reference": "R1-0001", "customer": {"first_name": "Anete"}});
    world.headquarters.correct_operation(id, corrected, "admin").await.unwrap();
    let (_, cursor) = world.pull_all(RIGA, None, 1_000).await;
    world.headquarters.synchronize_operation(id, "admin").await.unwrap();
    world.convert().await;
    assert_eq!(world.state(customer_id(1)).await.unwrap().customer.display_name(), "Anete");
    let (changes, _) = world.pull_all(RIGA, Some(&cursor), 1_000).await;
    let told = operations_in(&changes);
    assert_eq!((told[0].id, &told[0].progress), (id, &None), "its channel is told that it took effect");
}

#[tokio::test]
async fn what_a_channel_refused_parks_its_customer_until_a_person_decides() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let stuck = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let later = edit(2, 1, version, &[("title", json!(null), json!("Dr."))]);
    let id = stuck.operation().id;
    let pushed = [anna(1, version), stuck, later.clone(), anna(2, version)];
    push_refused(&world, &pushed, id, ErrorCode::InvalidField).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.more), (2, false));
    assert_eq!(world.operation(&later).await.status, OperationStatus::AtHeadquarters);
    world.headquarters.discard_operation(id, "typed twice", "admin").await.unwrap();
    world.convert().await;
    assert_eq!(world.operation(&later).await.status, OperationStatus::Applied);
    assert!(world.state(customer_id(1)).await.unwrap().customer.email.is_none());
}

#[tokio::test]
async fn an_edit_whose_customer_the_channel_did_not_know_goes_on_when_the_customer_comes() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let early = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let id = early.operation().id;
    push_refused(&world, &[early], id, ErrorCode::UnknownCustomer).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    assert!(world.state(customer_id(1)).await.unwrap().customer.email.is_some());
}

#[tokio::test]
async fn a_channels_remark_opens_nothing() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.perform(RIGA, &[anna(1, version)]).await;
    let card = card(1, 1, version, Some("KASE0001"));
    let id = card.operation().id;
    push_refused(&world, std::slice::from_ref(&card), id, ErrorCode::HeadquartersUnreachable).await;
    world.headquarters.synchronize_operation(id, "admin").await.unwrap();
    world.convert().await;
    assert_eq!(world.operation(&card).await.error_code.as_deref(), Some("forbidden"));
    assert!(world.state(customer_id(1)).await.unwrap().loyalty_cards.is_empty());
    let other = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let results = push_refused(&world, &[other], id, ErrorCode::InvalidField).await;
    assert_eq!(refused(&results[0]), Some(ErrorCode::IdempotencyMismatch));
}

#[tokio::test]
async fn an_edit_whose_customer_came_before_it_is_judged_whatever_its_channel_knew() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    let late = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let id = late.operation().id;
    let results = push_refused(&world, &[late], id, ErrorCode::UnknownCustomer).await;
    assert_eq!(results[0].outcome, at_headquarters());
    world.convert().await;
    assert!(world.state(customer_id(1)).await.unwrap().customer.email.is_some());
}
