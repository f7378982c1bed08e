//! Headquarters came back from a backup.

use kase_domain::Account;
use kase_replication::{Outcome, PullAnswer};

use crate::world::World;

#[tokio::test]
async fn what_was_delivered_is_delivered_again_with_the_same_bytes() {
    let world = World::new().await;
    let device = world.device("code").await;
    for id in 1..=3 {
        assert!(matches!(world.push(&device, id).await, Outcome::Accepted(Account::Pending(_))));
    }
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(world.channel.push_once().await, Ok(false));
    let first: Vec<String> = world.headquarters.delivered.lock().unwrap().drain(..).collect();
    assert_eq!(first.len(), 3, "each once");
    world
        .pulled(PullAnswer {
            changes: Vec::new(),
            cursor: "new".into(),
            more: false,
            restarted: true,
            delivers_only: false,
        })
        .await;
    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(*world.headquarters.delivered.lock().unwrap(), first);
    assert!(matches!(world.push(&device, 1).await, Outcome::Duplicate(_)));
}
