//! Whom an address's id stands for.

use kase_domain::{Account, Country, Customer, ErrorCode, Stage};
use kase_replication::{Change, CustomerState};
use serde_json::json;
use uuid::Uuid;

use crate::world::{World, creation_of, synced};

/// Customer `id` as headquarters has it, with these addresses.
fn with_addresses(id: u128, addresses: &[u128]) -> Change {
    let Change::Customer(state) = synced(id) else { panic!("no customer") };
    let addresses: Vec<_> = addresses.iter().map(|id| json!({"id": Uuid::from_u128(*id)})).collect();
    let record = serde_json::from_value(json!({"first_name": "Anna", "addresses": addresses})).unwrap();
    let customer = Customer::parse(&record, &Country::parse("LV").unwrap()).unwrap();
    Change::Customer(Box::new(CustomerState { customer, ..*state }))
}

fn pending(change: Change) -> Change {
    let Change::Customer(state) = change else { panic!("no customer") };
    Change::Customer(Box::new(CustomerState { account: Account::Pending(Stage::AtHeadquarters), ..*state }))
}

/// The customer that an id stands for.
async fn of(world: &World, id: u128) -> Option<u128> {
    match world.channel.customer(&Uuid::from_u128(id).to_string()).await {
        Ok(state) => Some(state.customer_id.0.as_u128()),
        Err(error) => {
            assert!(
                matches!(error, kase_channel::ChannelError::Code(ErrorCode::UnknownCustomer)),
                "{error:?}"
            );
            None
        }
    }
}

#[tokio::test]
async fn an_address_stands_for_its_customer_also_once_the_address_is_gone() {
    let world = World::new().await;
    let device = world.device("code").await;
    let address = json!([{"id": Uuid::from_u128(71)}]);
    world.push_one(&device, &creation_of(1, json!({"first_name": "Anna", "addresses": address}))).await;
    assert_eq!((of(&world, 71).await, of(&world, 72).await), (Some(1), None), "made here");
    world.told(vec![with_addresses(1, &[71, 72]), with_addresses(2, &[73])]).await;
    assert_eq!(
        (of(&world, 71).await, of(&world, 72).await, of(&world, 73).await),
        (Some(1), Some(1), Some(2))
    );
    world.told(vec![with_addresses(1, &[])]).await;
    assert_eq!(of(&world, 71).await, Some(1));
}

#[tokio::test]
async fn a_pending_customer_takes_no_address_and_one_that_takes_it_over_at_headquarters_has_it() {
    let world = World::new().await;
    world.told(vec![pending(with_addresses(3, &[71]))]).await;
    assert_eq!(of(&world, 71).await, Some(3));
    world.told(vec![with_addresses(1, &[71])]).await;
    assert_eq!(of(&world, 71).await, Some(1), "headquarters has the last word");
    world.told(vec![pending(with_addresses(4, &[71]))]).await;
    assert_eq!(of(&world, 71).await, Some(1));
    world.told(vec![with_addresses(2, &[71])]).await;
    assert_eq!(of(&world, 71).await, Some(2), "both were merged");
}
