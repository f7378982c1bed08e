//! Backup and restore over real processes: what was told is never given out twice, and comes back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{TestApp, command, eventually};
use crate::client::{Headquarters, SignedIn, creation, new_id};

/// Runs the program to its end: its status, and what it said on both.
async fn maintain(arguments: &[&str], data: &Path) -> (Option<i32>, String) {
    let mut command = command(arguments);
    command.arg("--data").arg(data).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[track_caller]
fn refused((status, said): (Option<i32>, String), names: &str) {
    assert_eq!((status, said.lines().count()), (Some(2), 1), "{said}");
    assert!(said.contains(names), "{said}");
}

#[track_caller]
fn done((status, said): (Option<i32>, String)) -> String {
    assert_eq!(status, Some(0), "{said}");
    said
}

async fn start(data: &Path) -> TestApp {
    TestApp::start_with(&["--demo"], data, "127.0.0.1:0").await
}

async fn stop(app: TestApp) {
    let (status, _) = app.stop().await;
    assert!(status.success(), "{status}");
}

/// Creates a customer while headquarters is asked; its number.
async fn create(cashier: &SignedIn, id: Uuid) -> String {
    let created = cashier.create(&json!({"id": id, "first_name": "Anna"})).await.ok();
    created["account_number"].as_str().unwrap().to_owned()
}

async fn number_at(headquarters: &Headquarters, id: Uuid) -> Option<String> {
    let answer = headquarters.send(Method::GET, &format!("/api/v1/hq/customers/{id}"), None).await;
    answer.body["state"]["account"]["account_number"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn headquarters_alone_comes_back_while_customers_were_created_and_everybody_keeps_the_number() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = backups.path().join("monday");
    let target = target.to_str().unwrap();
    let app = start(data.path()).await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let mut numbers = BTreeMap::new();
    let backup = tokio::spawn({
        let (target, data) = (target.to_owned(), data.path().to_owned());
        async move { maintain(&["backup", &target], &data).await }
    });
    while !backup.is_finished() {
        let id = new_id();
        numbers.insert(id, create(&cashier, id).await);
    }
    assert!(done(backup.await.unwrap()).contains("headquarters"));
    refused(maintain(&["backup", target], data.path()).await, "TARGET");

    for _ in 0..5 {
        let id = new_id();
        numbers.insert(id, create(&cashier, id).await);
    }
    let (id, path) = numbers.keys().last().map(|id| (*id, format!("/api/v1/customers/{id}"))).unwrap();
    cashier.write(Method::PATCH, &path, new_id(), &json!({"first_name": "Anete"})).await.ok();
    cashier.write(Method::POST, &format!("{path}/loyalty-cards"), new_id(), &json!({})).await.ok();
    let pending = new_id();
    register.push(&[creation(pending, "R1-0001", json!({"first_name": "Zane"}))]).await;
    numbers.insert(pending, cashier.number_of(pending).await);
    let before = cashier.get(&path).await.ok();
    assert_eq!((before["first_name"].as_str(), before["loyalty_cards"][0].is_null()), (Some("Anete"), false));

    refused(maintain(&["restore", target, "--replace"], data.path()).await, "--data");
    stop(app).await;
    refused(maintain(&["restore", target], data.path()).await, "--replace");
    refused(maintain(&["restore", target, "--only", "nobody"], data.path()).await, "--only");
    let restore = ["restore", target, "--only", "headquarters", "--replace", "--skip-numbers", "1000"];
    let said = done(maintain(&restore, data.path()).await);
    assert!(said.contains("customer_account") && !said.contains("channel"), "{said}");

    let app = start(data.path()).await;
    let headquarters = app.client().headquarters().await;
    for (id, number) in &numbers {
        let at = eventually("what headquarters forgot", async || number_at(&headquarters, *id).await).await;
        assert_eq!(at, *number, "a receipt stays true");
    }
    let hq_path = format!("/api/v1/hq/customers/{id}");
    let after = eventually("the edit and the card", async || {
        let after = headquarters.send(Method::GET, &hq_path, None).await.ok()["state"].clone();
        (after["customer"]["first_name"] == "Anete" && !after["loyalty_cards"][0].is_null()).then_some(after)
    })
    .await;
    assert_eq!(after["loyalty_cards"], before["loyalty_cards"]);
    let cashier = register_of(&app, &register.token).sign_in().await;
    assert_eq!(cashier.get(&path).await.ok()["loyalty_cards"], before["loyalty_cards"]);
    let new = create(&cashier, new_id()).await;
    assert!(!numbers.values().any(|number| *number == new), "{new} was given out before");
    let restores = headquarters.send(Method::GET, "/api/v1/hq/restores", None).await.ok();
    assert!(restores["restores"][0]["returned"][0]["operations"].as_i64().unwrap() >= 6, "{restores}");
    let audit = headquarters.send(Method::GET, "/api/v1/hq/audit", None).await.ok();
    assert!(audit.to_string().contains("was restored from a backup"), "{audit}");
    assert!(!audit.to_string().contains("another account number"), "{audit}");
}

/// The same browser, at a server that was started anew.
fn register_of(app: &TestApp, token: &str) -> crate::client::Register {
    crate::client::Register { client: app.client(), token: token.to_owned() }
}

#[tokio::test]
async fn a_channel_alone_comes_back_and_its_registers_deliver_again_what_it_forgot() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = backups.path().join("monday");
    let target = target.to_str().unwrap();
    let app = start(data.path()).await;
    let register = app.register("RIGA-1").await;
    let (_, cursor) = register.pull(None).await;
    done(maintain(&["backup", target], data.path()).await);
    let late = app.register("RIGA-2").await;
    let id = new_id();
    let operation = creation(id, "R1-0001", json!({"first_name": "Anna"}));
    register.push(std::slice::from_ref(&operation)).await;
    let number = register.sign_in().await.number_of(id).await;
    stop(app).await;
    done(maintain(&["restore", target, "--only", "riga-centrs", "--replace"], data.path()).await);

    let app = start(data.path()).await;
    let register = register_of(&app, &register.token);
    let path = format!("/api/v1/replication/pull?cursor={cursor}");
    let answer = register.send(Method::GET, &path, None).await.ok();
    assert_eq!(answer["restarted"], true, "the register notices");
    let again = register.push(&[operation]).await;
    assert_eq!(again["results"][0]["result"], "accepted", "{again}");
    let cashier = register.sign_in().await;
    assert_eq!(cashier.number_of(id).await, number);
    let unknown = register_of(&app, &late.token).try_sign_in("1001", "246810").await;
    assert_eq!(unknown.problem(), "unauthenticated", "it was activated after the backup");
    assert_ne!(create(&cashier, new_id()).await, number);
}

#[tokio::test]
async fn the_whole_installation_comes_back_and_what_registers_kept_keeps_its_number() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = backups.path().join("monday");
    let target = target.to_str().unwrap();
    let app = start(data.path()).await;
    let register = app.register("RIGA-1").await;
    let (_, cursor) = register.pull(None).await;
    done(maintain(&["backup", target], data.path()).await);
    let (early, late) = (new_id(), new_id());
    let operations = [early, late].map(|id| creation(id, "R1-0001", json!({"first_name": "Anna"})));
    register.push(&operations).await;
    let cashier = register.sign_in().await;
    let number = cashier.number_of(early).await;
    cashier.number_of(late).await;
    stop(app).await;
    // The disk is gone with all that was on it.
    let elsewhere = tempfile::tempdir().unwrap();
    done(maintain(&["restore", target], elsewhere.path()).await);

    let app = start(elsewhere.path()).await;
    let headquarters = app.client().headquarters().await;
    assert_eq!(number_at(&headquarters, early).await, None, "nobody here knows of it");
    let register = register_of(&app, &register.token);
    let path = format!("/api/v1/replication/pull?cursor={cursor}");
    assert_eq!(register.send(Method::GET, &path, None).await.ok()["restarted"], true);
    // As a register delivers again what it had kept; of the second it had not heard the number.
    let told = json!({"took_effect": true, "account_number": number});
    let body = json!({"operations": operations, "claims": {early.to_string(): told}});
    let again = register.send(Method::POST, "/api/v1/replication/push", Some(&body)).await.ok();
    assert_eq!(again["results"][0]["account_number"], *number, "{again}");
    assert_eq!(again["results"][1]["status"], "pending", "{again}");
    for id in [early, late] {
        let at = eventually("what everybody forgot", async || number_at(&headquarters, id).await).await;
        assert_eq!(at == number, id == early, "{at}");
    }
    let audit = headquarters.send(Method::GET, "/api/v1/hq/audit", None).await.ok();
    assert!(!audit.to_string().contains("another account number"), "{audit}");
}

#[tokio::test]
async fn all_places_come_back_twice_and_no_number_is_given_out_twice() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = |name: &str| backups.path().join(name).to_str().unwrap().to_owned();
    let mut app = start(data.path()).await;
    let register = app.register("RIGA-1").await;
    let mut given = BTreeSet::new();
    let mut give = async |app: &TestApp| {
        let cashier = register_of(app, &register.token).sign_in().await;
        for _ in 0..3 {
            let number = create(&cashier, new_id()).await;
            assert!(given.insert(number.clone()), "{number} was given out twice");
        }
    };
    give(&app).await;
    done(maintain(&["backup", &target("first")], data.path()).await);
    // The second time by a backup of what was restored, the third time by the first once more.
    for (backup, next) in [("first", Some("second")), ("second", None), ("first", None)] {
        give(&app).await;
        stop(app).await;
        done(maintain(&["restore", &target(backup), "--replace"], data.path()).await);
        app = start(data.path()).await;
        give(&app).await;
        if let Some(next) = next {
            done(maintain(&["backup", &target(next)], data.path()).await);
        }
    }
    let aside = std::fs::read_dir(data.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let aside = aside.filter(|name| name.to_string_lossy().starts_with("replaced-")).count();
    assert_eq!(aside, 3, "nothing is deleted");
}

#[tokio::test]
async fn a_backup_that_comes_back_twice_over_databases_that_cannot_be_read_gives_no_number_out_twice() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = backups.path().join("monday");
    let target = target.to_str().unwrap();
    let mut app = start(data.path()).await;
    let register = app.register("RIGA-1").await;
    done(maintain(&["backup", target], data.path()).await);
    let mut given = BTreeSet::new();
    for _ in 0..3 {
        stop(app).await;
        for entry in std::fs::read_dir(target).unwrap() {
            let name = entry.unwrap().file_name();
            if name != "backup.json" {
                std::fs::write(data.path().join(name), "the disk has lost it").unwrap();
            }
        }
        done(maintain(&["restore", target, "--replace"], data.path()).await);
        app = start(data.path()).await;
        let cashier = register_of(&app, &register.token).sign_in().await;
        let number = create(&cashier, new_id()).await;
        assert!(given.insert(number.clone()), "{number} was given out twice");
    }
}

#[tokio::test]
async fn what_is_no_whole_backup_is_not_brought_back() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let target = backups.path().join("monday");
    let name = target.to_str().unwrap();
    refused(maintain(&["backup", name], data.path()).await, "--data");
    refused(maintain(&["restore", name], data.path()).await, "backup.json");
    refused(maintain(&["restore"], data.path()).await, "SOURCE");
    stop(start(data.path()).await).await;
    done(maintain(&["backup", name], data.path()).await);
    let manifest: Value =
        serde_json::from_slice(&std::fs::read(target.join("backup.json")).unwrap()).unwrap();
    let files: Vec<&str> = manifest["databases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|copied| copied["file"].as_str().unwrap())
        .collect();
    assert_eq!(files.len(), 4, "{manifest}");
    let elsewhere = tempfile::tempdir().unwrap();
    let whole = std::fs::read(target.join(files[0])).unwrap();
    let mut changed = whole.clone();
    changed[5_000] ^= 1;
    for bytes in [&whole[..whole.len() - 1], &changed] {
        std::fs::write(target.join(files[0]), bytes).unwrap();
        refused(maintain(&["restore", name], elsewhere.path()).await, files[0]);
    }
    let nothing = std::fs::read_dir(elsewhere.path()).unwrap().count();
    assert_eq!(nothing, 0, "nothing was begun");
    std::fs::write(target.join(files[0]), &whole).unwrap();
    done(maintain(&["restore", name], elsewhere.path()).await);
    let app = start(elsewhere.path()).await;
    app.signed_in("TARTU-1").await;
}

#[tokio::test]
async fn what_a_restore_left_unfinished_is_not_backed_up() {
    let (data, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    stop(start(data.path()).await).await;
    std::fs::create_dir(data.path().join("restoring")).unwrap();
    let target = backups.path().join("half");
    refused(maintain(&["backup", target.to_str().unwrap()], data.path()).await, "--data");
    assert!(!target.exists());
}
