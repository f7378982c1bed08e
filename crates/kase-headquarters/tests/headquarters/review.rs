//! Registers that are deactivated, and what they still deliver: held for review until a person decides.

use kase_domain::{ErrorCode, RegisterName, Stage};
use kase_headquarters::{Headquarters, HeadquartersError, OperationFilter, OperationStatus};
use kase_replication::{Change, PushRequest, RecordedOperation, Remark};
use serde_json::json;

use crate::world::{
    On, RIGA, TARTU, World, anna, at_headquarters, customer_id, edit, operations_in, request,
};

async fn deliver_for_review(world: &World, operations: &[RecordedOperation]) {
    let mut request: PushRequest = request(operations);
    for operation in operations {
        let remark = Remark::Review { register: "RIGA-1".into() };
        request.remarks.insert(operation.operation().id, remark);
    }
    let answer = world.headquarters.push(&RIGA.into(), &request).await.unwrap();
    assert!(answer.results.iter().all(|result| result.outcome == at_headquarters()), "{answer:?}");
}

#[tokio::test]
async fn what_is_for_review_is_converted_only_when_a_person_lets_it_pass() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let (creation, other) = (anna(1, version), anna(2, version));
    deliver_for_review(&world, &[creation.clone(), other.clone()]).await;
    assert_eq!(world.convert().await.applied, 0);
    let listed = OperationFilter { status: Some(OperationStatus::Review), ..Default::default() };
    assert_eq!(world.headquarters.operations(&listed).await.unwrap().len(), 2);
    let shown = world.operation(&creation).await;
    assert_eq!(shown.review_register.as_deref(), Some("RIGA-1"));
    assert_eq!(shown.error_code, None);
    let stores = world.headquarters.stores().await.unwrap();
    assert_eq!(stores.iter().find(|store| store.id == RIGA).unwrap().refused_operations, 2);

    let (_, cursor) = world.pull_all(RIGA, None, 1_000).await;
    world.headquarters.synchronize_operation(creation.operation().id, "admin").await.unwrap();
    world.headquarters.discard_operation(other.operation().id, "invented", "admin").await.unwrap();
    assert_eq!(world.convert().await.applied, 1);
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002001"));
    assert_eq!(world.account(customer_id(2)).await, None);
    let (changes, _) = world.pull_all(RIGA, Some(&cursor), 1_000).await;
    let told =
        |id| operations_in(&changes).into_iter().find(|state| state.id == id).unwrap().progress.clone();
    assert_eq!(told(creation.operation().id), None);
    assert!(
        matches!(told(other.operation().id), Some(Stage::Discarded(refusal)) if refusal.detail == "invented")
    );
}

#[tokio::test]
async fn what_is_for_review_parks_its_customer_and_nobody_else() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let creation = anna(1, version);
    deliver_for_review(&world, std::slice::from_ref(&creation)).await;
    let later = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    world.push(RIGA, &[later, anna(2, version)]).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused, progress.more), (1, 0, false));
    world.headquarters.synchronize_operation(creation.operation().id, "admin").await.unwrap();
    world.convert().await;
    assert!(world.state(customer_id(1)).await.unwrap().customer.email.is_some());
}

#[tokio::test]
async fn a_deactivated_register_stands_in_its_channels_directory_and_in_the_audit() {
    let world = World::new().await;
    let name = RegisterName::from("RIGA-1");
    let (_, riga) = world.pull_all(RIGA, None, 1_000).await;
    let (_, tartu) = world.pull_all(TARTU, None, 1_000).await;
    let mut feed = world.headquarters.subscribe_feed();
    feed.mark_unchanged();
    let changed = world.headquarters.set_deactivated(&name, true, "admin").await.unwrap();
    assert!(changed.deactivated);
    assert!(feed.has_changed().unwrap(), "its channel is told at once");
    let (changes, riga) = world.pull_all(RIGA, Some(&riga), 1_000).await;
    let [Change::Directory(directory)] = &changes[..] else { panic!("{changes:?}") };
    let names = directory.registers.iter().filter(|entry| entry.deactivated).map(|entry| entry.name.clone());
    assert_eq!(names.collect::<Vec<_>>(), std::slice::from_ref(&name));
    assert!(world.pull_all(TARTU, Some(&tartu), 1_000).await.0.is_empty(), "it concerns one channel");
    let audit = world.headquarters.audit(None, 1).await.unwrap();
    assert_eq!((audit[0].action.as_str(), audit[0].subject.as_str()), ("deactivated a register", "RIGA-1"));

    world.headquarters.set_deactivated(&name, true, "admin").await.unwrap();
    assert!(world.pull_all(RIGA, Some(&riga), 1_000).await.0.is_empty(), "nothing has changed");
    world.headquarters.set_deactivated(&name, false, "admin").await.unwrap();
    assert_eq!(world.headquarters.audit(None, 1).await.unwrap()[0].action, "reactivated a register");
    let unknown = world.headquarters.set_deactivated(&"X-1".into(), true, "admin").await;
    let Err(HeadquartersError::Declined(declined)) = unknown else { panic!("{unknown:?}") };
    assert_eq!(declined.code, ErrorCode::NotFound);
}

#[tokio::test]
async fn operations_of_before_there_was_a_review_are_all_there_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("migrations");
    std::fs::create_dir(&first).unwrap();
    let name = "0001_headquarters.sql";
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name);
    std::fs::copy(shipped, first.join(name)).unwrap();
    let path = folder.path().join("hq.db");
    let url = format!("sqlite://{}?mode=rwc", path.to_str().unwrap());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::migrate::Migrator::new(first).await.unwrap().run(&pool).await.unwrap();
    for statement in [
        "INSERT INTO channels VALUES ('riga', 'store', 'Rīga', 'LV', '{}', '{}', 1, 1)",
        "INSERT INTO operations (seq, id, customer_id, channel, kind, fingerprint, text, real_time, status,
                                 error_code, approved, received_at, settled_at, position)
         VALUES (7, randomblob(16), randomblob(16), 'riga', 'create_customer', x'00', '{}', 0, 'refused',
                 'too_long', 1, 5, 6, 9)",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
    let headquarters = Headquarters::open(&path, World::new().await.environment).await.unwrap();
    let kept = headquarters.operations(&OperationFilter::default()).await.unwrap();
    let [kept] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!((kept.line, kept.status, kept.since), (7, OperationStatus::Refused, 6));
    assert_eq!((kept.error_code.as_deref(), &kept.review_register), (Some("too_long"), &None));
}
