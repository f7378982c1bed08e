//! A customer without a number yet, seen from another store.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::{TestApp, eventually};
use crate::client::{Headquarters, Register, SignedIn, creation, new_id};

/// A creation that headquarters keeps for a person, made at RIGA-1.
async fn refused_in_riga(app: &TestApp, id: Uuid) {
    let titled = creation(id, "R1-0001", json!({"title": "Dr.", "first_name": "Hermenegilda"}));
    app.register("RIGA-1").await.push(&[titled]).await;
}

async fn told(register: &Register, id: Uuid, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
    let is_it = |change: &Value| {
        change["kind"] == "customer" && change["customer_id"] == json!(id) && fits(&change["account"])
    };
    register.pull_until(what, is_it).await
}

async fn decide(headquarters: &Headquarters, method: Method, path: &str, body: Option<Value>) {
    headquarters.send(method, &format!("/api/v1/hq/operations/{path}"), body.as_ref()).await.ok();
}

async fn found(cashier: &SignedIn, scope: &str) -> Vec<Value> {
    let path = format!("/api/v1/customers?query=hermenegilda&scope={scope}");
    cashier.get(&path).await.ok()["customers"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_customer_that_headquarters_refused_is_found_in_another_store_and_becomes_synced_there() {
    let app = TestApp::start().await;
    let tartu = app.register("TARTU-1").await;
    let cashier = tartu.sign_in().await;
    let headquarters = app.client().headquarters().await;
    let id = new_id();
    refused_in_riga(&app, id).await;
    let copy = told(&tartu, id, "the pending customer", |account| account["stage"] == "refused").await;
    assert_eq!((&copy["account"]["status"], &copy["reference"]), (&json!("pending"), &json!("R1-0001")));
    for scope in ["channel", "all"] {
        let found = found(&cashier, scope).await;
        assert_eq!((found.len(), &found[0]["status"]), (1, &json!("pending")), "{scope}: {found:?}");
        assert_eq!(found[0]["account_number"], Value::Null);
    }
    let path = format!("/api/v1/customers/{id}");
    let body = json!({"first_name": "Kunigunde"});
    let edit = cashier.write(Method::PATCH, &path, new_id(), &body).await;
    assert_eq!(edit.problem(), "customer_pending_edit");
    let card = cashier.write(Method::POST, &format!("{path}/loyalty-cards"), new_id(), &json!({})).await;
    assert_eq!(card.problem(), "customer_pending_loyalty");

    let payload = json!({"reference": "R1-0001", "customer": {"first_name": "Hermenegilda"}});
    decide(&headquarters, Method::PATCH, &id.to_string(), Some(json!({"payload": payload}))).await;
    decide(&headquarters, Method::POST, &format!("{id}/synchronize"), None).await;
    told(&tartu, id, "the number", |account| account["status"] == "synced").await;
    assert!(found(&cashier, "all").await[0]["account_number"].as_str().unwrap().starts_with("C-"));
}

#[tokio::test]
async fn a_customer_that_headquarters_discards_is_gone_from_every_store() {
    let app = TestApp::start().await;
    let tartu = app.register("TARTU-1").await;
    let cashier = tartu.sign_in().await;
    let headquarters = app.client().headquarters().await;
    let id = new_id();
    refused_in_riga(&app, id).await;
    told(&tartu, id, "the pending customer", |account| account["stage"] == "refused").await;
    let reason = json!({"reason": "made twice"});
    decide(&headquarters, Method::POST, &format!("{id}/discard"), Some(reason)).await;
    told(&tartu, id, "its end", |account| account["discarded"] == true).await;
    for scope in ["channel", "all"] {
        let none = eventually("nobody", async || found(&cashier, scope).await.is_empty().then_some(())).await;
        assert_eq!(none, (), "{scope}");
    }
}

#[tokio::test]
async fn neither_a_kiosk_nor_a_filtered_register_is_told_of_a_pending_customer() {
    let app = TestApp::start().await;
    let (tartu, kiosk) = (app.register("TARTU-1").await, app.register("KIOSK-1").await);
    let headquarters = app.client().headquarters().await;
    let id = new_id();
    refused_in_riga(&app, id).await;
    told(&tartu, id, "the pending customer", |account| account["stage"] == "refused").await;
    headquarters.filter(true, &tartu).await;
    for register in [tartu, kiosk] {
        let (changes, _) = register.pull(None).await;
        assert!(changes.iter().all(|change| change["kind"] != "customer"), "{changes:?}");
    }
}
