//! A job that fails is said where people wait for it.

use futures::StreamExt;
use kase_replication::{Hint, Job, Trouble};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use crate::app::{BOUND, TestApp, eventually};
use crate::client::{Headquarters, creation, new_id};
use crate::replication::hints;

async fn execute(app: &TestApp, sql: &'static str) {
    let path = app.data.as_ref().unwrap().path().join("headquarters.sqlite");
    let mut connection = SqliteConnectOptions::new().filename(path).connect().await.unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
}

async fn job(headquarters: &Headquarters, name: &str) -> Value {
    let jobs = headquarters.send(Method::GET, "/api/v1/hq/jobs", None).await.ok();
    jobs["jobs"].as_array().unwrap().iter().find(|job| job["name"] == name).unwrap().clone()
}

#[tokio::test]
async fn a_conversion_that_fails_is_said_at_headquarters_and_to_registers_until_it_works_again() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let headquarters = app.client().headquarters().await;
    let mut hints = hints(&register).await;
    let mut until = async |fits: fn(&[Job]) -> bool| {
        let said = async {
            while let Some(hint) = hints.next().await {
                let Hint::Heartbeat { jobs, .. } = hint else { continue };
                assert!(
                    jobs.iter().all(|job| job.trouble == Trouble::Failing && job.waiting == 1),
                    "{jobs:?}"
                );
                if fits(&jobs.iter().map(|trouble| trouble.job).collect::<Vec<_>>()) {
                    return;
                }
            }
        };
        tokio::time::timeout(BOUND, said).await.unwrap();
    };
    until(|jobs| jobs.is_empty()).await;
    execute(&app, "ALTER TABLE loyalty_cards RENAME TO gone").await;
    register.push(&[creation(new_id(), "R1-0001", json!({"first_name": "Anna"}))]).await;
    until(|jobs| jobs == [Job::Synchronize]).await;
    let shown = job(&headquarters, "synchronize-customers").await;
    assert_eq!((&shown["trouble"], &shown["waiting"]), (&json!("failing"), &json!(1)), "{shown}");

    execute(&app, "ALTER TABLE gone RENAME TO loyalty_cards").await;
    until(|jobs| jobs.is_empty()).await;
    eventually("the job at work", async || {
        let shown = job(&headquarters, "synchronize-customers").await;
        (shown["trouble"].is_null() && shown["waiting"] == 0).then_some(())
    })
    .await;
}
