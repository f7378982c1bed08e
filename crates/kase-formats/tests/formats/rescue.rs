//! Rescue files as browsers sealed them: opened with the key that headquarters' database has kept. That today's app
//! writes what the newest holds is said by its own tests, in a browser.

use std::sync::Arc;

use kase_headquarters::{Headquarters, TakenIn};
use serde::Deserialize;
use serde_json::Value;
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::channel::Machine;
use crate::format::Fixtures;
use crate::headquarters::databases;

/// A file, and what is known of it.
#[derive(Deserialize)]
struct Rescue {
    /// That of a demo chain.
    key: Key,
    sealed: String,
    /// What was sealed.
    held: String,
}

#[derive(Deserialize)]
struct Key {
    kid: String,
    x: String,
    y: String,
    /// In hex.
    secret: String,
}

/// Headquarters with the key, in the database of its newest migration.
async fn headquarters(key: &Key, folder: &std::path::Path) -> Headquarters {
    let databases = databases();
    let path = databases.load(databases.count().await, folder).await;
    let options = SqliteConnectOptions::new().filename(&path);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::query("INSERT INTO rescue_keys (kid, x, y, secret, made_at) VALUES (?, ?, ?, unhex(?), 1)")
        .bind(&key.kid)
        .bind(&key.x)
        .bind(&key.y)
        .bind(&key.secret)
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    Headquarters::open(&path, Arc::new(Machine)).await.unwrap()
}

#[tokio::test]
async fn every_rescue_file_ever_sealed_comes_in_once() {
    let fixtures = Fixtures::json("rescue-file");
    assert!(fixtures.count() > 0);
    for version in 1..=fixtures.count() {
        let rescue: Rescue = serde_json::from_str(&fixtures.read(version)).unwrap();
        let held: Value = serde_json::from_str(&rescue.held).unwrap();
        let operations = held["operations"].as_array().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let headquarters = headquarters(&rescue.key, folder.path()).await;
        let taken = |accepted, duplicates| TakenIn {
            register: held["register"].as_str().unwrap().to_owned(),
            channel: held["channel"].as_str().unwrap().to_owned(),
            made_at: held["made_at"].as_i64().unwrap(),
            accepted,
            duplicates,
            refused: Vec::new(),
        };
        let name = fixtures.shown(version);
        let first = headquarters.take_in(&rescue.sealed, "admin").await.unwrap();
        assert_eq!(first, taken(operations.len(), 0), "{name}");
        let again = headquarters.take_in(&rescue.sealed, "admin").await.unwrap();
        assert_eq!(again, taken(0, operations.len()), "{name}");
        for operation in operations {
            let id = serde_json::from_value(operation["id"].clone()).unwrap();
            assert!(headquarters.operation(id).await.unwrap().is_some(), "{name}");
        }
    }
}
