//! The real-time call: done at once, once, and leaving nothing behind when it is refused.

use kase_domain::{Account, ErrorCode};
use kase_headquarters::{FunctionalityProfileChange, OperationFilter};
use kase_replication::{Change, Outcome};
use serde_json::json;

use crate::world::{On, RIGA, SHOP, TARTU, World, anna, card, creation, customer_id, edit, refused};

#[tokio::test]
async fn a_performed_creation_answers_with_the_account_number_and_the_customer() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let answer = world.perform(RIGA, &[anna(1, version)]).await;
    let Outcome::Accepted(Account::Synced(number)) = &answer.results[0].outcome else { panic!("{answer:?}") };
    assert_eq!(number.as_str(), "C-0002001");
    let Change::Customer(state) = &answer.changes[0] else { panic!("{answer:?}") };
    assert_eq!(state.account, Account::Synced(number.clone()));
    assert_eq!(state.customer.display_name(), "Anna Kalniņa 1");

    let again = world.perform(RIGA, &[anna(1, version)]).await;
    assert_eq!(again.results[0].outcome, Outcome::Duplicate(Account::Synced(number.clone())));
    assert_eq!(again.changes.len(), 1);
}

#[tokio::test]
async fn a_creation_that_was_pushed_first_is_converted_when_it_is_performed() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    let answer = world.perform(RIGA, &[anna(1, version)]).await;
    assert!(matches!(&answer.results[0].outcome, Outcome::Duplicate(Account::Synced(_))), "{answer:?}");
}

#[tokio::test]
async fn a_refused_call_leaves_nothing_and_ends_the_request() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let nameless = edit(
        1,
        1,
        version,
        &[("first_name", json!("Anna"), json!(null)), ("last_name", json!("Kalniņa 1"), json!(null))],
    );
    let never = edit(2, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let answer = world.perform(RIGA, &[anna(1, version), nameless.clone(), never]).await;
    assert_eq!(answer.results.len(), 2);
    assert_eq!(refused(&answer.results[1]), Some(ErrorCode::InvalidField));
    assert!(world.headquarters.operation(nameless.operation().id).await.unwrap().is_none());
    let all = world.headquarters.operations(&OperationFilter::default()).await.unwrap();
    assert_eq!(all.len(), 1, "only the creation is kept");
}

#[tokio::test]
async fn an_edit_of_a_customer_whose_creation_waits_for_a_person_is_closed() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[creation(1, version, json!({"first_name": "Anna", "title": "Dr."}))]).await;
    world.convert().await;
    let edit = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    assert_eq!(refused(&world.perform(RIGA, &[edit]).await.results[0]), Some(ErrorCode::CustomerPendingEdit));
    let card = card(2, 1, version, None);
    let answer = world.perform(RIGA, &[card]).await;
    assert_eq!(refused(&answer.results[0]), Some(ErrorCode::CustomerPendingLoyalty));
}

#[tokio::test]
async fn loyalty_cards_are_unique_over_the_chain_and_generated_where_the_profile_says_so() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.perform(RIGA, &[anna(1, version), anna(2, version)]).await;
    // An operator types what the sequence would give out next.
    let typed = world.perform(RIGA, &[card(1, 1, version, Some("L000000001"))]).await;
    assert_eq!(refused(&typed.results[0]), None);
    let taken = world.perform(TARTU, &[card(2, 2, version, Some("l-000 000 001"))]).await;
    assert_eq!(refused(&taken.results[0]), Some(ErrorCode::LoyaltyCardTaken));
    let generated = world.perform(TARTU, &[card(3, 2, version, None)]).await;
    let Change::Customer(state) = &generated.changes[0] else { panic!("{generated:?}") };
    assert_eq!(state.loyalty_cards[0].number.as_str(), "L000000002");

    let change =
        FunctionalityProfileChange { generate_loyalty_card_number: Some(false), ..Default::default() };
    world.headquarters.change_functionality_profile(&RIGA.into(), &change, "admin").await.unwrap();
    let asked = world.perform(RIGA, &[card(4, 1, version, None)]).await;
    assert_eq!(refused(&asked.results[0]), Some(ErrorCode::InvalidField));
}

#[tokio::test]
async fn a_customer_blocked_for_loyalty_gets_no_card() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.perform(RIGA, &[anna(1, version)]).await;
    world.headquarters.block_for_loyalty(&customer_id(1).to_string(), true, "admin").await.unwrap();
    let answer = world.perform(RIGA, &[card(1, 1, version, None)]).await;
    assert_eq!(refused(&answer.results[0]), Some(ErrorCode::LoyaltyBlocked));
    assert!(world.state(customer_id(1)).await.unwrap().loyalty_blocked);
}

#[tokio::test]
async fn what_is_in_line_for_the_customer_goes_first() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let first = edit(1, 1, version, &[("email", json!(null), json!("first@inbox.lv"))]);
    world.push(RIGA, &[anna(1, version), first]).await;
    let second = edit(2, 1, version, &[("email", json!("first@inbox.lv"), json!("second@inbox.lv"))]);
    let answer = world.perform(RIGA, &[second]).await;
    assert!(matches!(&answer.results[0].outcome, Outcome::Accepted(Account::Synced(_))), "{answer:?}");
    let customer = world.state(customer_id(1)).await.unwrap().customer;
    assert_eq!(customer.email.unwrap().as_str(), "second@inbox.lv");
}

#[tokio::test]
async fn in_sync_mode_the_stores_default_affiliations_are_taken_over_always() {
    let world = World::new().await;
    let version = world.version(SHOP).await;
    world.perform(SHOP, &[anna(1, version)]).await;
    assert_eq!(world.state(customer_id(1)).await.unwrap().customer.affiliations, ["online"]);
    world.push(SHOP, &[anna(2, version)]).await;
    world.convert().await;
    let recorded = world.state(customer_id(2)).await.unwrap().customer.affiliations;
    assert!(recorded.is_empty(), "in async mode only with enhanced creation");
}

#[tokio::test]
async fn affiliations_held_back_from_a_creation_replace_the_default_ones() {
    let world = World::new().await;
    let version = world.version(SHOP).await;
    world.perform(SHOP, &[anna(1, version)]).await;
    let held_back = edit(1, 1, version, &[("affiliations", json!(null), json!(["staff"]))]);
    let answer = world.perform(SHOP, &[held_back]).await;
    assert!(matches!(&answer.results[0].outcome, Outcome::Accepted(Account::Synced(_))), "{answer:?}");
    assert_eq!(world.state(customer_id(1)).await.unwrap().customer.affiliations, ["staff"]);
}
