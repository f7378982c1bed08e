//! Two edits made in different places merge by field; what is contested is held for review.

use kase_headquarters::OperationStatus;
use serde_json::json;

use crate::world::{On, RIGA, TARTU, World, anna, customer_id, edit};

async fn world_with_editing() -> World {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    world
}

#[tokio::test]
async fn edits_of_different_fields_both_take_effect_and_the_history_has_old_and_new() {
    let world = world_with_editing().await;
    let version = world.version(RIGA).await;
    let one = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let other = edit(2, 1, version, &[("last_name", json!("Kalniņa 1"), json!("Bērziņa"))]);
    world.push(RIGA, &[one]).await;
    world.push(TARTU, &[other]).await;
    assert_eq!(world.convert().await.held, 0);
    let page = world.headquarters.customer_page(&customer_id(1).to_string()).await.unwrap().unwrap();
    assert_eq!(page.state.customer.display_name(), "Anna Bērziņa");
    let newest = &page.changes[0];
    assert_eq!((newest.field.as_str(), newest.who.as_str()), ("last_name", "1001"));
    assert_eq!((&newest.old, &newest.new), (&json!("Kalniņa 1"), &json!("Bērziņa")));
    assert_eq!(newest.channel.as_deref(), Some(TARTU));
}

#[tokio::test]
async fn a_contested_field_is_held_with_both_values_and_the_rest_takes_effect() {
    let world = world_with_editing().await;
    let version = world.version(RIGA).await;
    let first = edit(1, 1, version, &[("email", json!(null), json!("first@inbox.lv"))]);
    let second = edit(
        2,
        1,
        version,
        &[("email", json!(null), json!("second@inbox.lv")), ("middle_name", json!(null), json!("Marija"))],
    );
    world.push(RIGA, &[first]).await;
    world.push(TARTU, std::slice::from_ref(&second)).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.held), (1, 1));
    let customer = world.state(customer_id(1)).await.unwrap().customer;
    assert_eq!(customer.email.as_ref().unwrap().as_str(), "first@inbox.lv");
    assert!(customer.display_name().contains("Marija"));
    let held = world.operation(&second).await;
    assert_eq!(held.status, OperationStatus::Held);
    let conflict = &held.conflicts.unwrap()[0];
    assert_eq!(conflict["change"]["value"], "second@inbox.lv");
    assert_eq!(conflict["current"], "first@inbox.lv");

    // A held field parks nothing.
    let third = edit(3, 1, version, &[("email", json!("first@inbox.lv"), json!("third@inbox.lv"))]);
    world.push(RIGA, &[third]).await;
    assert_eq!(world.convert().await.applied, 1);
}

#[tokio::test]
async fn headquarters_decides_a_contested_field_by_correcting_what_was_seen() {
    let world = world_with_editing().await;
    let version = world.version(RIGA).await;
    let first = edit(1, 1, version, &[("email", json!(null), json!("first@inbox.lv"))]);
    let second = edit(2, 1, version, &[("email", json!(null), json!("second@inbox.lv"))]);
    world.push(RIGA, &[first, second.clone()]).await;
    world.convert().await;
    let id = second.operation().id;
    let seen_now =
        json!({"changes": [{"field": "email", "seen": "first@inbox.lv", "value": "second@inbox.lv"}]});
    world.headquarters.correct_operation(id, seen_now, "admin").await.unwrap();
    world.headquarters.synchronize_operation(id, "admin").await.unwrap();
    world.convert().await;
    let customer = world.state(customer_id(1)).await.unwrap().customer;
    assert_eq!(customer.email.unwrap().as_str(), "second@inbox.lv");
    let decided = world.operation(&second).await;
    assert_eq!((decided.status, decided.conflicts), (OperationStatus::Applied, None));
    assert_eq!(decided.recorded["payload"]["changes"][0]["seen"], json!(null), "what was recorded stands");
}

#[tokio::test]
async fn an_opt_out_always_wins() {
    let world = world_with_editing().await;
    let version = world.version(RIGA).await;
    let one = edit(1, 1, version, &[("privacy_opt_outs", json!(null), json!(["email"]))]);
    let other = edit(2, 1, version, &[("privacy_opt_outs", json!(null), json!(["phone"]))]);
    world.push(RIGA, &[one]).await;
    world.push(TARTU, &[other]).await;
    assert_eq!(world.convert().await.held, 0);
    assert_eq!(world.state(customer_id(1)).await.unwrap().customer.privacy_opt_outs, ["email", "phone"]);
}
