//! Every operation is judged by the permission table, under the settings it was recorded under.

use kase_domain::{ErrorCode, SettingsVersion};
use kase_replication::RecordedOperation;
use serde_json::json;

use crate::world::{
    On, RIGA, World, address_id, anna, card, creation, customer_id, edit, further_address, in_city,
};

/// What becomes of an operation of the customer 1 that was recorded under the switches `on`, when all are off
/// since: the code of its refusal, or none.
async fn check(on: &[On], operation: impl Fn(SettingsVersion) -> RecordedOperation, expected: Option<&str>) {
    let world = World::new().await;
    let plain = world.version(RIGA).await;
    world.switch(on).await;
    let version = world.version(RIGA).await;
    world.switch(&[]).await;
    let operation = operation(version);
    if operation.operation().id.0 != customer_id(1).0 {
        world.push(RIGA, &[anna(1, plain)]).await;
    }
    world.push(RIGA, std::slice::from_ref(&operation)).await;
    world.convert().await;
    let code = world.operation(&operation).await.error_code;
    assert_eq!(code.as_deref(), expected, "{}", operation.text());
}

fn email(version: SettingsVersion) -> RecordedOperation {
    edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))])
}

fn address(version: SettingsVersion) -> RecordedOperation {
    further_address(2, 1, version, in_city(1, "Rīga"))
}

fn titled(version: SettingsVersion) -> RecordedOperation {
    creation(1, version, json!({"first_name": "Anna", "title": "Dr."}))
}

fn two_addresses(version: SettingsVersion) -> RecordedOperation {
    let addresses = json!([{"id": address_id(1)}, {"id": address_id(2)}]);
    creation(1, version, json!({"first_name": "Anna", "addresses": addresses}))
}

const ALL: [On; 3] = [On::Addresses, On::Enhanced, On::Editing];

#[tokio::test]
async fn an_edit_needs_async_editing_to_have_been_on() {
    check(&[], email, Some("customer_pending_edit")).await;
    check(&[On::Addresses, On::Enhanced], email, Some("customer_pending_edit")).await;
    check(&ALL, email, None).await;
}

#[tokio::test]
async fn a_further_address_needs_async_addresses_to_have_been_on() {
    check(&[], address, Some("customer_pending_field")).await;
    check(&[On::Enhanced], address, Some("customer_pending_field")).await;
    check(&[On::Addresses], address, None).await;
}

#[tokio::test]
async fn a_creation_may_hold_what_was_open_when_it_was_recorded() {
    check(&[], titled, Some("customer_pending_field")).await;
    check(&[On::Addresses], titled, Some("customer_pending_field")).await;
    check(&[On::Enhanced], titled, None).await;
    check(&[], two_addresses, Some("customer_pending_field")).await;
    check(&[On::Enhanced], two_addresses, Some("customer_pending_field")).await;
    check(&[On::Addresses], two_addresses, None).await;
}

#[tokio::test]
async fn loyalty_is_never_taken_from_a_push_whatever_the_switches() {
    check(&ALL, |version| card(1, 1, version, Some("KASE0001")), Some("forbidden")).await;
}

#[tokio::test]
async fn loyalty_stays_closed_when_headquarters_synchronizes_it_again() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let card = card(1, 1, version, Some("KASE0001"));
    world.push(RIGA, std::slice::from_ref(&card)).await;
    world.convert().await;
    assert_eq!(world.operation(&card).await.error_code.as_deref(), Some("customer_pending_loyalty"));
    world.headquarters.synchronize_operation(card.operation().id, "admin").await.unwrap();
    world.convert().await;
    assert!(world.operation(&card).await.error_code.is_some());
}

#[tokio::test]
async fn what_was_refused_for_a_switch_takes_effect_when_headquarters_lets_it_pass() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version), email(version)]).await;
    world.convert().await;
    assert!(world.state(customer_id(1)).await.unwrap().customer.email.is_none());
    world.headquarters.synchronize_operation(email(version).operation().id, "admin").await.unwrap();
    world.convert().await;
    assert!(world.state(customer_id(1)).await.unwrap().customer.email.is_some());
    let audit = world.headquarters.audit(None, 10).await.unwrap();
    assert_eq!(
        (audit[0].who.as_str(), audit[0].action.as_str()),
        ("admin", "synchronized an operation again")
    );
}

#[tokio::test]
async fn a_real_time_call_is_not_judged_by_the_switches_of_pending_customers() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let answer = world.perform(RIGA, &[titled(version), email(version), address(version)]).await;
    assert_eq!(answer.results.len(), 3);
    assert!(answer.results.iter().all(|result| crate::world::refused(result).is_none()), "{answer:?}");
    let unknown = edit(9, 77, version, &[("email", json!(null), json!("x@inbox.lv"))]);
    let answer = world.perform(RIGA, &[unknown]).await;
    assert_ne!(crate::world::refused(&answer.results[0]), None);
    assert_ne!(crate::world::refused(&answer.results[0]), Some(ErrorCode::Internal));
}
