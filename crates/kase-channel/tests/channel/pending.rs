//! Pending customers of other stores, as headquarters tells of them.

use kase_channel::{Device, Scope};
use kase_domain::{
    Account, ChannelSettings, CustomerId, ErrorCode, Refusal, SettingsVersion, Stage, Switch, Timestamp,
};
use kase_replication::{Change, CustomerState, OperationState, Outcome, PushRequest};
use kase_text::Locale;
use serde_json::json;
use serde_json::value::RawValue;

use crate::world::{
    World, creation, directory_of, edit, entry, operation, operation_id, riga_1, settings, synced,
};

/// The customer `id` of another store at `stage`.
fn pending(id: u128, stage: Stage) -> Change {
    let Change::Customer(state) = synced(id) else { panic!("no customer") };
    let reference = serde_json::from_value(json!("T1-0001")).unwrap();
    Change::Customer(Box::new(CustomerState {
        account: Account::Pending(stage),
        reference: Some(reference),
        ..*state
    }))
}

fn refusal() -> Refusal {
    Refusal { code: ErrorCode::Forbidden, detail: "made twice".into(), field: None }
}

async fn copies(world: &World, device: &Device) -> Vec<CustomerState> {
    let changes = world.channel.pull(device, None, None).await.unwrap().changes;
    let state = |change| match change {
        Change::Customer(state) => Some(*state),
        _ => None,
    };
    changes.into_iter().filter_map(state).collect()
}

async fn found(world: &World) -> usize {
    world.channel.search("anna", 10, Scope::Channel).await.unwrap().len()
}

#[tokio::test]
async fn a_pending_customer_of_another_store_is_found_and_cannot_be_changed_until_its_number_is_here() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![pending(1, Stage::AtHeadquarters)]).await;
    assert_eq!(found(&world).await, 1);
    let copy = copies(&world, &device).await.remove(0);
    assert_eq!(copy.account, Account::Pending(Stage::AtHeadquarters));
    assert_eq!(copy.reference.unwrap().as_str(), "T1-0001");
    for (delivered, code) in [
        (edit(10, 1), ErrorCode::CustomerPendingEdit),
        (
            operation(11, 1, "issue_loyalty_card", json!({"number": "L000000001"})),
            ErrorCode::CustomerPendingLoyalty,
        ),
    ] {
        let answer = world.channel.perform(&device, &delivered, Locale::En).await.unwrap();
        let outcome = &answer.results[0].outcome;
        assert!(matches!(outcome, Outcome::Refused(refusal) if refusal.code == code), "{outcome:?}");
    }
    world.told(vec![pending(1, Stage::Refused(refusal()))]).await;
    assert_eq!(copies(&world, &device).await[0].account, Account::Pending(Stage::Refused(refusal())));
    world.told(vec![synced(1)]).await;
    assert!(!copies(&world, &device).await[0].account.is_pending());
    world.told(vec![pending(1, Stage::AtHeadquarters)]).await;
    assert!(!copies(&world, &device).await[0].account.is_pending(), "headquarters came back from a backup");
}

#[tokio::test]
async fn a_stage_says_since_when_it_is_by_the_clock_of_who_said_it() {
    let world = World::new().await;
    let device = world.device("code").await;
    let since = async |at: usize| copies(&world, &device).await[at].stage_since;
    world.machine.pass_ms(1_000);
    world.push(&device, 1).await;
    assert_eq!(since(0).await, Some(Timestamp(1_000)));
    world.machine.pass_ms(1_000);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(since(0).await, Some(Timestamp(2_000)), "it is at headquarters now");
    world.machine.pass_ms(1_000);
    let Change::Customer(told) = pending(1, Stage::AtHeadquarters) else { panic!() };
    let later = CustomerState { stage_since: Some(Timestamp(2_900)), ..*told };
    world.told(vec![Change::Customer(Box::new(later))]).await;
    assert_eq!(since(0).await, Some(Timestamp(2_000)), "the same stage, heard of twice");

    let Change::Customer(other) = pending(2, Stage::AtHeadquarters) else { panic!() };
    let other = CustomerState { stage_since: Some(Timestamp(7)), ..*other };
    world.told(vec![Change::Customer(Box::new(other))]).await;
    assert_eq!(since(1).await, Some(Timestamp(7)), "of another store's, headquarters says");
    world.told(vec![pending(2, Stage::Refused(refusal()))]).await;
    assert_eq!(since(1).await, Some(Timestamp(3_000)), "an older headquarters says nothing");
    world.told(vec![synced(2)]).await;
    assert_eq!(since(1).await, None);
}

#[tokio::test]
async fn a_discarded_customer_of_another_store_is_found_no_more_and_registers_are_told() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![pending(1, Stage::AtHeadquarters)]).await;
    let gone = Stage::Discarded(refusal());
    world.told(vec![pending(1, gone.clone()), pending(2, gone.clone())]).await;
    assert_eq!(found(&world).await, 0);
    let copies = copies(&world, &device).await;
    assert_eq!(copies.len(), 1, "nobody is told of somebody that was never here");
    assert_eq!(copies[0].account, Account::Pending(gone));
}

#[tokio::test]
async fn a_customer_that_headquarters_gives_up_is_found_no_more_where_it_was_made() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    assert_eq!(found(&world).await, 1);
    world.told(vec![pending(1, Stage::Discarded(refusal()))]).await;
    assert_eq!(found(&world).await, 0);
    assert_eq!(world.told_to_register(&device, 1).await, Some(Stage::Discarded(refusal())));
    world.reopen().await;
    assert_eq!(found(&world).await, 0);
}

#[tokio::test]
async fn neither_a_kiosk_nor_a_register_whose_schema_filters_is_told_of_a_pending_customer() {
    let world = World::new().await;
    let token = world.channel.activate(&riga_1(), "code".into(), None).await.unwrap();
    let device = world.channel.device(&token).await.unwrap();
    world.told(vec![pending(1, Stage::AtHeadquarters)]).await;
    let mut filtered = settings();
    filtered.filter_shared_customer_data = true;
    world.told(vec![Change::Settings(Box::new(filtered))]).await;
    assert!(copies(&world, &device).await.is_empty());
    let mut kiosk = entry("code").await;
    kiosk.kiosk = true;
    world.told(vec![Change::Settings(Box::new(settings())), directory_of(kiosk).await]).await;
    let device = world.channel.device(&token).await.unwrap();
    assert!(copies(&world, &device).await.is_empty());
}

#[tokio::test]
async fn what_headquarters_tells_of_this_stores_own_pending_customer_changes_nothing() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    let before = copies(&world, &device).await;
    let mut state = before[0].clone();
    state.account = Account::Pending(Stage::AtHeadquarters);
    world.told(vec![Change::Customer(Box::new(state.clone()))]).await;
    assert_eq!(copies(&world, &device).await, [state]);
    assert!(matches!(world.push_one(&device, &creation(1)).await, Outcome::Duplicate(_)));
}

#[tokio::test]
async fn a_creation_that_comes_after_its_customer_from_headquarters_is_the_same_customer() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![pending(1, Stage::AtHeadquarters)]).await;
    assert!(matches!(world.push_one(&device, &creation(1)).await, Outcome::Accepted(_)), "after a restore");
    assert_eq!(copies(&world, &device).await.len(), 1);
    world.told(vec![synced(1)]).await;
    assert!(!copies(&world, &device).await[0].account.is_pending());
}

#[tokio::test]
async fn what_took_effect_before_its_customers_number_is_here_is_said_again_to_who_delivers_it_again() {
    let world = World::new().await;
    let device = world.device("code").await;
    let switches = [Switch::EnhancedCreation, Switch::AsyncAddresses, Switch::AsyncEditing];
    let switches = switches.into_iter().fold(settings().switches, |on, switch| on.with(switch).unwrap());
    let editing = ChannelSettings { version: SettingsVersion(2), switches, ..settings() };
    world.told(vec![Change::Settings(Box::new(editing))]).await;
    world.push(&device, 1).await;
    let text = edit(10, 1).operations[0].get().replace(r#""settings_version":1"#, r#""settings_version":2"#);
    let changed =
        PushRequest { operations: vec![RawValue::from_string(text).unwrap()], ..PushRequest::default() };
    assert!(matches!(world.push_one(&device, &changed).await, Outcome::Accepted(_)));
    let customer_id = CustomerId(operation_id(1).0);
    let done = OperationState { id: operation_id(10), customer_id, progress: None };
    world.told(vec![Change::Operation(done.clone())]).await;
    let heard = world.channel.pull(&device, None, None).await.unwrap();
    assert!(heard.changes.contains(&Change::Operation(done.clone())));
    let outcome = world.push_one(&device, &changed).await;
    assert!(matches!(outcome, Outcome::Duplicate(Account::Pending(_))), "{outcome:?}");
    let again = world.channel.pull(&device, Some(&heard.cursor), None).await.unwrap();
    assert_eq!(again.changes, [Change::Operation(done)]);
}
