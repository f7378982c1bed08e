//! The rules for pending customers hold at every door.

use reqwest::Method;
use serde_json::json;

use crate::app::{TestApp, eventually};
use crate::client::{creation, new_id, operation};

/// Headquarters is stopped for these: a pending customer then stays pending.
async fn with_pending_customer() -> (crate::apart::Apart, crate::client::Register, uuid::Uuid) {
    let mut apart = crate::apart::Apart::start().await;
    let register = apart.channel.register("RIGA-1").await;
    apart.stop_headquarters().await;
    let id = new_id();
    let answer = register.push(&[creation(id, "R1-0001", json!({"first_name": "Anna"}))]).await;
    assert_eq!(answer["results"][0]["result"], "accepted", "{answer}");
    (apart, register, id)
}

#[tokio::test]
async fn a_pending_customer_is_neither_edited_nor_given_a_card_through_any_door() {
    let (_apart, register, id) = with_pending_customer().await;
    let cashier = register.sign_in().await;
    let path = format!("/api/v1/customers/{id}");
    let edit = cashier.write(Method::PATCH, &path, new_id(), &json!({"first_name": "B"})).await;
    assert_eq!(edit.problem(), "customer_pending_edit");
    let address = json!({"id": new_id(), "city": "Rīga"});
    let added = cashier.write(Method::POST, &format!("{path}/addresses"), new_id(), &address).await;
    assert_eq!(added.problem(), "customer_pending_field");
    let card = cashier.write(Method::POST, &format!("{path}/loyalty-cards"), new_id(), &json!({})).await;
    assert_eq!(card.problem(), "customer_pending_loyalty");

    let edit = json!({"changes": [{"field": "first_name", "seen": "Anna", "value": "B"}]});
    for (kind, payload, code) in [
        ("edit_customer", edit, "customer_pending_edit"),
        ("add_address", json!({"address": address}), "customer_pending_field"),
        ("issue_loyalty_card", json!({"number": "12345678"}), "customer_pending_loyalty"),
    ] {
        let recorded = operation(id, kind, payload);
        let pushed = register.push(std::slice::from_ref(&recorded)).await;
        assert_eq!(pushed["results"][0]["code"], code, "{pushed}");
        let performed = register.perform(&[recorded]).await.ok();
        assert_eq!(performed["results"][0]["code"], code, "{performed}");
    }
    let titled = creation(new_id(), "R1-0002", json!({"title": "Dr.", "first_name": "Anna"}));
    let pushed = register.push(&[titled]).await;
    let refused = &pushed["results"][0];
    assert_eq!((&refused["code"], &refused["field"]), (&json!("customer_pending_field"), &json!("title")));
}

#[tokio::test]
async fn a_synced_customer_is_edited_given_addresses_and_cards() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let id = new_id();
    cashier.create(&json!({"id": id, "first_name": "Anna", "email": "anna@kalnina.lv"})).await.ok();
    let path = format!("/api/v1/customers/{id}");
    let patch = json!({"first_name": "Anete", "email": null, "title": "Dr."});
    let edited = cashier.write(Method::PATCH, &path, new_id(), &patch).await.ok();
    assert_eq!((&edited["first_name"], &edited["title"]), (&json!("Anete"), &json!("Dr.")));
    assert!(edited.get("email").is_none(), "{edited}");
    let address = json!({"id": new_id(), "city": "Cēsis"});
    let added = cashier.write(Method::POST, &format!("{path}/addresses"), new_id(), &address).await.ok();
    assert_eq!(added["addresses"][0]["city"], "Cēsis", "{added}");
    assert_eq!(added["addresses"][0]["country"], "LV");
    let card = cashier
        .write(Method::POST, &format!("{path}/loyalty-cards"), new_id(), &json!({"number": "5555 0001"}))
        .await
        .ok();
    assert_eq!(card["loyalty_cards"][0]["number"], "55550001", "{card}");
    let other = new_id();
    cashier.create(&json!({"id": other, "first_name": "Zane"})).await.ok();
    let path = format!("/api/v1/customers/{other}/loyalty-cards");
    let taken = cashier.write(Method::POST, &path, new_id(), &json!({"number": "55550001"})).await;
    assert_eq!(taken.problem(), "loyalty_card_taken");
    let nameless = cashier
        .write(Method::PATCH, &format!("/api/v1/customers/{other}"), new_id(), &json!({"first_name": null}))
        .await;
    assert_eq!((nameless.problem(), &nameless.body["field"]), ("invalid_field", &json!("first_name")));

    let state = eventually("the card in the feed", async || {
        let (changes, _) = register.pull(None).await;
        changes.into_iter().find(|change| change["customer_id"] == json!(id) && change["kind"] == "customer")
    })
    .await;
    assert_eq!(state["loyalty_cards"][0]["number"], "55550001");
}
