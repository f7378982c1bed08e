//! From a pushed operation to an account number, exactly once.

use std::collections::HashSet;

use kase_domain::{Account, ErrorCode, Stage};
use kase_replication::Outcome;
use serde_json::json;

use crate::world::{
    On, RIGA, TARTU, World, address_id, anna, at_headquarters, creation, customer_id, edit, further_address,
    in_city, refused,
};

#[tokio::test]
async fn a_pushed_creation_waits_for_the_conversion_and_then_has_the_next_account_number() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let results = world.push(RIGA, &[anna(1, version), anna(2, version)]).await;
    assert_eq!(results[0].outcome, at_headquarters());
    assert_eq!(world.account(customer_id(1)).await, None, "a push converts nothing");
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused, progress.more), (2, 0, false));
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002001"));
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002002"));
}

#[tokio::test]
async fn a_replayed_push_is_a_duplicate_brought_up_to_date() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    let operations = [anna(1, version), anna(1, version)];
    let results = world.push(RIGA, &operations).await;
    assert_eq!(results[0].outcome, at_headquarters());
    assert_eq!(results[1].outcome, Outcome::Duplicate(Account::Pending(Stage::AtHeadquarters)));
    world.convert().await;
    world.restart().await;
    let results = world.push(RIGA, &operations).await;
    assert_eq!(results[0].outcome, Outcome::Duplicate(Account::Pending(Stage::NumberAssigned)));
    world.convert().await;
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002001"));
    world.push(RIGA, &[anna(2, version)]).await;
    world.convert().await;
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002002"), "no number was spent");
}

#[tokio::test]
async fn the_same_id_with_other_content_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let other = creation(1, version, json!({"first_name": "Berta"}));
    let results = world.push(RIGA, &[anna(1, version), other.clone()]).await;
    assert_eq!(refused(&results[1]), Some(ErrorCode::IdempotencyMismatch));
    world.convert().await;
    assert_eq!(refused(&world.push(RIGA, &[other]).await[0]), Some(ErrorCode::IdempotencyMismatch));
    assert_eq!(world.state(customer_id(1)).await.unwrap().customer.display_name(), "Anna Kalniņa 1");
}

#[tokio::test]
async fn many_workers_at_once_leave_one_account_per_customer_id() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let operations: Vec<_> = (1..=600).map(|nth| anna(nth, version)).collect();
    let mut tasks = Vec::new();
    for worker in 0..4 {
        let headquarters = world.headquarters.clone();
        let operations = operations.clone();
        tasks.push(tokio::spawn(async move {
            let request = crate::world::request(&operations);
            headquarters.push(&RIGA.into(), &request).await.unwrap();
            headquarters.run_conversion(100 + worker * 200).await.unwrap();
            headquarters.push(&RIGA.into(), &request).await.unwrap();
            headquarters.run_conversion(10_000).await.unwrap();
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let mut numbers = HashSet::new();
    for nth in 1..=600 {
        numbers.insert(world.account(customer_id(nth)).await.unwrap());
    }
    assert_eq!(numbers.len(), 600);
    assert!(numbers.contains("C-0002001") && numbers.contains("C-0002600"), "none was spent twice");
}

#[tokio::test]
async fn a_run_stops_at_its_limit_and_says_that_there_is_more() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let operations: Vec<_> = (1..=7).map(|nth| anna(nth, version)).collect();
    world.push(RIGA, &operations).await;
    let progress = world.headquarters.run_conversion(5).await.unwrap();
    assert_eq!((progress.applied, progress.more), (5, true));
    let progress = world.headquarters.run_conversion(5).await.unwrap();
    assert_eq!((progress.applied, progress.more), (2, false));
}

#[tokio::test]
async fn a_customer_id_and_the_ids_of_its_addresses_resolve_to_the_account_for_ever() {
    let world = World::new().await;
    world.switch(&[On::Addresses]).await;
    let version = world.version(RIGA).await;
    let home = json!({"first_name": "Anna", "addresses": [{"id": address_id(1), "city": "Rīga"}]});
    let operations = [creation(1, version, home), further_address(1, 1, version, in_city(2, "Cēsis"))];
    world.push(RIGA, &operations).await;
    world.convert().await;
    let account = world.account(customer_id(1)).await.unwrap();
    for alias in [customer_id(1).to_string(), address_id(1).to_string(), address_id(2).to_string()] {
        let state = world.headquarters.customer(&alias).await.unwrap().unwrap();
        assert_eq!(state.account.number().unwrap().as_str(), account);
        assert_eq!(state.customer.addresses.len(), 2);
    }
    let by_number = world.headquarters.customer(&account.to_lowercase()).await.unwrap().unwrap();
    assert_eq!(by_number.customer_id, customer_id(1));
}

#[tokio::test]
async fn a_new_primary_address_takes_over_from_the_one_before() {
    let world = World::new().await;
    world.switch(&[On::Addresses]).await;
    let version = world.version(RIGA).await;
    let home = json!({"first_name": "Anna", "addresses": [{"id": address_id(1), "primary": true}]});
    let primary = kase_domain::AddressRecord { primary: true, ..in_city(2, "Cēsis") };
    world.push(RIGA, &[creation(1, version, home), further_address(1, 1, version, primary)]).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused), (2, 0));
    let state = world.headquarters.customer(&customer_id(1).to_string()).await.unwrap().unwrap();
    let primary: Vec<_> = state.customer.addresses.iter().filter(|address| address.is_primary()).collect();
    assert_eq!(primary.len(), 1);
    assert_eq!(primary[0].id(), address_id(2));
}

#[tokio::test]
async fn an_address_of_somebody_else_is_not_taken_over() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let home = |nth| json!({"first_name": format!("Anna {nth}"), "addresses": [{"id": address_id(1)}]});
    let second = creation(2, version, home(2));
    world.push(RIGA, &[creation(1, version, home(1)), second.clone()]).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused), (1, 1));
    assert_eq!(world.operation(&second).await.error_field.as_deref(), Some("addresses[0].id"));
}

#[tokio::test]
async fn an_operation_that_overtook_its_creation_waits_for_it() {
    let world = World::new().await;
    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let early = edit(1, 1, version, &[("email", json!(null), json!("anna@inbox.lv"))]);
    world.push(TARTU, std::slice::from_ref(&early)).await;
    assert_eq!(world.convert().await.refused, 1);
    assert_eq!(world.operation(&early).await.error_code.as_deref(), Some("unknown_customer"));
    world.push(RIGA, &[anna(1, version)]).await;
    world.convert().await;
    let customer = world.state(customer_id(1)).await.unwrap().customer;
    assert_eq!(customer.email.unwrap().as_str(), "anna@inbox.lv");
}

#[tokio::test]
async fn what_is_no_operation_is_refused_alone() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let mut request = crate::world::request(&[anna(1, version)]);
    request.operations.insert(0, serde_json::value::to_raw_value(&json!({"nonsense": 1})).unwrap());
    let newer = anna(2, version).text().replace("\"version\":1", "\"version\":99");
    request.operations.push(serde_json::value::RawValue::from_string(newer).unwrap());
    let nameless = anna(3, version).text().replace("\"Anna\"", "\"\"").replace("\"Kalniņa 3\"", "\" \"");
    request.operations.push(serde_json::value::RawValue::from_string(nameless).unwrap());
    let results = world.headquarters.push(&RIGA.into(), &request).await.unwrap().results;
    assert_eq!((results[0].id, refused(&results[0])), (None, Some(ErrorCode::BadRequest)));
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused), (1, 2));
    assert_eq!(kept(&world, 2).await.error_code.as_deref(), Some("unsupported_version"));
    let nameless = kept(&world, 3).await;
    assert_eq!(nameless.error_code.as_deref(), Some("invalid_field"));
    assert_eq!(nameless.error_field.as_deref(), Some("first_name"));
}

async fn kept(world: &World, nth: u32) -> kase_headquarters::OperationOverview {
    world.headquarters.operation(customer_id(nth).into()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_conversion_that_is_cut_off_anywhere_leaves_one_account_per_customer_id() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    let operations: Vec<_> = (1..=300).map(|nth| anna(nth, version)).collect();
    world.push(RIGA, &operations).await;
    for turns in 0..60 {
        let headquarters = world.headquarters.clone();
        let run = tokio::spawn(async move { headquarters.run_conversion(40).await });
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
        run.abort();
        let _ = run.await;
        if turns % 20 == 0 {
            world.restart().await;
        }
    }
    world.convert().await;
    let mut numbers = HashSet::new();
    for nth in 1..=300 {
        numbers.insert(world.account(customer_id(nth)).await.unwrap());
    }
    assert_eq!(numbers.len(), 300);
    let (changes, _) = world.pull_all(RIGA, None, 1_000).await;
    let ended = crate::world::operations_in(&changes);
    assert_eq!(ended.len(), 300);
    assert!(ended.iter().all(|state| state.progress.is_none()));
}

#[tokio::test]
async fn a_number_that_is_in_use_is_passed_over() {
    let mut world = World::new().await;
    let version = world.version(RIGA).await;
    set_next_number(&mut world, 2_010).await;
    world.perform(RIGA, &[anna(1, version)]).await;
    assert_eq!(world.account(customer_id(1)).await.as_deref(), Some("C-0002010"));
    // As after a restored backup: the sequence stands behind what was given out.
    set_next_number(&mut world, 1_995).await;
    let operations: Vec<_> = (2..=30).map(|nth| anna(nth, version)).collect();
    world.push(RIGA, &operations).await;
    let progress = world.convert().await;
    assert_eq!((progress.applied, progress.refused), (29, 0));
    assert_eq!(world.account(customer_id(2)).await.as_deref(), Some("C-0002001"));
    assert_eq!(world.account(customer_id(30)).await.as_deref(), Some("C-0002030"));
}

async fn set_next_number(world: &mut World, next: i64) {
    world.headquarters.close().await;
    let path = world.folder.path().join("hq.db");
    let pool = sqlx::SqlitePool::connect(path.to_str().unwrap()).await.unwrap();
    sqlx::query("UPDATE number_sequences SET next = ? WHERE name = 'customer_account'")
        .bind(next)
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    world.restart().await;
}
