//! Headquarters' database of every migration: what stood there means the same.

use std::sync::Arc;

use kase_domain::{Account, ErrorCode, OperationId, SettingsVersion, Stage};
use kase_headquarters::{Headquarters, OperationFilter, OperationStatus};
use kase_replication::{Change, Outcome, PushRequest};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::channel::Machine;
use crate::database::Databases;
use crate::format::Fixtures;
use crate::sample::{address_id, customer_id, operation_id};

const RIGA: &str = "riga-centrs";

pub(crate) fn databases() -> Databases {
    Databases { package: "kase-headquarters", fixtures: Fixtures::sql("headquarters-database") }
}

#[tokio::test]
async fn every_database_of_headquarters_opens_with_all_that_stood_there() {
    let databases = databases();
    for version in 1..=databases.count().await {
        let folder = tempfile::tempdir().unwrap();
        let path = databases.load(version, folder.path()).await;
        let headquarters = Headquarters::open(&path, Arc::new(Machine)).await.unwrap();
        println!("migration {version}");
        who_works_there(&headquarters).await;
        what_channels_are_told(&headquarters, version).await;
        whom_channels_are_told_to_be_pending(&headquarters, version).await;
        customers_and_their_names(&headquarters).await;
        what_waits_for_people(&headquarters, version).await;
        if version >= 5 {
            what_restores_did(&headquarters, version).await;
        }
        what_was_delivered_is_known(&headquarters).await;
        what_goes_on(&headquarters, version).await;
    }
}

async fn who_works_there(headquarters: &Headquarters) {
    assert_eq!(headquarters.session_user("hq-session").await.unwrap(), "admin");
    assert_eq!(headquarters.sign_in("admin", "demo-admin".into()).await.unwrap().user, "admin");
    assert!(headquarters.is_enrolled(&RIGA.into(), "secret-embedded").await.unwrap());
    assert!(headquarters.is_enrolled(&"web-shop".into(), "secret-apart").await.unwrap());
    assert!(!headquarters.is_enrolled(&"web-shop".into(), "secret-embedded").await.unwrap());
    let stores = headquarters.stores().await.unwrap();
    let stores: Vec<(&str, &str)> =
        stores.iter().map(|store| (store.id.as_str(), store.kind.as_str())).collect();
    assert_eq!(stores, [(RIGA, "store"), ("web-shop", "web_shop")]);
    let registers = headquarters.registers().await.unwrap();
    let registers: Vec<(&str, bool, bool)> = registers
        .iter()
        .map(|register| (register.name.as_str(), register.kiosk, register.deactivated))
        .collect();
    assert_eq!(registers, [("KIOSK-1", true, false), ("RIGA-1", false, false), ("RIGA-2", false, true)]);
    let audit = headquarters.audit(None, 3).await.unwrap();
    assert_eq!(
        (audit[1].action.as_str(), audit[1].detail.as_str()),
        ("discarded an operation", "made twice")
    );
    let jobs = headquarters.jobs().await.unwrap();
    let ran = jobs.iter().find(|job| job.name == "P-0001").unwrap();
    assert_eq!((jobs.len(), ran.last_count), (5, Some(1)));
}

async fn what_channels_are_told(headquarters: &Headquarters, version: usize) {
    let answer = headquarters.pull(&RIGA.into(), None, 1_000).await.unwrap();
    assert!(answer.cursor.starts_with("018f000000007000800000000000da1b."), "{}", answer.cursor);
    let settings = answer.changes.iter().find_map(|change| match change {
        Change::Settings(settings) => Some(settings),
        _ => None,
    });
    let settings = settings.unwrap();
    // Told once more than before: where there was no rescue key yet, one was made.
    assert_eq!((settings.version, settings.affiliations.len()), (SettingsVersion(4), 1));
    assert!(settings.rescue_key.is_some());
    // With the key comes what headquarters can define since.
    assert_eq!(settings.attributes.len(), usize::from(version >= 2));
    assert_eq!(settings.customer_groups.is_empty(), version < 2);
    let directory = answer.changes.iter().find_map(|change| match change {
        Change::Directory(directory) => Some(directory),
        _ => None,
    });
    assert_eq!(directory.unwrap().operators.len(), 2);
    let progress = |id: u128| {
        let found = answer.changes.iter().find_map(|change| match change {
            Change::Operation(state) if state.id == operation_id(id) => Some(state.progress.clone()),
            _ => None,
        });
        found.unwrap()
    };
    assert_eq!((progress(2), progress(0x16)), (None, Some(Stage::AtHeadquarters)));
    assert!(matches!(progress(4), Some(Stage::Refused(refusal)) if refusal.code == ErrorCode::InvalidField));
    let defined = headquarters.attributes().await.unwrap();
    assert_eq!(defined.len(), usize::from(version >= 2), "attributes are there since migration 2");
}

/// Whoever waits for a number is told of, also where it waited since before that was done.
async fn whom_channels_are_told_to_be_pending(headquarters: &Headquarters, version: usize) {
    let answer = headquarters.pull(&"web-shop".into(), None, 1_000).await.unwrap();
    let pending = answer.changes.iter().filter_map(|change| match change {
        Change::Customer(state) => match &state.account {
            Account::Pending(stage) => Some((state.customer.display_name(), stage.clone())),
            Account::Synced(_) => None,
        },
        _ => None,
    });
    let pending: Vec<(String, Stage)> = pending.collect();
    let names: Vec<&str> = pending.iter().map(|(name, _)| name.as_str()).collect();
    let mut expected = vec!["Pēteris", "Zane", "Ilze", "Uldis"];
    expected.extend((version >= 3).then_some("Ieva"));
    // What was discarded before migration 7 had not been told of; since then its end is.
    expected.extend((version >= 7).then_some("Maija"));
    assert_eq!(names, expected);
    assert_eq!(pending[0].1, Stage::AtHeadquarters);
    assert!(matches!(&pending[2].1, Stage::Refused(refusal) if refusal.field.as_deref() == Some("email")));
    let last = &pending[pending.len() - 1].1;
    assert_eq!(matches!(last, Stage::Discarded(_)), version >= 7);
}

async fn customers_and_their_names(headquarters: &Headquarters) {
    let by_number = headquarters.customer("C-0004007").await.unwrap().unwrap();
    for alias in [customer_id(2).to_string(), address_id(0xadd1).to_string()] {
        assert_eq!(headquarters.customer(&alias).await.unwrap().as_ref(), Some(&by_number), "{alias}");
    }
    let record = serde_json::to_value(&by_number.customer).unwrap();
    assert_eq!((&record["title"], &record["future"]["tier"]), (&json!("Dr."), &json!(1)));
    assert_eq!(by_number.loyalty_cards[0].number.as_str(), "L000000042");
    let page = headquarters.customer_page("C-0004008").await.unwrap().unwrap();
    assert!(page.state.loyalty_blocked);
    assert_eq!((page.changes[0].field.as_str(), &page.changes[0].new), ("loyalty_blocked", &json!(true)));
}

async fn what_waits_for_people(headquarters: &Headquarters, version: usize) {
    let listed = async |status| {
        let filter = OperationFilter { status: Some(status), ..OperationFilter::default() };
        let operations = headquarters.operations(&filter).await.unwrap();
        operations.into_iter().map(|operation| OperationId(operation.id)).collect::<Vec<_>>()
    };
    let ids = |ids: &[u128]| ids.iter().map(|id| operation_id(*id)).collect::<Vec<_>>();
    assert_eq!(listed(OperationStatus::AtHeadquarters).await, ids(&[0x0a, 0x15, 9, 3]));
    assert_eq!(listed(OperationStatus::Applied).await, ids(&[0x17, 7, 2]));
    assert_eq!(listed(OperationStatus::Refused).await, ids(&[4]));
    assert_eq!(listed(OperationStatus::Held).await, ids(&[0x16]));
    assert_eq!(listed(OperationStatus::Discarded).await, ids(&[8]));
    // Since migration 3.
    assert_eq!(listed(OperationStatus::Review).await, ids(if version >= 3 { &[0x21] } else { &[] }));
    let refused = headquarters.operation(operation_id(4)).await.unwrap().unwrap();
    assert_eq!(refused.error_field.as_deref(), Some("email"));
    assert_eq!(refused.recorded["payload"]["customer"]["email"], "ilze", "as it was recorded");
    assert_eq!(refused.corrected.unwrap()["customer"]["email"], "ilze@inbox.lv");
    let held = headquarters.operation(operation_id(0x16)).await.unwrap().unwrap();
    assert_eq!(held.conflicts.unwrap()[0]["current"], "janis@inbox.lv");
}

async fn what_restores_did(headquarters: &Headquarters, version: usize) {
    let restores = headquarters.restores().await.unwrap();
    let skipped: Vec<(&str, &str)> =
        restores[0].skipped.iter().map(|skipped| (skipped.first.as_str(), skipped.next.as_str())).collect();
    assert_eq!(skipped, [("C-0003001", "C-0004001"), ("L000000010", "L000000040")]);
    let returned = |channel: &str| {
        let found = restores[0].returned.iter().find(|returned| returned.channel == channel);
        found.map(|returned| (returned.operations, returned.copies))
    };
    assert_eq!(returned(RIGA), Some((1, 0)));
    assert_eq!(returned("web-shop"), (version >= 8).then_some((0, 1)));
}

async fn what_was_delivered_is_known(headquarters: &Headquarters) {
    let recorded = headquarters.operation(operation_id(3)).await.unwrap().unwrap().recorded;
    let other = delivered(headquarters, &recorded.to_string().replace("Pēteris", "Pauls")).await;
    assert!(matches!(&other, Outcome::Refused(refusal) if refusal.code == ErrorCode::IdempotencyMismatch));
    let again = delivered(headquarters, PETERIS).await;
    assert_eq!(again, Outcome::Duplicate(Account::Pending(Stage::AtHeadquarters)));
}

async fn delivered(headquarters: &Headquarters, text: &str) -> Outcome {
    let operations = vec![RawValue::from_string(text.to_owned()).unwrap()];
    let request = PushRequest { operations, ..PushRequest::default() };
    headquarters.push(&RIGA.into(), &request).await.unwrap().results.remove(0).outcome
}

/// The creation of the fixtures' customer 3, as it was recorded.
const PETERIS: &str = r#"{"id":"018f0000-0000-7000-8000-000000000003","customer_id":"018f0000-0000-7000-8000-000000000003","sequence":0,"version":1,"settings_version":2,"operator":"1001","recorded_at":1762000000003,"kind":"create_customer","payload":{"reference":"R1-0002","customer":{"kind":"person","title":"Dr.","first_name":"Pēteris"}}}"#;

/// Numbers go on where they stood, each operation is judged by the settings of then, and people's decisions hold.
async fn what_goes_on(headquarters: &Headquarters, version: usize) {
    headquarters.run_conversion(100).await.unwrap();
    let number = async |id: u128| {
        let state = headquarters.customer(&customer_id(id).to_string()).await.unwrap();
        state.and_then(|state| state.account.number().map(ToString::to_string))
    };
    assert_eq!(number(3).await.as_deref(), Some("C-0004009"), "its title was open under its settings");
    assert_eq!(number(0x0a).await.as_deref(), Some("C-0004010"), "a person let it pass");
    assert_eq!(number(9).await, None, "its title was closed under its settings");
    let closed = headquarters.operation(operation_id(9)).await.unwrap().unwrap();
    assert_eq!(closed.error_code.as_deref(), Some("customer_pending_field"));
    assert_eq!((number(4).await, number(8).await), (None, None));

    headquarters.synchronize_operation(operation_id(4), "admin").await.unwrap();
    if version >= 3 {
        headquarters.synchronize_operation(operation_id(0x21), "admin").await.unwrap();
    }
    while headquarters.run_conversion(100).await.unwrap().more {}
    assert_eq!(number(4).await.as_deref(), Some("C-0004011"), "by its corrected values");
    let ilze = headquarters.customer("C-0004011").await.unwrap().unwrap();
    let record: Value = serde_json::to_value(&ilze.customer).unwrap();
    assert_eq!((&record["first_name"], &record["email"]), (&json!("Ilzīte"), &json!("ilze@inbox.lv")));
    assert_eq!(number(0x21).await.as_deref(), (version >= 3).then_some("C-0004012"));
}
