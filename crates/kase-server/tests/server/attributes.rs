//! Attributes at the channel's doors: a value that does not fit its definition is refused there, by its field.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{creation, new_id, operation};

/// Values of the demo's attributes that do not fit, with code and field.
fn bad() -> [(Value, &'static str, &'static str); 7] {
    [
        (json!({"shoe_size": 99}), "invalid_field", "attributes.shoe_size"),
        (json!({"shoe_size": 43.5}), "invalid_field", "attributes.shoe_size"),
        (json!({"shoe_size": "43"}), "invalid_field", "attributes.shoe_size"),
        (json!({"favourite_category": "gardens"}), "invalid_field", "attributes.favourite_category"),
        (json!({"newsletter_by_post": "yes"}), "invalid_field", "attributes.newsletter_by_post"),
        (json!({"discount_limit": 30.01}), "invalid_field", "attributes.discount_limit"),
        (json!({"contact_person": "ļ".repeat(251)}), "too_long", "attributes.contact_person"),
    ]
}

#[tokio::test]
async fn a_bad_value_is_refused_at_every_door_and_makes_no_customer() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let version = settings_version(&register).await;
    let known = new_id();
    cashier.create(&json!({"id": known, "first_name": "Līga"})).await.ok();
    for (attributes, code, field) in bad() {
        let id = new_id();
        let customer = json!({"first_name": "Anna", "attributes": attributes});
        let mut body = customer.clone();
        body["id"] = json!(id);
        let answer = cashier.create(&body).await;
        assert_eq!((answer.problem(), &answer.body["field"]), (code, &json!(field)), "{answer:?}");
        let path = format!("/api/v1/customers/{known}");
        let answer = cashier.write(Method::PATCH, &path, new_id(), &json!({"attributes": attributes})).await;
        assert_eq!((answer.problem(), &answer.body["field"]), (code, &json!(field)), "{answer:?}");

        let recorded = |id| {
            let mut recorded = creation(id, "R1-0001", customer.clone());
            recorded["settings_version"] = version.clone();
            recorded
        };
        let performed = register.perform(&[recorded(id)]).await.ok();
        assert_eq!(cashier.get(&format!("/api/v1/customers/{id}")).await.problem(), "unknown_customer");
        let pushed = register.push(&[recorded(new_id())]).await;
        for answer in [performed, pushed] {
            let result = &answer["results"][0];
            assert_eq!((&result["code"], &result["field"]), (&json!(code), &json!(field)), "{answer}");
        }
    }
    let change = json!({"changes": [{"field": "attributes/shoe_size", "seen": null, "value": 99}]});
    let mut recorded = operation(known, "edit_customer", change);
    recorded["settings_version"] = version;
    let performed = register.perform(&[recorded]).await.ok();
    assert_eq!(performed["results"][0]["field"], "attributes.shoe_size", "{performed}");
}

#[tokio::test]
async fn attributes_come_back_exactly_as_they_were_given() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let id = new_id();
    let attributes = json!({"shoe_size": 43, "favourite_category": "home", "newsletter_by_post": false,
        "discount_limit": 12.345_678_901, "contact_person": "Žanete Ķēniņa", "from_elsewhere": 0.1});
    cashier.create(&json!({"id": id, "first_name": "Anna", "attributes": attributes})).await.ok();
    let customer = cashier.get(&format!("/api/v1/customers/{id}")).await.ok();
    assert_eq!(customer["attributes"], attributes);
    let patch = json!({"attributes": {"shoe_size": null, "discount_limit": 7.50}});
    let path = format!("/api/v1/customers/{id}");
    let edited = cashier.write(Method::PATCH, &path, new_id(), &patch).await.ok();
    assert_eq!(
        (&edited["attributes"]["shoe_size"], &edited["attributes"]["discount_limit"]),
        (&Value::Null, &json!(7.5))
    );
}

/// The version of the settings that the register was told.
async fn settings_version(register: &crate::client::Register) -> Value {
    register.pull_until("the settings", |change| change["kind"] == "settings").await["version"].clone()
}
