//! An update of the program finds everything that the one before had recorded.

use std::path::Path;
use std::sync::Arc;

use kase_channel::Channel;
use kase_domain::{Account, ErrorCode, Stage};
use kase_replication::{Change, Fingerprint, OperationResult, Outcome};
use kase_text::Locale;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

use crate::world::{World, creation, creation_of, directory, operation_id, settings};

/// A database as version 1 left it, with the operation `text` waiting to be sent.
async fn database_of_before(folder: &Path, text: &str) -> std::path::PathBuf {
    let first = folder.join("migrations");
    std::fs::create_dir(&first).unwrap();
    let name = "0001_channel.sql";
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(name);
    std::fs::copy(shipped, first.join(name)).unwrap();
    let path = folder.join("before.sqlite");
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    sqlx::migrate::Migrator::new(first).await.unwrap().run(&pool).await.unwrap();
    sqlx::query("INSERT INTO place (id, database, channel, position) VALUES (1, randomblob(16), 'riga', 7)")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query(
        "INSERT INTO operations (id, customer_id, kind, text, fingerprint, register, recorded_at, progress, stage,
                                 position)
         VALUES (?1, ?1, 'create_customer', ?2, ?3, 'RIGA-1', 5, 'ready', ?4, 7)",
    )
    .bind(operation_id(1).0.as_bytes().as_slice())
    .bind(text)
    .bind(Fingerprint::of(text.as_bytes()).0.as_slice())
    .bind(serde_json::to_string(&Stage::InChannel).unwrap())
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    path
}

#[tokio::test]
async fn operations_of_before_there_were_remarks_are_all_there_and_are_sent_without_one() {
    let mut world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    let text = creation(1).operations[0].get().to_owned();
    let path = database_of_before(folder.path(), &text).await;
    world.channel =
        Channel::open("riga".into(), &path, world.machine.clone(), Arc::clone(&world.headquarters) as _)
            .await
            .unwrap();
    let waiting = world.channel.status().await.unwrap().waiting;
    let [waiting] = &waiting[..] else { panic!("{waiting:?}") };
    assert_eq!((waiting.progress.as_str(), waiting.count, waiting.oldest.0), ("ready", 1, 5));

    world.told(vec![Change::Settings(Box::new(settings()))]).await;
    world.told(vec![directory("code", false).await]).await;
    let device = world.device("code").await;
    assert_eq!(world.told_to_register(&device, 1).await, Some(Stage::InChannel));
    let again = world.channel.push(&device, &creation(1), Locale::En).await.unwrap().results;
    assert!(matches!(&again[..], [OperationResult { outcome: Outcome::Duplicate(Account::Pending(_)), .. }]));
    let other = creation_of(1, serde_json::json!({"first_name": "Berta"}));
    let other = world.push_one(&device, &other).await;
    assert!(matches!(&other, Outcome::Refused(refusal) if refusal.code == ErrorCode::IdempotencyMismatch));

    assert_eq!(world.channel.push_once().await, Ok(false));
    assert_eq!(*world.headquarters.delivered.lock().unwrap(), [text]);
    assert!(world.headquarters.remarks.lock().unwrap().is_empty());
}
