//! The feed: ordered by commit, for each channel what concerns it, whole states.

use std::collections::HashMap;

use kase_domain::{ErrorCode, Stage};
use kase_replication::{Change, Cursor};
use serde_json::json;

use crate::world::{RIGA, TARTU, World, anna, creation, customer_id, customers_in, operations_in};

#[tokio::test]
async fn a_channel_pulls_the_whole_chain_from_the_start_in_pages() {
    let world = World::new().await;
    let (changes, cursor) = world.pull_all(RIGA, None, 300).await;
    assert_eq!(customers_in(&changes).len(), 2_000);
    let settings: Vec<_> = changes.iter().filter(|change| matches!(change, Change::Settings(_))).collect();
    assert_eq!(settings.len(), 1);
    let Some(Change::Directory(directory)) =
        changes.iter().find(|change| matches!(change, Change::Directory(_)))
    else {
        panic!("no directory")
    };
    let names: Vec<&str> = directory.registers.iter().map(|register| register.name.as_str()).collect();
    assert_eq!(names, ["KIOSK-1", "RIGA-1", "RIGA-2"]);
    assert_eq!(directory.operators.len(), 2);
    assert_eq!(world.pull_all(RIGA, Some(&cursor), 300).await.0, []);
}

#[tokio::test]
async fn a_new_customer_goes_to_every_channel_and_its_operation_only_to_its_own() {
    let world = World::new().await;
    let (_, riga) = world.pull_all(RIGA, None, 1_000).await;
    let (_, tartu) = world.pull_all(TARTU, None, 1_000).await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    let (changes, _) = world.pull_all(RIGA, Some(&riga), 1).await;
    assert_eq!(customers_in(&changes)[0].customer_id, customer_id(1));
    assert!(customers_in(&changes)[0].account.number().is_some());
    let ended = operations_in(&changes);
    assert_eq!((ended[0].id.0, &ended[0].progress), (customer_id(1).0, &None));
    assert!(matches!(changes[0], Change::Customer(_)), "the number comes before the operation's end");
    let (changes, _) = world.pull_all(TARTU, Some(&tartu), 1_000).await;
    assert_eq!((customers_in(&changes).len(), operations_in(&changes).len()), (1, 0));
}

#[tokio::test]
async fn a_refusal_travels_with_its_field() {
    let world = World::new().await;
    let (_, cursor) = world.pull_all(RIGA, None, 1_000).await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[creation(1, version, json!({"first_name": "Anna", "title": "Dr."}))]).await;
    world.convert().await;
    let (changes, _) = world.pull_all(RIGA, Some(&cursor), 1_000).await;
    let Some(Stage::Refused(refusal)) = &operations_in(&changes)[0].progress else { panic!("{changes:?}") };
    assert_eq!((refusal.code, refusal.field.as_deref()), (ErrorCode::CustomerPendingField, Some("title")));
    assert!(!refusal.detail.is_empty());
}

#[tokio::test]
async fn no_cursor_steps_over_a_change_while_others_write() {
    let world = World::new().await;
    let (_, mut cursor) = world.pull_all(RIGA, None, 1_000).await;
    let version = world.version(RIGA).await;
    let mut writers = Vec::new();
    for writer in 0..4u32 {
        let headquarters = world.headquarters.clone();
        writers.push(tokio::spawn(async move {
            for nth in 0..25 {
                let operation = anna(1 + writer * 100 + nth, version);
                let request = crate::world::request(&[operation]);
                headquarters.perform(&RIGA.into(), &request).await.unwrap();
            }
        }));
    }
    let mut seen: HashMap<_, usize> = HashMap::new();
    loop {
        let done = writers.iter().all(tokio::task::JoinHandle::is_finished);
        let (changes, next) = world.pull_all(RIGA, Some(&cursor), 7).await;
        cursor = next;
        for state in customers_in(&changes) {
            *seen.entry(state.customer_id).or_default() += 1;
        }
        if done && changes.is_empty() {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(seen.len(), 100);
    assert!(seen.values().all(|times| *times == 1));
}

#[tokio::test]
async fn a_cursor_of_another_database_starts_from_the_beginning_and_says_so() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.perform(RIGA, &[anna(1, version)]).await;
    let foreign = Cursor { database: uuid::Uuid::from_u128(99), position: 5 };
    let answer = world.headquarters.pull(&RIGA.into(), Some(foreign), 10).await.unwrap();
    assert!(answer.restarted && answer.more);
    let own: Cursor = answer.cursor.parse().unwrap();
    let ahead = Cursor { position: 1_000_000, ..own };
    assert!(world.headquarters.pull(&RIGA.into(), Some(ahead), 10).await.unwrap().restarted);
    assert!(!world.headquarters.pull(&RIGA.into(), None, 10).await.unwrap().restarted);
}

#[tokio::test]
async fn whoever_listens_hears_of_what_is_staged_and_of_what_can_be_pulled() {
    let world = World::new().await;
    let mut staged = world.headquarters.subscribe_staged();
    let mut feed = world.headquarters.subscribe_feed();
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    assert!(staged.has_changed().unwrap());
    assert!(feed.has_changed().unwrap(), "a pending customer is told of");
    staged.mark_unchanged();
    feed.mark_unchanged();
    world.push(RIGA, &[anna(1, version)]).await;
    assert!(!staged.has_changed().unwrap(), "a duplicate stages nothing");
    assert!(!feed.has_changed().unwrap());
    world.convert().await;
    assert!(feed.has_changed().unwrap());
    feed.mark_unchanged();
    world.convert().await;
    assert!(!feed.has_changed().unwrap());
}

#[tokio::test]
async fn jobs_say_when_they_ran_last() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    world.pull_all(RIGA, None, 1_000).await;
    let jobs = world.headquarters.jobs().await.unwrap();
    let names: Vec<&str> = jobs.iter().map(|job| job.name.as_str()).collect();
    assert_eq!(names, ["P-0001", "synchronize-customers", "1010", "1070", "1110"]);
    for job in jobs {
        assert_eq!(job.mode, "continuous");
        assert!(job.last_run_at.is_some(), "{}", job.name);
        assert_eq!(job.last_result.as_deref(), Some("succeeded"), "{}", job.name);
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_holds_up_neither_the_feed_nor_the_search() {
    let world = World::new().await;
    let path = world.folder.path().join("hq.db");
    let pool = sqlx::SqlitePool::connect(path.to_str().unwrap()).await.unwrap();
    let ids: Vec<uuid::Uuid> =
        sqlx::query_scalar("SELECT customer_id FROM customers ORDER BY position LIMIT 2")
            .fetch_all(&pool)
            .await
            .unwrap();
    for (id, state) in ids.iter().zip([r#"{"account":{"status":"merged"},"later":1}"#, "{Anna"]) {
        sqlx::query("UPDATE customers SET state = ? WHERE customer_id = ?")
            .bind(state)
            .bind(id)
            .execute(&pool)
            .await
            .unwrap();
    }
    sqlx::query("UPDATE channels SET settings = '{\"version\":\"newest\"}' WHERE id = ?")
        .bind(TARTU)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    for channel in [RIGA, TARTU] {
        let (changes, _) = world.pull_all(channel, None, 300).await;
        assert_eq!(customers_in(&changes).len(), 1_998);
        assert_eq!(changes.iter().filter(|change| matches!(change, Change::Directory(_))).count(), 1);
        let unreadable = |change: &&Change| matches!(change, Change::Unreadable(_));
        let (settings, passed_over): (Vec<&Change>, Vec<&Change>) =
            changes.iter().filter(unreadable).partition(|change| change.key() == "settings ");
        let expected =
            json!({"kind": "customer", "customer_id": ids[0], "account": {"status": "merged"}, "later": 1});
        assert_eq!(serde_json::to_value(passed_over[0]).unwrap(), expected, "a newer channel may read it");
        assert_eq!(passed_over[1].key(), format!("customer {}", ids[1]));
        assert_eq!((passed_over.len(), settings.len()), (2, usize::from(channel == TARTU)));
    }
    assert!(!world.headquarters.search("anna", 200).await.unwrap().is_empty());
}
