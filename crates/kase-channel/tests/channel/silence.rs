//! Headquarters hangs: one operator waits for nothing, and the next ones do not.

use std::sync::atomic::Ordering;

use kase_channel::{ChannelError, Device};
use kase_domain::{Account, ErrorCode, Stage};
use kase_replication::{HeadquartersReach, Outcome};
use kase_text::Locale;

use crate::world::{World, creation, edit, synced};

/// A creation in sync mode, while the operator waits; how many real-time calls it took.
async fn create(world: &World, device: &Device, id: u128) -> (Outcome, u64) {
    let before = world.calls();
    let answer = world.channel.perform(device, &creation(id), Locale::En).await.unwrap();
    (answer.results.into_iter().next().unwrap().outcome, world.calls() - before)
}

fn recorded() -> Outcome {
    Outcome::Accepted(Account::Pending(Stage::InChannel))
}

#[tokio::test]
async fn after_a_call_that_failed_nobody_waits_until_headquarters_answers_again() {
    let world = World::new().await;
    let device = world.device("code").await;
    assert_eq!(create(&world, &device, 1).await, (recorded(), 1));
    assert_eq!(world.channel.reach(), HeadquartersReach::OutOfReach, "registers are told");
    assert_eq!(create(&world, &device, 2).await, (recorded(), 0));
    assert_eq!(create(&world, &device, 3).await, (recorded(), 0));
    assert_eq!(world.channel.failed_calls(), 1);

    for id in 4..=6 {
        world.channel.note_reach(HeadquartersReach::Reached);
        assert!(!world.channel.catch_up().await, "its heartbeats go on, and it does not answer");
        assert_eq!(world.channel.reach(), HeadquartersReach::OutOfReach, "registers are told one thing");
        assert_eq!(create(&world, &device, id).await, (recorded(), 0));
    }
    world.channel.note_reach(HeadquartersReach::OutOfReach);
    world.channel.note_silence();
    world.channel.note_reach(HeadquartersReach::Reached);
    assert_eq!(
        create(&world, &device, 7).await,
        (recorded(), 0),
        "a connection that was lost changes nothing"
    );

    world.headquarters.works.store(true, Ordering::SeqCst);
    assert!(world.channel.catch_up().await, "the link finds out by itself at the next heartbeat");
    assert_eq!(world.channel.reach(), HeadquartersReach::Reached);
    assert!(!world.channel.catch_up().await, "once");
    let Change { customer, number } = number(8);
    world.headquarters.performs.lock().unwrap().push_back((number.clone(), vec![customer]));
    assert_eq!(create(&world, &device, 8).await, (number, 1));
}

#[tokio::test]
async fn a_heartbeat_ends_the_silence_of_heartbeats_that_stopped() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.channel.note_silence();
    assert_eq!(world.channel.reach(), HeadquartersReach::OutOfReach);
    world.channel.note_reach(HeadquartersReach::Reached);
    assert_eq!(world.channel.reach(), HeadquartersReach::Reached);
    assert_eq!(create(&world, &device, 1).await.1, 1);
}

#[tokio::test]
async fn any_call_of_the_link_that_succeeds_ends_the_silence() {
    let world = World::new().await;
    let device = world.device("code").await;
    create(&world, &device, 1).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(create(&world, &device, 2).await, (recorded(), 1), "after a push");
    world.told(Vec::new()).await;
    assert_eq!(create(&world, &device, 3).await, (recorded(), 1), "after a pull");
    assert!(world.channel.pull_once().await.is_err());
    assert_eq!(create(&world, &device, 4).await, (recorded(), 0), "after a pull that failed");
}

#[tokio::test]
async fn heartbeats_that_stop_spare_even_the_first_operator_the_wait() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.channel.note_silence();
    assert_eq!(create(&world, &device, 1).await, (recorded(), 0));
}

#[tokio::test]
async fn a_stream_of_hints_that_ends_is_no_silence() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.channel.note_reach(HeadquartersReach::OutOfReach);
    assert_eq!(create(&world, &device, 1).await.1, 1);
}

#[tokio::test]
async fn what_needs_headquarters_says_so_at_once() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![synced(1)]).await;
    world.channel.note_silence();
    let answer = world.channel.perform(&device, &edit(11, 1), Locale::En).await;
    assert!(matches!(answer, Err(ChannelError::Code(ErrorCode::HeadquartersUnreachable))), "{answer:?}");
    assert_eq!(world.calls(), 0);
}

struct Change {
    customer: kase_replication::Change,
    number: Outcome,
}

/// What headquarters answers when it creates the customer `id`.
fn number(id: u128) -> Change {
    let customer = synced(id);
    let kase_replication::Change::Customer(state) = &customer else { panic!("{customer:?}") };
    let number = Outcome::Accepted(state.account.clone());
    Change { customer, number }
}
