//! Jobs that do not do their work, as this channel sees and passes them on.

use kase_channel::TransportError;
use kase_domain::ErrorCode;
use kase_replication::{HeadquartersReach, Job, JobTrouble, OVERDUE_MS, Trouble};

use crate::world::World;

async fn said(world: &World) -> Vec<JobTrouble> {
    world.channel.catch_up().await;
    world.channel.job_troubles()
}

fn trouble(job: Job, trouble: Trouble, waiting: u64) -> JobTrouble {
    JobTrouble { job, trouble, waiting }
}

#[tokio::test]
async fn what_headquarters_says_is_passed_on_while_something_of_this_channel_waits_for_it() {
    let world = World::new().await;
    let device = world.device("code").await;
    let fails = trouble(Job::Synchronize, Trouble::Failing, 7);
    world.channel.note_jobs(&[fails]);
    assert_eq!(said(&world).await, [], "nothing of this channel waits");
    world.push(&device, 1).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(said(&world).await, [fails]);
    world.channel.note_jobs(&[]);
    assert_eq!(said(&world).await, []);
}

#[tokio::test]
async fn a_delivery_that_fails_is_said_with_how_much_waits_and_one_that_does_not_arrive_is_not() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    world.push(&device, 2).await;
    for (error, expected) in [
        (TransportError::Unreachable("off".into()), vec![]),
        (TransportError::Failed("full".into()), vec![trouble(Job::Push, Trouble::Failing, 2)]),
        (
            TransportError::Problem { code: ErrorCode::Forbidden, detail: String::new() },
            vec![trouble(Job::Push, Trouble::Failing, 2)],
        ),
    ] {
        *world.headquarters.push_fails.lock().unwrap() = Some(error);
        world.channel.push_once().await.unwrap_err();
        assert_eq!(said(&world).await, expected);
    }
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(said(&world).await, []);
}

#[tokio::test]
async fn a_pull_that_fails_is_said_while_somebody_waits_for_a_number() {
    let world = World::new().await;
    let device = world.device("code").await;
    *world.headquarters.pull_fails.lock().unwrap() = Some(TransportError::Failed("full".into()));
    world.channel.pull_once().await.unwrap_err();
    assert_eq!(said(&world).await, [], "nobody waits");
    world.push(&device, 1).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(said(&world).await, [trouble(Job::Customers, Trouble::Failing, 1)]);
    world.told(vec![crate::world::synced(1)]).await;
    assert_eq!(said(&world).await, []);
}

#[tokio::test]
async fn what_is_not_delivered_for_five_minutes_is_overdue_only_while_headquarters_is_in_reach() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push(&device, 1).await;
    world.machine.pass_ms(OVERDUE_MS + 1);
    world.channel.note_reach(HeadquartersReach::OutOfReach);
    assert_eq!(said(&world).await, []);
    world.channel.note_reach(HeadquartersReach::Reached);
    assert_eq!(said(&world).await, [trouble(Job::Push, Trouble::Overdue, 1)]);
}

#[tokio::test]
async fn a_paused_job_is_said_with_what_waits_here() {
    let world = World::new().await;
    let device = world.device("code").await;
    world
        .channel
        .note_jobs(&[trouble(Job::Push, Trouble::Paused, 0), trouble(Job::Customers, Trouble::Paused, 0)]);
    world.push(&device, 1).await;
    assert_eq!(said(&world).await, [trouble(Job::Push, Trouble::Paused, 1)]);
}
