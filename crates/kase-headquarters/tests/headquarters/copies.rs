//! After a restore: customers of whom nothing is left but another store's copy.

use kase_domain::{AccountNumber, CustomerId, LoyaltyCardNumber};
use kase_headquarters::OperationStatus;
use kase_replication::{Claim, CustomerState, PushRequest};
use serde_json::json;

use crate::world::{RIGA, TARTU, World, anna, card, customer_id, customers_in, edit};

/// What a channel that pulls has of the customers.
async fn copies(world: &World, ids: &[CustomerId]) -> Vec<CustomerState> {
    let (changes, _) = world.pull_all(TARTU, None, 1_000).await;
    let copies = customers_in(&changes).into_iter().filter(|state| ids.contains(&state.customer_id));
    let mut copies: Vec<CustomerState> = copies.cloned().collect();
    copies.sort_by_key(|copy| copy.customer_id);
    copies
}

async fn offer(world: &World, copies: &[CustomerState]) {
    let request = PushRequest { copies: copies.to_vec(), ..PushRequest::default() };
    assert!(world.headquarters.push(&TARTU.into(), &request).await.unwrap().results.is_empty());
}

fn had(number: &str) -> Claim {
    let account_number = Some(AccountNumber::parse(number).unwrap());
    Claim { took_effect: true, account_number, ..Claim::default() }
}

fn performed() -> Claim {
    Claim { performed: true, took_effect: true, ..Claim::default() }
}

#[tokio::test]
async fn they_become_accounts_again_with_their_numbers_and_cards_and_nothing_is_done_twice() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    let renamed = edit(1, 1, version, &[("first_name", json!("Anna"), json!("Anete"))]);
    let again = edit(2, 1, version, &[("first_name", json!("Anete"), json!("Agnese"))]);
    let carded = card(3, 1, version, Some("KASE12345"));
    world.push(RIGA, &[anna(1, version), anna(2, version)]).await;
    world.convert().await;
    world.perform(RIGA, &[renamed.clone(), again.clone(), carded.clone()]).await;
    let ids = [customer_id(1), customer_id(2)];
    let left = copies(&world, &ids).await;
    assert_eq!(left.len(), 2);
    let before = world.state(customer_id(1)).await.unwrap();
    assert_eq!(
        (before.customer.display_name().as_str(), before.loyalty_cards.len()),
        ("Agnese Kalniņa 1", 1)
    );

    world.restore(100, false).await;
    assert_eq!(world.state(customer_id(1)).await, None);
    offer(&world, &left).await;
    offer(&world, &left).await;
    assert_eq!(world.state(customer_id(1)).await, Some(before.clone()));
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002002"));
    assert_eq!(copies(&world, &ids).await, left, "every store is told");
    let restores = world.headquarters.restores().await.unwrap();
    assert_eq!((restores[0].returned[0].channel.as_str(), restores[0].returned[0].copies), (TARTU, 2));

    let claims = [had("C-0002001"), performed(), performed(), performed()];
    let late = [anna(1, version), renamed, again, carded];
    world.push_again(RIGA, &late.clone().into_iter().zip(claims).collect::<Vec<_>>()).await;
    world.convert().await;
    let mut statuses = Vec::new();
    for operation in &late {
        statuses.push(world.operation(operation).await.status);
    }
    // That the copy says something else than an edit may have an older or a newer reason: a person sees both values.
    use OperationStatus::{Applied, Held};
    assert_eq!(statuses, [Applied, Held, Applied, Applied]);
    assert_eq!(world.state(customer_id(1)).await, Some(before));
}

#[tokio::test]
async fn a_card_that_a_copy_does_not_know_is_issued_again() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    let (first, second) = (card(2, 1, version, Some("KASE11111")), card(3, 1, version, Some("KASE22222")));
    world.perform(RIGA, std::slice::from_ref(&first)).await;
    let left = copies(&world, &[customer_id(1)]).await;
    world.perform(RIGA, std::slice::from_ref(&second)).await;
    world.restore(100, false).await;
    offer(&world, &left).await;
    let cards = ["KASE11111", "KASE22222"].map(|number| LoyaltyCardNumber::parse(number).unwrap());
    let claim = Claim { loyalty_cards: cards.to_vec(), ..performed() };
    world
        .push_again(RIGA, &[(anna(1, version), had("C-0002001")), (first, claim.clone()), (second, claim)])
        .await;
    world.convert().await;
    let held: Vec<_> = world.state(customer_id(1)).await.unwrap().loyalty_cards;
    assert_eq!(held.into_iter().map(|card| card.number).collect::<Vec<_>>(), cards);
}

#[tokio::test]
async fn a_creation_that_is_in_line_gets_the_number_that_another_store_had_heard_of() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    world.push(RIGA, &[anna(1, version), anna(2, version)]).await;
    world.convert().await;
    let left = copies(&world, &[customer_id(2)]).await;
    world.restore(100, false).await;
    world.push_again(RIGA, &[(anna(2, version), Claim::default())]).await;
    offer(&world, &left).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002002"));
}

#[tokio::test]
async fn a_headquarters_that_never_came_back_from_a_backup_believes_no_copies() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    let known = copies(&world, &[customer_id(1)]).await.remove(0);
    let strange = CustomerState { customer_id: customer_id(7), ..known.clone() };
    offer(&world, std::slice::from_ref(&strange)).await;
    assert_eq!(world.state(customer_id(7)).await, None);

    // Nor afterwards one whose number was never lost.
    world.backup().await;
    world.restore(100, false).await;
    offer(&world, std::slice::from_ref(&strange)).await;
    assert_eq!(world.state(customer_id(7)).await, None);
}
