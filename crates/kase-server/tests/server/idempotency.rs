//! Double click, retry, lost answer: always exactly one customer.

use reqwest::Method;
use serde_json::json;

use crate::app::TestApp;
use crate::client::{creation, new_id};

#[tokio::test]
async fn the_same_request_gets_the_first_answer_and_another_is_refused() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let customer = json!({"id": new_id(), "first_name": "Anna", "email": "anna@kalnina.lv"});
    let first = cashier.create(&customer).await;
    let again = cashier.create(&customer).await;
    assert_eq!((first.status, again.status), (201, 200));
    assert_eq!(first.body["account_number"], again.body["account_number"]);
    let mut other = customer.clone();
    other["first_name"] = "Zane".into();
    assert_eq!(cashier.create(&other).await.problem(), "idempotency_mismatch");

    let path = format!("/api/v1/customers/{}", first.body["account_number"].as_str().unwrap());
    let key = new_id();
    let edit = json!({"first_name": "Anete"});
    assert_eq!(cashier.write(Method::PATCH, &path, key, &edit).await.ok()["first_name"], "Anete");
    assert_eq!(cashier.write(Method::PATCH, &path, key, &edit).await.ok()["first_name"], "Anete");
    let other = json!({"first_name": "Aija"});
    assert_eq!(cashier.write(Method::PATCH, &path, key, &other).await.problem(), "idempotency_mismatch");
}

#[tokio::test]
async fn the_same_creation_from_many_at_once_is_one_customer() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let customer = json!({"id": new_id(), "first_name": "Vienreize"});
    let answers = futures::future::join_all((0..12).map(|_| cashier.create(&customer))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.body["account_number"] == answers[0].body["account_number"]));
    let found = cashier.get("/api/v1/customers?query=vienreize").await.ok();
    assert_eq!(found["customers"].as_array().unwrap().len(), 1, "{found}");
}

#[tokio::test]
async fn a_register_that_repeats_itself_hears_duplicate_for_ever() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let id = new_id();
    let recorded = creation(id, "R1-0001", json!({"first_name": "Anna"}));
    assert_eq!(register.push(std::slice::from_ref(&recorded)).await["results"][0]["result"], "accepted");
    register
        .pull_until("the number", |change| {
            change["customer_id"] == json!(id) && change["account"]["status"] == "synced"
        })
        .await;
    let again = register.push(std::slice::from_ref(&recorded)).await;
    assert_eq!(again["results"][0]["result"], "duplicate", "{again}");
    assert_eq!(again["results"][0]["status"], "synced", "brought up to date: {again}");
    let performed = register.perform(&[recorded]).await.ok();
    assert_eq!(performed["results"][0]["result"], "duplicate", "{performed}");
    let other = creation(id, "R1-0001", json!({"first_name": "Zane"}));
    let refused = register.push(&[other]).await;
    assert_eq!(refused["results"][0]["code"], "idempotency_mismatch", "{refused}");
}
