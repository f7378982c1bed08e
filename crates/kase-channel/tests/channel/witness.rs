//! What registers say they have recorded: kept for the browser that comes in their place.

use kase_domain::{ErrorCode, OperationId, Timestamp};
use kase_replication::{MOST_WITNESSED, Remembered, Witness, Witnessed};

use crate::world::{World, creation, operation_id, riga_1};

fn witness(recorded: u64, references: u32, waiting: &[u128]) -> Witness {
    let waiting = waiting.iter().map(|id| Witnessed { id: operation_id(*id), recorded_at: Timestamp(5) });
    Witness { recorded, references, waiting: waiting.collect(), beyond: 0 }
}

fn ids(witness: &Witness) -> Vec<OperationId> {
    witness.waiting.iter().map(|waiting| waiting.id).collect()
}

#[tokio::test]
async fn a_browser_that_takes_a_registers_place_hears_what_has_not_arrived() {
    let world = World::new().await;
    assert_eq!(world.channel.remembered(&riga_1()).await.unwrap(), Remembered::default());
    let device = world.device("code").await;
    world.push(&device, 1).await;
    let answer = world.channel.witness(&device, &witness(3, 9, &[1, 2, 3])).await.unwrap();
    assert_eq!(answer.missing, [operation_id(2), operation_id(3)]);
    world.push(&device, 3).await;
    let remembered = world.channel.remembered(&riga_1()).await.unwrap();
    let earlier = remembered.earlier.unwrap();
    assert_eq!((earlier.recorded, ids(&earlier)), (3, vec![operation_id(2)]), "the other came since");
    assert_eq!(remembered.references, 9);
    world.channel.witness(&device, &witness(4, 9, &[])).await.unwrap();
    let remembered = world.channel.remembered(&riga_1()).await.unwrap();
    assert_eq!(ids(&remembered.earlier.unwrap()), [], "the latest word counts");
}

#[tokio::test]
async fn a_short_reference_that_was_used_and_not_told_of_is_known_too() {
    let world = World::new().await;
    let device = world.device("code").await;
    world.push_one(&device, &creation(1)).await;
    let remembered = world.channel.remembered(&riga_1()).await.unwrap();
    assert_eq!(remembered.references, 1);
    assert_eq!(remembered.earlier, None);
}

#[tokio::test]
async fn a_witness_names_no_more_than_it_may() {
    let world = World::new().await;
    let device = world.device("code").await;
    let many: Vec<u128> = (0..=MOST_WITNESSED as u128).collect();
    let refused = world.channel.witness(&device, &witness(0, 0, &many)).await.unwrap_err();
    assert!(matches!(refused, kase_channel::ChannelError::Code(ErrorCode::PayloadTooLarge)));
}
