//! Copies of other stores' customers of whom a headquarters that came back from a backup does not tell again.

use kase_domain::CustomerId;
use kase_replication::{Change, PullAnswer};
use uuid::Uuid;

use crate::world::{World, synced};

/// Whom headquarters was offered since this was last asked.
fn offered(world: &World) -> Vec<u128> {
    let copies = std::mem::take(&mut *world.headquarters.copies.lock().unwrap());
    copies.iter().map(|copy| copy.customer_id.0.as_u128()).collect()
}

fn page(changes: Vec<Change>, restarted: bool, more: bool) -> PullAnswer {
    PullAnswer { changes, cursor: "c".into(), restarted, more, ..PullAnswer::default() }
}

async fn pulled(world: &World, answer: PullAnswer) {
    let more = answer.more;
    world.headquarters.pulls.lock().unwrap().push_back(answer);
    assert_eq!(world.channel.pull_once().await, Ok(more));
}

#[tokio::test]
async fn whom_a_restored_headquarters_does_not_tell_of_again_it_is_offered() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told((1..=4).map(synced).collect()).await;
    world.push(&device, 5).await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    world.told(vec![synced(5)]).await;
    assert_eq!(offered(&world), [], "an ordinary day");

    pulled(&world, page(vec![synced(1)], true, true)).await;
    while world.channel.push_once().await.unwrap() {}
    assert_eq!(offered(&world), [], "its feed was not read to the end");
    pulled(&world, page(vec![synced(3)], false, false)).await;
    while world.channel.push_once().await.unwrap() {}
    assert_eq!(offered(&world), [2, 4], "its own it delivers again, with their operations");
    while world.channel.push_once().await.unwrap() {}
    assert_eq!(offered(&world), [], "once");
}

#[tokio::test]
async fn who_is_offered_comes_after_what_is_new_and_in_parts() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.told((1_000..1_120).map(synced).collect()).await;
    pulled(&world, page(Vec::new(), true, false)).await;
    world.push(&device, 5).await;
    assert_eq!(world.channel.push_once().await, Ok(true));
    assert_eq!((world.delivered().len(), offered(&world).len()), (1, 0));
    let mut parts = Vec::new();
    while world.channel.push_once().await.unwrap() {
        parts.push(offered(&world).len());
    }
    parts.push(offered(&world).len());
    parts.retain(|part| *part > 0);
    assert_eq!(parts, [50, 50, 20]);
    let last = CustomerId(Uuid::from_u128(1_119));
    assert!(world.channel.customer(&last.to_string()).await.is_ok(), "a copy stays");
}
