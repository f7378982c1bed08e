//! What is refused reaches headquarters' people, and what they decide reaches the register.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{TestApp, eventually};
use crate::client::{Headquarters, creation, new_id, operation};

async fn refused_at_headquarters(headquarters: &Headquarters, id: &Value) -> Value {
    eventually("the operation at headquarters", async || {
        let path = "/api/v1/hq/operations?status=refused";
        let answer = headquarters.send(Method::GET, path, None).await.ok();
        answer["operations"].as_array().unwrap().iter().find(|found| found["id"] == *id).cloned()
    })
    .await
}

#[tokio::test]
async fn a_pushed_creation_that_is_refused_is_corrected_at_headquarters_and_gets_its_number() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let headquarters = app.client().headquarters().await;
    let id: Uuid = new_id();
    let titled = creation(id, "R1-0001", json!({"title": "Dr.", "first_name": "Anna"}));
    let pushed = register.push(&[titled]).await;
    assert_eq!(pushed["results"][0]["code"], "customer_pending_field", "{pushed}");
    let shown = refused_at_headquarters(&headquarters, &json!(id)).await;
    assert_eq!(
        (&shown["error_code"], &shown["error_field"]),
        (&json!("customer_pending_field"), &json!("title"))
    );

    let path = format!("/api/v1/hq/operations/{id}");
    let corrected = json!({"payload": {"reference": "R1-0001", "customer": {"first_name": "Anna"}}});
    headquarters.send(Method::PATCH, &path, Some(&corrected)).await.ok();
    headquarters.send(Method::POST, &format!("{path}/synchronize"), None).await.ok();
    register
        .pull_until("the number", |change| {
            change["customer_id"] == json!(id) && change["account"]["status"] == "synced"
        })
        .await;
}

#[tokio::test]
async fn an_edit_of_a_customer_that_nobody_knows_is_kept_at_headquarters() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let headquarters = app.client().headquarters().await;
    let changes = json!({"changes": [{"field": "first_name", "seen": "A", "value": "B"}]});
    let edit = operation(new_id(), "edit_customer", changes);
    let pushed = register.push(std::slice::from_ref(&edit)).await;
    assert_eq!(pushed["results"][0]["code"], "unknown_customer", "{pushed}");
    refused_at_headquarters(&headquarters, &edit["id"]).await;
    let path = format!("/api/v1/hq/operations/{}/discard", edit["id"].as_str().unwrap());
    headquarters.send(Method::POST, &path, Some(&json!({"reason": "nobody knows whom"}))).await.ok();
    register
        .pull_until("the reason", |change| {
            change["id"] == edit["id"] && change["progress"]["detail"] == "nobody knows whom"
        })
        .await;
}
