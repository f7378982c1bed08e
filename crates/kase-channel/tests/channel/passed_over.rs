//! What cannot be read is passed over: it holds up nothing that stands beside it.

use kase_channel::Device;
use kase_replication::{Change, PullAnswer};
use serde_json::json;
use sqlx::SqlitePool;

use crate::world::{World, settings, synced};

fn of_a_newer_version(id: u128) -> Change {
    let id = uuid::Uuid::from_u128(id);
    serde_json::from_value(
        json!({ "kind": "customer", "customer_id": id, "account": { "status": "merged" } }),
    )
    .unwrap()
}

async fn passed_over(world: &World) -> u64 {
    world.channel.status().await.unwrap().passed_over
}

/// The keys of what a register pulls.
async fn pulled(world: &World, device: &Device) -> Vec<String> {
    let answer = world.channel.pull(device, None, None).await.unwrap();
    answer.changes.iter().map(Change::key).collect()
}

fn key(id: u128) -> String {
    synced(id).key()
}

async fn change_database(world: &World, statement: &'static str) {
    let pool = SqlitePool::connect(world.path().to_str().unwrap()).await.unwrap();
    sqlx::query(statement).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test]
async fn a_change_that_cannot_be_read_holds_up_no_other_and_is_counted_until_it_can_be() {
    let world = World::new().await;
    let device = world.device("code").await;
    let weather: Change = serde_json::from_value(json!({ "kind": "weather" })).unwrap();
    world.told(vec![synced(1), of_a_newer_version(2), weather, synced(3)]).await;
    assert_eq!(pulled(&world, &device).await, ["settings ".to_owned(), key(1), key(3)]);
    assert_eq!(passed_over(&world).await, 2);
    world.told(vec![synced(2)]).await;
    assert_eq!(passed_over(&world).await, 1, "it came anew and could be read");
    world.pulled(PullAnswer { cursor: "new".into(), restarted: true, ..PullAnswer::default() }).await;
    assert_eq!(passed_over(&world).await, 0, "a feed that begins anew brings it again");
}

#[tokio::test]
async fn a_newer_version_of_the_program_pulls_from_the_beginning_what_the_older_could_not_read() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![of_a_newer_version(2)]).await;
    world.reopen().await;
    world.told(vec![]).await;
    change_database(&world, "UPDATE passed_over SET version = '0.0.1'").await;
    world.reopen().await;
    world.told(vec![synced(2)]).await;
    world.told(vec![]).await;
    let cursors = world.headquarters.cursors.lock().unwrap().split_off(1);
    let known = Some("c".to_owned());
    assert_eq!(cursors, [known.clone(), known.clone(), None, known]);
    assert_eq!(passed_over(&world).await, 0);
    assert!(pulled(&world, &device).await.contains(&key(2)));
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_neither_the_start_nor_registers_nor_headquarters_news() {
    let mut world = World::new().await;
    let device = world.device("code").await;
    world.told(vec![synced(1), synced(2), synced(3)]).await;
    change_database(
        &world,
        "UPDATE customers SET state = '{\"customer\": Anna' WHERE account_number = 'C-2'",
    )
    .await;
    world.reopen().await;
    assert_eq!(pulled(&world, &device).await, ["settings ".to_owned(), key(1), key(2), key(3)]);
    world.told(vec![Change::Settings(Box::new(settings())), synced(2)]).await;
    let answer = world.channel.pull(&device, None, None).await.unwrap();
    assert_eq!(answer.changes.last(), Some(&synced(2)), "what headquarters says takes its place");
}
