//! What is held in the channel for an account number goes to headquarters by itself, whatever becomes of another's.

use std::sync::atomic::Ordering;
use std::time::Duration;

use kase_channel::Device;
use kase_domain::{
    Account, AccountNumber, ChannelSettings, CustomerId, CustomerRecord, ErrorCode, Refusal, SettingsVersion,
    Stage, Switch,
};
use kase_replication::{
    Change, Environment, Fingerprint, LONGEST_WAIT_MS, OperationState, Outcome, PushRequest,
};
use kase_text::Locale;
use serde_json::json;
use uuid::Uuid;

use crate::world::{World, creation, edit, operation, operation_id, settings, synced};

/// Nothing that a test waits for takes so long; a hang becomes a failure.
const BOUND: Duration = Duration::from_secs(10);

/// Creates customers with a title through the API, out of headquarters' reach.
async fn with_titles(world: &World, device: &Device, ids: &[u128]) {
    let signed_in = world.channel.sign_in(device, &"1001".into(), "246810".into()).await.unwrap();
    let session = world.channel.session(&signed_in.token).await.unwrap();
    let typed: CustomerRecord =
        serde_json::from_value(json!({"first_name": "Anna", "title": "Dr."})).unwrap();
    for id in ids {
        let id = CustomerId(operation_id(*id).0);
        let request = Fingerprint::of(b"request");
        let created = world.channel.create_customer(&session, id, typed.clone(), request).await.unwrap();
        assert_eq!(created.held_fields, ["title"]);
    }
}

/// How many operations wait for an account number, or for headquarters to take them.
async fn held(world: &World) -> u64 {
    let waiting = world.channel.status().await.unwrap().waiting;
    waiting.iter().find(|waiting| waiting.progress == "held").map_or(0, |waiting| waiting.count)
}

fn answers(world: &World, outcomes: impl IntoIterator<Item = Outcome>) {
    let answers = outcomes.into_iter().map(|outcome| (outcome, Vec::new()));
    world.headquarters.performs.lock().unwrap().extend(answers);
}

fn done() -> Outcome {
    Outcome::Accepted(Account::Synced(AccountNumber::parse("C-1").unwrap()))
}

fn cannot() -> Outcome {
    let code = ErrorCode::UnsupportedVersion;
    Outcome::Refused(Refusal { code, detail: "not here".into(), field: None })
}

#[tokio::test]
async fn one_that_headquarters_cannot_do_holds_up_neither_the_others_nor_the_pull() {
    let world = World::new().await;
    let device = world.device("code").await;
    with_titles(&world, &device, &[1, 2, 3]).await;
    world.headquarters.failing.lock().unwrap().insert(CustomerId(operation_id(1).0));
    answers(&world, [cannot(), done()]);
    let before = world.calls();
    world.told(vec![synced(1), synced(2), synced(3)]).await;
    assert_eq!((world.calls() - before, held(&world).await), (3, 2));

    answers(&world, [done()]);
    assert!(!world.channel.catch_up().await);
    assert_eq!(world.calls() - before, 3, "not at each heartbeat");
    world.machine.pass_ms(LONGEST_WAIT_MS);
    world.channel.catch_up().await;
    assert_eq!(held(&world).await, 1, "at a later heartbeat, without any other event");
    world.headquarters.failing.lock().unwrap().clear();
    answers(&world, [done()]);
    world.machine.pass_ms(LONGEST_WAIT_MS);
    world.channel.catch_up().await;
    assert_eq!(held(&world).await, 0);
    world.machine.pass_ms(LONGEST_WAIT_MS);
    let before = world.calls();
    world.channel.catch_up().await;
    assert_eq!(world.calls(), before, "nothing is left");
}

#[tokio::test]
async fn headquarters_out_of_reach_is_asked_once_and_again_when_it_answers() {
    let world = World::new().await;
    let device = world.device("code").await;
    with_titles(&world, &device, &[1, 2]).await;
    let before = world.calls();
    world.told(vec![synced(1), synced(2)]).await;
    assert_eq!((world.calls() - before, held(&world).await), (1, 2));
    world.channel.catch_up().await;
    assert_eq!(world.calls() - before, 1);
    world.headquarters.works.store(true, Ordering::SeqCst);
    answers(&world, [done(), done()]);
    assert!(world.channel.catch_up().await);
    assert_eq!(held(&world).await, 0);
}

#[tokio::test]
async fn a_switch_that_was_turned_on_since_makes_no_delivery_of_what_must_be_asked_for() {
    let world = World::new().await;
    let device = world.device("code").await;
    with_titles(&world, &device, &[1]).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    let all = [Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing];
    let switches = all.into_iter().fold(settings().switches, |on, switch| on.with(switch).unwrap());
    let editing = ChannelSettings { version: SettingsVersion(2), switches, ..settings() };
    answers(&world, [done()]);
    let before = world.calls();
    world.told(vec![Change::Settings(Box::new(editing)), synced(1)]).await;
    assert_eq!((world.calls() - before, held(&world).await), (1, 0));
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1)], "headquarters would judge it by the first settings");
}

/// A creation and what is held for its number, in one request, as a register sends it; both results.
async fn create_with_edit(world: &World, device: &Device) -> Vec<Outcome> {
    let mut both: PushRequest = creation(1);
    both.operations.extend(edit(11, 1).operations);
    let answer = world.channel.perform(device, &both, Locale::En).await.unwrap();
    answer.results.into_iter().map(|result| result.outcome).collect()
}

#[tokio::test]
async fn what_a_register_that_keeps_nothing_wants_held_is_held_here_until_the_number_comes() {
    let world = World::new().await;
    let device = world.device("code").await;
    let filtered = ChannelSettings { filter_shared_customer_data: true, ..settings() };
    world.told(vec![Change::Settings(Box::new(filtered))]).await;
    let pending = || Account::Pending(Stage::InChannel);
    let first = create_with_edit(&world, &device).await;
    assert_eq!(first, [Outcome::Accepted(pending()), Outcome::Accepted(pending())]);
    let again = create_with_edit(&world, &device).await;
    assert_eq!(again, [Outcome::Duplicate(pending()), Outcome::Duplicate(pending())]);
    assert_eq!(held(&world).await, 1);
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1)]);

    answers(&world, [done()]);
    world.told(vec![synced(1)]).await;
    assert_eq!(held(&world).await, 0);
    assert_eq!(world.told_to_register(&device, 11).await, None, "it has taken effect");
    assert_eq!(world.delivered(), [operation_id(1)], "it was asked for, not delivered");
}

#[tokio::test]
async fn what_stands_behind_a_held_edit_is_sent_once_that_was_performed() {
    let world = World::new().await;
    let device = world.device("code").await;
    let switches = settings().switches.with(Switch::AsyncAddresses).unwrap();
    let filtered = ChannelSettings { filter_shared_customer_data: true, switches, ..settings() };
    world.told(vec![Change::Settings(Box::new(filtered))]).await;
    create_with_edit(&world, &device).await;
    let address = operation(12, 1, "add_address", json!({ "address": { "id": Uuid::from_u128(12) } }));
    assert!(matches!(world.push_one(&device, &address).await, Outcome::Accepted(_)));
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1)]);

    let mut outbox = world.channel.outbox();
    outbox.mark_unchanged();
    answers(&world, [done()]);
    world.told(vec![synced(1)]).await;
    assert!(outbox.has_changed().unwrap(), "nothing else would say that there is something to push");
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.delivered(), [operation_id(1), operation_id(12)]);
}

#[tokio::test]
async fn what_a_register_keeps_stays_with_it() {
    let world = World::new().await;
    let device = world.device("code").await;
    let results = create_with_edit(&world, &device).await;
    assert_eq!(results, [Outcome::Accepted(Account::Pending(Stage::InChannel))]);
    assert_eq!(held(&world).await, 0);
}

#[tokio::test]
async fn a_creation_and_its_held_edit_that_take_the_same_turn_do_not_wait_for_each_other() {
    let world = World::new().await;
    let device = world.device("code").await;
    let signed_in = world.channel.sign_in(&device, &"1001".into(), "246810".into()).await.unwrap();
    let session = world.channel.session(&signed_in.token).await.unwrap();
    // The edit's id is the next one that the machine makes; turns repeat after 1,024 ids.
    let id = world.machine.new_id().as_u128() + 1 + 1_024;
    world.headquarters.performs.lock().unwrap().push_back((done(), vec![synced(id)]));
    answers(&world, [done()]);
    let typed = serde_json::from_value(json!({"first_name": "Anna", "title": "Dr."})).unwrap();
    let id = CustomerId(operation_id(id).0);
    let creating = world.channel.create_customer(&session, id, typed, Fingerprint::of(b"request"));
    let created = tokio::time::timeout(BOUND, creating).await.expect("it comes to an end").unwrap();
    assert!(created.held_fields.is_empty(), "{created:?}");
}

#[tokio::test]
async fn what_is_held_for_a_customer_that_headquarters_discards_ends_with_it() {
    let world = World::new().await;
    let device = world.device("code").await;
    with_titles(&world, &device, &[1]).await;
    assert_eq!(held(&world).await, 1);
    let refusal = Refusal { code: ErrorCode::Forbidden, detail: "made twice".into(), field: None };
    let discarded = Stage::Discarded(refusal);
    let customer_id = CustomerId(operation_id(1).0);
    let state = OperationState { id: operation_id(1), customer_id, progress: Some(discarded.clone()) };
    world.told(vec![Change::Operation(state)]).await;
    assert_eq!(held(&world).await, 0);
    let found = world.channel.pull(&device, None, None).await.unwrap().changes;
    let account = found.iter().find_map(|change| match change {
        Change::Customer(state) if state.customer_id == customer_id => Some(&state.account),
        _ => None,
    });
    assert_eq!(account, Some(&Account::Pending(discarded)));
}
