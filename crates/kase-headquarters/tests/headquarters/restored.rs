//! Headquarters came back from a backup: nothing is given out twice, and what comes back is what it was.

use std::collections::BTreeSet;

use kase_domain::{AccountNumber, ErrorCode, LoyaltyCardNumber, Refusal};
use kase_headquarters::OperationStatus;
use kase_replication::{Claim, PushRequest, Remark};
use serde_json::json;

use crate::world::{RIGA, TARTU, World, anna, card, customer_id, edit, request};

/// What the channel of a customer with this number says.
fn had(number: &str) -> Claim {
    let account_number = Some(AccountNumber::parse(number).unwrap());
    Claim { took_effect: true, account_number, ..Claim::default() }
}

fn performed(cards: &[&str]) -> Claim {
    let loyalty_cards = cards.iter().map(|card| LoyaltyCardNumber::parse(card).unwrap()).collect();
    Claim { performed: true, took_effect: true, loyalty_cards, ..Claim::default() }
}

#[tokio::test]
async fn no_account_number_is_given_out_twice_and_who_had_one_keeps_it() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    world.backup().await;
    let (_, cursor) = world.pull_all(RIGA, None, 1_000).await;
    world.push(RIGA, &[anna(2, version), anna(3, version)]).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(3)).await.as_deref(), Some("C-0002003"));

    let restored = world.restore(100, false).await;
    assert_eq!(restored.skipped[0].first, "C-0002002");
    assert_eq!(restored.skipped[0].next, "C-0002102");
    let answer = world.headquarters.pull(&RIGA.into(), Some(cursor.parse().unwrap()), 10).await.unwrap();
    assert!(answer.restarted, "the channel notices");
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002001"), "old ids stay true");

    world.push(TARTU, &[anna(4, version)]).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(4)).await.as_deref(), Some("C-0002102"));
    world
        .push_again(RIGA, &[(anna(2, version), had("C-0002002")), (anna(3, version), had("C-0002003"))])
        .await;
    world.convert().await;
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002002"));
    assert_eq!(world.account(customer_id(3)).await.as_deref(), Some("C-0002003"));

    let restores = world.headquarters.restores().await.unwrap();
    assert_eq!(restores.len(), 1);
    assert_eq!((restores[0].returned[0].channel.as_str(), restores[0].returned[0].operations), (RIGA, 2));
    let audit = world.headquarters.audit(None, 10).await.unwrap();
    assert!(
        audit.iter().any(|entry| entry.action.contains("restored") && entry.detail.contains("C-0002102"))
    );
}

#[tokio::test]
async fn the_same_backup_restored_twice_gives_nothing_out_again_though_nobody_can_read_what_it_replaces() {
    let mut world = World::new().await;
    world.backup().await;
    let mut given = BTreeSet::new();
    let mut versions = BTreeSet::new();
    for id in 1..=3 {
        world.restore(100, false).await;
        let version = world.version(RIGA).await;
        assert!(versions.insert(version), "{version:?} of the settings was made before");
        world.push(RIGA, &[anna(id, version)]).await;
        world.convert().await;
        let number = world.account(customer_id(id)).await.unwrap();
        assert!(given.insert(number.clone()), "{number} was given out before");
    }
}

#[tokio::test]
async fn a_number_that_another_has_or_that_was_never_lost_is_not_given_back_and_people_are_told() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    world.restore(100, false).await;
    let claims = [
        (anna(1, version), had("C-0002050")),
        (anna(2, version), had("C-0002050")),
        (anna(3, version), had("C-0000007")),
        (anna(4, version), had("X-1")),
    ];
    world.push_again(RIGA, &claims).await;
    world.convert().await;
    let mut numbers = Vec::new();
    for nth in 1..=4 {
        numbers.push(world.account(customer_id(nth)).await.unwrap());
    }
    assert_eq!(numbers, ["C-0002050", "C-0002101", "C-0002102", "C-0002103"]);
    let audit = world.headquarters.audit(None, 10).await.unwrap();
    let told: Vec<&str> = audit
        .iter()
        .filter(|entry| entry.action.contains("another account number"))
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(told, ["had X-1", "had C-0000007", "had C-0002050"]);
}

#[tokio::test]
async fn a_number_beyond_what_the_restore_passed_over_is_kept_and_passed_over_too() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    world.restore(10, false).await;
    world.push_again(RIGA, &[(anna(1, version), had("C-0002500"))]).await;
    world.push(RIGA, &[anna(2, version)]).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002500"));
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002501"));
}

#[tokio::test]
async fn the_same_backup_brought_back_twice_passes_over_what_was_given_out_in_between() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    world.restore(10, false).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002011"));
    world.restore(10, true).await;
    world.push(RIGA, &[anna(2, version)]).await;
    world.convert().await;
    assert_eq!(
        world.account(customer_id(2)).await.as_deref(),
        Some("C-0002021"),
        "ten beyond the first restore"
    );
}

#[tokio::test]
async fn nobody_is_believed_where_nothing_was_lost() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let change = edit(1, 1, version, &[("first_name", json!("Anna"), json!("Anete"))]);
    let claims = [(anna(1, version), had("C-0009999")), (change.clone(), performed(&[]))];
    world.push_again(RIGA, &claims).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002001"));
    let error = world.operation(&change).await.error_code;
    assert_eq!(error.as_deref(), Some("customer_pending_edit"), "closed while editing is off");
}

#[tokio::test]
async fn what_was_done_while_operators_waited_is_done_again_and_cards_keep_their_numbers() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    let change = edit(1, 1, version, &[("first_name", json!("Anna"), json!("Anete"))]);
    let (generated, typed) = (card(2, 1, version, None), card(3, 1, version, Some("KASE12345")));
    let operations = [anna(1, version), change, generated, typed];
    world.perform(RIGA, &operations).await;
    let before = world.state(customer_id(1)).await.unwrap();
    assert_eq!(before.loyalty_cards.len(), 2);

    world.restore(100, false).await;
    let [creation, change, generated, typed] = operations;
    let cards: Vec<&str> = before.loyalty_cards.iter().map(|card| card.number.as_str()).collect();
    let creation = (creation, Claim { performed: true, ..had(before.account.number().unwrap().as_str()) });
    let again = [creation, (change, performed(&[])), (generated, performed(&cards)), (typed, performed(&[]))];
    world.push_again(RIGA, &again).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused), (4, 0));
    assert_eq!(world.state(customer_id(1)).await.unwrap(), before);
    world.push(RIGA, &[anna(2, version)]).await;
    world.convert().await;
    let next = world.perform(RIGA, &[card(4, 2, version, None)]).await;
    assert_eq!(next.results.len(), 1);
    let others = world.state(customer_id(2)).await.unwrap().loyalty_cards;
    assert!(!before.loyalty_cards.contains(&others[0]), "no card twice");
}

#[tokio::test]
async fn what_a_restore_forgot_of_the_settings_is_never_taken_for_what_is_made_since() {
    let mut world = World::new().await;
    world.backup().await;
    world.switch(&[crate::world::On::Addresses]).await;
    let lost = world.version(RIGA).await;
    world.restore(10, false).await;
    assert!(world.version(RIGA).await > lost);
    let (changes, _) = world.pull_all(RIGA, None, 1_000).await;
    let settings = changes.iter().find_map(|change| match change {
        kase_replication::Change::Settings(settings) => Some(settings),
        _ => None,
    });
    assert!(!settings.unwrap().switches.is_on(kase_domain::Switch::AsyncAddresses), "as the backup has it");
}

#[tokio::test]
async fn a_headquarters_of_before_there_were_rescue_keys_makes_one_and_tells_its_channels_once() {
    let mut world = World::new().await;
    let path = world.folder.path().join("hq.db");
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    sqlx::query("DELETE FROM rescue_keys").execute(&pool).await.unwrap();
    pool.close().await;
    let before = world.headquarters.settings(&RIGA.into()).await.unwrap().unwrap();
    world.restart().await;
    let after = world.headquarters.settings(&RIGA.into()).await.unwrap().unwrap();
    assert!(after.version > before.version);
    let key = after.rescue_key.clone().unwrap();
    assert_ne!(Some(&key), before.rescue_key.as_ref());
    assert_eq!((key.kid.len(), key.x.len(), key.y.len()), (43, 43, 43));
    world.restart().await;
    assert_eq!(world.headquarters.settings(&RIGA.into()).await.unwrap(), Some(after));
}

#[tokio::test]
async fn what_had_taken_effect_does_not_wait_behind_what_waits_for_a_person() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    world.backup().await;
    let refused = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    let done = card(2, 1, version, Some("KASE12345"));
    world.restore(100, false).await;
    let again = [anna(1, version), refused.clone(), done.clone()];
    let claims = [had("C-0002001"), Claim::default(), performed(&["KASE12345"])];
    let ids = again.iter().map(|recorded| recorded.operation().id);
    let refusal = Refusal { code: ErrorCode::TooLong, detail: "too long".into(), field: None };
    let request = PushRequest {
        remarks: [(refused.operation().id, Remark::Refused(refusal))].into(),
        claims: ids.zip(claims).collect(),
        ..request(&again)
    };
    world.headquarters.push(&RIGA.into(), &request).await.unwrap();
    world.convert().await;
    assert_eq!(world.operation(&refused).await.status, OperationStatus::Refused);
    assert_eq!(world.operation(&done).await.status, OperationStatus::Applied);
    let state = world.state(customer_id(1)).await.unwrap();
    assert_eq!((state.loyalty_cards.len(), state.customer.email.is_none()), (1, true));
}
