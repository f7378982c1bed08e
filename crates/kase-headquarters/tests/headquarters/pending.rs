//! Customers without a number yet are in every channel's feed and found in all stores, as soon as headquarters knows them.

use kase_domain::{Account, CustomerId, ErrorCode, Refusal, Stage};
use kase_replication::{Change, CustomerState, Environment, PushRequest, Remark};
use serde_json::json;

use crate::world::{
    RIGA, TARTU, World, anna, card, creation, customer_id, customers_in, edit, operations_in, request,
};

/// What is told of the customer in whole pages of `limit`, the last word.
async fn told(world: &World, channel: &str, id: CustomerId, limit: u32) -> Option<CustomerState> {
    let (changes, _) = world.pull_all(channel, None, limit).await;
    customers_in(&changes).into_iter().rfind(|state| state.customer_id == id).cloned()
}

async fn found(world: &World, query: &str) -> Vec<CustomerState> {
    world.headquarters.search(query, 200).await.unwrap()
}

fn stage(state: &CustomerState) -> &Stage {
    let Account::Pending(stage) = &state.account else { panic!("{state:?}") };
    stage
}

#[tokio::test]
async fn a_customer_that_waits_for_conversion_is_told_to_every_channel_and_found_in_all_stores() {
    let world = World::new().await;
    let (_, cursor) = world.pull_all(TARTU, None, 1_000).await;
    let version = world.version(RIGA).await;
    let named = creation(1, version, json!({"first_name": "Hermenegilda", "last_name": "Šķēle"}));
    world.push(RIGA, &[named]).await;
    let (changes, next) = world.pull_all(TARTU, Some(&cursor), 1_000).await;
    assert_eq!((customers_in(&changes).len(), operations_in(&changes).len()), (1, 0));
    let state = customers_in(&changes)[0];
    assert_eq!((state.customer_id, stage(state)), (customer_id(1), &Stage::AtHeadquarters));
    assert_eq!(state.reference.as_ref().unwrap().as_str(), "R1-0001");
    assert_eq!(state.stage_since, Some(world.environment.now()));
    assert_eq!(found(&world, "hermenegilda skele").await, std::slice::from_ref(state));
    assert_eq!(world.state(customer_id(1)).await, None, "it has no account");

    world.convert().await;
    let (changes, _) = world.pull_all(TARTU, Some(&next), 1_000).await;
    assert_eq!(customers_in(&changes).len(), 1);
    assert_eq!(customers_in(&changes)[0].account.number().unwrap().as_str(), "C-0002001");
    assert_eq!(found(&world, "hermenegilda").await[0], *customers_in(&changes)[0]);
    let state = told(&world, TARTU, customer_id(1), 1_000).await.unwrap();
    assert!(!state.account.is_pending(), "who begins anew is told once");
}

#[tokio::test]
async fn what_people_at_headquarters_do_about_a_refused_customer_is_told_to_every_channel() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let titled = creation(1, version, json!({"first_name": "Hermenegilda", "title": "Dr."}));
    let id = titled.operation().id;
    world.push(RIGA, &[titled]).await;
    world.convert().await;
    let (_, cursor) = world.pull_all(TARTU, None, 1_000).await;
    let state = told(&world, TARTU, customer_id(1), 1_000).await.unwrap();
    let Stage::Refused(refusal) = stage(&state) else { panic!("{state:?}") };
    assert_eq!((refusal.code, refusal.field.as_deref()), (ErrorCode::CustomerPendingField, Some("title")));
    assert_eq!(found(&world, "hermenegilda").await, [state]);

    let corrected = json!({"reference": "R1-0001", "customer": {"first_name": "Kunigunde"}});
    world.headquarters.correct_operation(id, corrected, "admin").await.unwrap();
    let (changes, cursor) = world.pull_all(TARTU, Some(&cursor), 1_000).await;
    assert_eq!(customers_in(&changes)[0].customer.display_name(), "Kunigunde");
    assert!(found(&world, "hermenegilda").await.is_empty());
    assert_eq!(found(&world, "kunigunde").await.len(), 1);

    world.headquarters.synchronize_operation(id, "admin").await.unwrap();
    let (changes, cursor) = world.pull_all(TARTU, Some(&cursor), 1_000).await;
    assert_eq!(stage(customers_in(&changes)[0]), &Stage::AtHeadquarters);
    world.convert().await;
    let (changes, _) = world.pull_all(TARTU, Some(&cursor), 1_000).await;
    assert!(customers_in(&changes)[0].account.number().is_some());
    assert!(!found(&world, "kunigunde").await[0].account.is_pending());
}

#[tokio::test]
async fn a_discarded_customer_is_told_as_that_and_not_found_any_more() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    let titled = creation(1, version, json!({"first_name": "Hermenegilda", "title": "Dr."}));
    world.push(RIGA, std::slice::from_ref(&titled)).await;
    world.convert().await;
    assert_eq!(found(&world, "hermenegilda").await.len(), 1);
    world.headquarters.discard_operation(titled.operation().id, "made twice", "admin").await.unwrap();
    let state = told(&world, TARTU, customer_id(1), 7).await.unwrap();
    assert!(
        matches!(stage(&state), Stage::Discarded(refusal) if refusal.detail == "made twice"),
        "{state:?}"
    );
    assert!(found(&world, "hermenegilda").await.is_empty());
    world.restart().await;
    assert!(found(&world, "hermenegilda").await.is_empty());
}

#[tokio::test]
async fn what_a_channel_refused_or_wants_reviewed_is_told_as_it_stands() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let (refused, reviewed) = (anna(1, version), anna(2, version));
    let mut delivery: PushRequest = request(&[refused.clone(), reviewed.clone()]);
    let refusal = Refusal { code: ErrorCode::TooLong, detail: "not here".into(), field: None };
    delivery.remarks.insert(refused.operation().id, Remark::Refused(refusal.clone()));
    delivery.remarks.insert(reviewed.operation().id, Remark::Review { register: "RIGA-1".into() });
    world.headquarters.push(&RIGA.into(), &delivery).await.unwrap();
    let state = told(&world, TARTU, customer_id(1), 1_000).await.unwrap();
    assert_eq!(stage(&state), &Stage::Refused(refusal));
    let state = told(&world, TARTU, customer_id(2), 1_000).await.unwrap();
    assert_eq!(stage(&state), &Stage::AtHeadquarters);
}

#[tokio::test]
async fn nobody_is_told_of_what_is_no_customer() {
    let world = World::new().await;
    let (_, cursor) = world.pull_all(TARTU, None, 1_000).await;
    let version = world.version(RIGA).await;
    let mut delivery = request(&[edit(1, 9, version, &[("email", json!(null), json!("a@inbox.lv"))])]);
    let newer = json!({"id": customer_id(1), "customer_id": customer_id(1), "kind": "create_customer", "version": 99});
    let another = json!({"id": customer_id(2), "customer_id": customer_id(3), "kind": "create_customer"});
    for bytes in [newer, another] {
        delivery.operations.push(serde_json::value::to_raw_value(&bytes).unwrap());
    }
    delivery.operations.extend(request(&[anna(4, version), card(2, 4, version, None)]).operations);
    world.headquarters.push(&RIGA.into(), &delivery).await.unwrap();
    for limit in [1, 1_000] {
        let (changes, _) = world.pull_all(TARTU, Some(&cursor), limit).await;
        let ids: Vec<CustomerId> = customers_in(&changes).iter().map(|state| state.customer_id).collect();
        assert_eq!((ids, changes.len()), (vec![customer_id(4)], 1), "in pages of {limit}");
    }
}

#[tokio::test]
async fn a_real_time_call_tells_of_nobody_that_is_pending() {
    let world = World::new().await;
    let (_, cursor) = world.pull_all(TARTU, None, 1_000).await;
    let version = world.version(RIGA).await;
    world.perform(RIGA, &[anna(1, version)]).await;
    let (changes, _) = world.pull_all(TARTU, Some(&cursor), 1_000).await;
    assert_eq!(changes.len(), 1);
    assert!(matches!(&changes[0], Change::Customer(state) if state.account.number().is_some()));
}

#[tokio::test]
async fn an_edit_behind_a_pending_customer_changes_nothing_until_it_is_applied() {
    use crate::world::On;
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let later = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    world.push(RIGA, &[anna(1, version), later]).await;
    let state = told(&world, TARTU, customer_id(1), 1_000).await.unwrap();
    assert_eq!((stage(&state), state.customer.email.is_none()), (&Stage::AtHeadquarters, true));
    world.convert().await;
    let state = told(&world, TARTU, customer_id(1), 1_000).await.unwrap();
    assert!(state.account.number().is_some() && state.customer.email.is_some());
}

#[tokio::test]
async fn a_customer_that_a_restore_had_lost_is_pending_again_until_it_has_its_number() {
    let mut world = World::new().await;
    world.backup().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.restore(10, false).await;
    assert_eq!(told(&world, TARTU, customer_id(1), 1_000).await, None);
    world.push(RIGA, &[anna(1, version)]).await;
    assert!(told(&world, TARTU, customer_id(1), 1_000).await.unwrap().account.is_pending());
    world.convert().await;
    assert!(!told(&world, TARTU, customer_id(1), 1_000).await.unwrap().account.is_pending());
}
