//! *Customer synchronization status*: corrected beside what was recorded, synchronized again, discarded.

use kase_domain::{ErrorCode, Stage, Timestamp};
use kase_headquarters::{HeadquartersError, OperationFilter, OperationStatus};
use serde_json::json;

use crate::world::{RIGA, TARTU, World, anna, creation, customer_id, operations_in};

#[tokio::test]
async fn a_corrected_creation_is_synchronized_and_what_was_recorded_stands() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let titled = creation(1, version, json!({"first_name": "Anna", "title": "Dr."}));
    world.push(RIGA, std::slice::from_ref(&titled)).await;
    world.convert().await;
    let id = titled.operation().id;

    let bad = json!({"reference": "R1-0001", "customer": {"first_name": "Anna", "email": "anna"}});
    let declined = world.headquarters.correct_operation(id, bad, "admin").await;
    let Err(HeadquartersError::Declined(declined)) = declined else { panic!("{declined:?}") };
    assert_eq!((declined.code, declined.field.as_deref()), (ErrorCode::InvalidField, Some("email")));

    let good = json!({"reference": "R1-0001", "customer": {"first_name": "Anete", "phone": "2111 1111"}});
    world.headquarters.correct_operation(id, good, "admin").await.unwrap();
    let waiting = world.operation(&titled).await;
    assert_eq!(waiting.status, OperationStatus::Refused, "corrected is not yet synchronized");
    assert_eq!(waiting.recorded["payload"]["customer"]["title"], "Dr.");
    assert_eq!(waiting.corrected.unwrap()["customer"]["phone"], "+37121111111", "read as the store reads it");

    world.headquarters.synchronize_operation(id, "admin").await.unwrap();
    world.convert().await;
    assert_eq!(world.state(customer_id(1)).await.unwrap().customer.display_name(), "Anete");
    assert_eq!(world.operation(&titled).await.account_number.as_deref(), Some("C-0002001"));
}

#[tokio::test]
async fn a_discarded_operation_is_kept_with_its_reason_and_parks_nothing() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let (_, cursor) = world.pull_all(RIGA, None, 1_000).await;
    let titled = creation(1, version, json!({"first_name": "Anna", "title": "Dr."}));
    world.push(RIGA, std::slice::from_ref(&titled)).await;
    world.convert().await;
    let id = titled.operation().id;
    assert!(world.headquarters.discard_operation(id, "  ", "admin").await.is_err());
    world.headquarters.discard_operation(id, "made twice", "admin").await.unwrap();
    let discarded = world.operation(&titled).await;
    assert_eq!(discarded.status, OperationStatus::Discarded);
    assert_eq!(discarded.error_detail.as_deref(), Some("made twice"));
    let (changes, _) = world.pull_all(RIGA, Some(&cursor), 10).await;
    let Some(Stage::Discarded(refusal)) = &operations_in(&changes)[0].progress else { panic!("{changes:?}") };
    assert_eq!(refusal.detail, "made twice");
    assert!(world.headquarters.synchronize_operation(id, "admin").await.is_err());
    let audit = world.headquarters.audit(None, 1).await.unwrap();
    assert_eq!(
        (audit[0].action.as_str(), audit[0].detail.as_str()),
        ("discarded an operation", "made twice")
    );
}

#[tokio::test]
async fn operations_are_listed_by_status_channel_and_customer() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world
        .push(RIGA, &[anna(1, version), creation(2, version, json!({"first_name": "A", "title": "Dr."}))])
        .await;
    world.push(TARTU, &[anna(3, version)]).await;
    world.convert().await;
    let list = |filter: OperationFilter| {
        let headquarters = world.headquarters.clone();
        async move {
            let operations = headquarters.operations(&filter).await.unwrap();
            operations.into_iter().map(|operation| operation.customer_id).collect::<Vec<_>>()
        }
    };
    let refused = OperationFilter { status: Some(OperationStatus::Refused), ..Default::default() };
    assert_eq!(list(refused).await, [customer_id(2).0]);
    let tartu = OperationFilter { channel: Some(TARTU.into()), ..Default::default() };
    assert_eq!(list(tartu).await, [customer_id(3).0]);
    let one = OperationFilter { customer_id: Some(customer_id(1).0), ..Default::default() };
    assert_eq!(list(one).await, [customer_id(1).0]);
    let page = OperationFilter { limit: Some(2), ..Default::default() };
    assert_eq!(list(page).await, [customer_id(3).0, customer_id(2).0]);
}

#[tokio::test]
async fn an_operation_says_since_when_it_is_where_it_is() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let start = world.now();
    let titled = creation(1, version, json!({"first_name": "Anna", "title": "Dr."}));
    world.push(RIGA, std::slice::from_ref(&titled)).await;
    let since = async || world.operation(&titled).await.since - start;
    assert_eq!(since().await, 0);
    world.pass_ms(1_000);
    world.convert().await;
    assert_eq!(since().await, 1_000, "refused");
    world.pass_ms(1_000);
    world.headquarters.synchronize_operation(titled.operation().id, "admin").await.unwrap();
    assert_eq!(since().await, 2_000, "in line again");
    world.pass_ms(1_000);
    world.convert().await;
    assert_eq!(since().await, 3_000, "applied");
}

#[tokio::test]
async fn the_chain_at_a_glance_counts_numbers_given_and_what_waits() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let titled = |nth| creation(nth, version, json!({"first_name": "A", "title": "Dr."}));
    world.push(RIGA, &[anna(1, version), titled(2), titled(3)]).await;
    world.convert().await;
    let yesterday = world.headquarters.overview(None).await.unwrap();
    assert_eq!(yesterday.account_numbers_given, 1, "the customers of before are not of today");
    let [refused] = &yesterday.waiting[..] else { panic!("{yesterday:?}") };
    assert_eq!((refused.status, refused.count), (OperationStatus::Refused, 2));
    world.pass_ms(24 * 60 * 60 * 1_000);
    world.perform(TARTU, &[anna(4, version)]).await;
    world.perform(TARTU, &[anna(5, version)]).await;
    let today = world.headquarters.overview(None).await.unwrap();
    assert_eq!((today.account_numbers_given, today.since - yesterday.since), (2, 24 * 60 * 60 * 1_000));
    let both = world.headquarters.overview(Some(Timestamp(yesterday.since))).await.unwrap();
    assert_eq!(both.account_numbers_given, 3);
    assert_eq!(both.waiting, yesterday.waiting);
}
