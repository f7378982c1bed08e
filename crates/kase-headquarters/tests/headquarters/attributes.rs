//! Attributes: defined over HTTP, told to every channel, and asked of every customer.

use kase_domain::{AttributeKind, AttributeValue};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::http::Served;
use crate::world::{On, RIGA, TARTU, World, creation, customer_id, edit, refused};

struct Desk {
    served: Served,
    token: String,
}

impl Desk {
    async fn new() -> Self {
        let served = Served::new().await;
        let token = served.sign_in().await;
        Self { served, token }
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> Response {
        self.served.send(method, &format!("/attributes{path}"), Some(&self.token), &body).await
    }

    /// The keys, after a request that was accepted.
    async fn keys(&self, method: Method, path: &str, body: Value) -> Vec<String> {
        let answer = self.send(method, path, body).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        let answer: Value = answer.json().await.unwrap();
        let keys = answer["attributes"].as_array().unwrap().iter();
        keys.map(|definition| definition["key"].as_str().unwrap().to_owned()).collect()
    }

    /// Status, code and field of a refusal.
    async fn refused(&self, method: Method, path: &str, body: Value) -> (u16, String, Option<String>) {
        let answer = self.send(method, path, body.clone()).await;
        let status = answer.status().as_u16();
        let problem: Value = answer.json().await.unwrap();
        let code = problem["code"].as_str().unwrap_or_else(|| panic!("{body} was accepted: {problem}"));
        (status, code.to_owned(), problem["field"].as_str().map(str::to_owned))
    }
}

fn birthday() -> Value {
    json!({"key": "birthday_month", "label": {"en": "Month of birth", "lv": "Dzimšanas mēnesis"}, "type": "whole_number",
        "least": 1, "most": 12})
}

#[tokio::test]
async fn a_definition_is_made_changed_and_removed_and_each_makes_a_version_that_everyone_is_told() {
    let desk = Desk::new().await;
    let headquarters = &desk.served.world.headquarters;
    let mut version = desk.served.world.version(RIGA).await;
    let keys = desk.keys(Method::POST, "", birthday()).await;
    assert_eq!(keys.last().map(String::as_str), Some("birthday_month"), "the last where nothing is said");
    let narrower = json!({"least": null, "most": 11, "label": {"en": "Month"}, "position": 0});
    let patched = desk.keys(Method::PATCH, "/birthday_month", narrower).await;
    assert!(patched.iter().position(|key| key == "birthday_month") < Some(2), "{patched:?}");
    for channel in [RIGA, TARTU, "web-shop"] {
        let settings = headquarters.settings(&channel.into()).await.unwrap().unwrap();
        assert!(settings.version > version);
        let told = settings.attributes.iter().find(|told| told.key == "birthday_month").unwrap();
        assert_eq!(told.label.in_language("lv"), Some("Month"));
        let AttributeKind::WholeNumber(range) = &told.kind else { panic!("{told:?}") };
        assert_eq!((range.least, range.most), (None, Some(11.into())));
    }
    version = desk.served.world.version(RIGA).await;
    desk.keys(Method::PATCH, "/birthday_month", json!({"most": 11})).await;
    assert_eq!(desk.served.world.version(RIGA).await, version, "what changes nothing is no version");
    let keys = desk.keys(Method::DELETE, "/birthday_month", json!({})).await;
    assert!(!keys.contains(&"birthday_month".to_owned()));
    assert!(desk.served.world.version(RIGA).await > version);

    let audit = headquarters.audit(None, 3).await.unwrap();
    let actions: Vec<&str> = audit.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["removed an attribute", "changed an attribute", "made an attribute"]);
    assert!(audit.iter().all(|entry| entry.who == "admin" && entry.subject == "birthday_month"));
}

#[tokio::test]
async fn what_is_wrong_with_a_definition_is_named() {
    let desk = Desk::new().await;
    let with = |more: Value| {
        let mut all = birthday();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    for (body, code, field) in [
        (json!({"label": {"en": "x"}, "type": "text"}), "invalid_field", "key"),
        (json!({"key": "x", "label": {"en": "x"}}), "invalid_field", "type"),
        (json!({"key": "x", "type": "text"}), "invalid_field", "label"),
        (with(json!({"key": "Shoe size"})), "invalid_field", "key"),
        (with(json!({"key": "shoe_size"})), "invalid_field", "key"),
        (with(json!({"label": {"en": "x".repeat(101)}})), "too_long", "label.en"),
        (with(json!({"label": "Month"})), "invalid_field", "label"),
        (with(json!({"type": "date"})), "invalid_field", "type"),
        (with(json!({"least": 20})), "invalid_field", "most"),
        (with(json!({"least": 0.5})), "invalid_field", "least"),
        (with(json!({"default": 13})), "invalid_field", "default"),
        (with(json!({"colour": "red"})), "invalid_field", "colour"),
    ] {
        let found = desk.refused(Method::POST, "", body.clone()).await;
        assert_eq!(found, (422, code.to_owned(), Some(field.to_owned())), "{body}");
    }
    let renamed = desk.refused(Method::PATCH, "/shoe_size", json!({"key": "size"})).await;
    assert_eq!(renamed, (422, "invalid_field".into(), Some("key".into())));
    for method in [Method::PATCH, Method::DELETE] {
        assert_eq!(desk.refused(method, "/nothing", json!({})).await, (404, "not_found".into(), None));
    }
    let answer = desk.served.send(Method::GET, "/attributes", None, &Value::Null).await;
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
}

fn sized(
    nth: u32,
    version: kase_domain::SettingsVersion,
    size: Value,
) -> kase_replication::RecordedOperation {
    creation(
        nth,
        version,
        json!({"first_name": "Anna", "attributes": {"shoe_size": size, "from_elsewhere": "kept"}}),
    )
}

#[tokio::test]
async fn a_bad_value_is_refused_at_its_field_and_one_without_a_definition_is_kept() {
    let world = World::new().await;
    let version = world.version(RIGA).await;
    let answer = world.perform(RIGA, &[sized(1, version, json!(99))]).await;
    let kase_replication::Outcome::Refused(refusal) = &answer.results[0].outcome else {
        panic!("{answer:?}")
    };
    assert_eq!(refusal.field.as_deref(), Some("attributes.shoe_size"));
    assert!(refusal.detail.contains("15"), "{}", refusal.detail);
    assert!(refused(&world.perform(RIGA, &[sized(2, version, json!(38))]).await.results[0]).is_none());
    let kept = world.state(customer_id(2)).await.unwrap().customer.attributes;
    assert_eq!(kept["from_elsewhere"], AttributeValue::Text("kept".into()));

    world.switch(&[On::Addresses, On::Enhanced, On::Editing]).await;
    let version = world.version(RIGA).await;
    let bad = edit(1, 2, version, &[("attributes/shoe_size", json!(38), json!("big"))]);
    let good = edit(2, 2, version, &[("attributes/shoe_size", json!(38), json!(39.0))]);
    world.push(RIGA, &[good]).await;
    world.push(TARTU, std::slice::from_ref(&bad)).await;
    world.convert().await;
    assert_eq!(world.operation(&bad).await.error_field.as_deref(), Some("attributes.shoe_size"));
    let kept = world.state(customer_id(2)).await.unwrap().customer.attributes;
    assert_eq!(kept["shoe_size"], AttributeValue::Number(39.into()));
}

#[tokio::test]
async fn a_definition_that_is_narrowed_or_removed_later_does_not_undo_honest_work() {
    let world = World::new().await;
    let before = world.version(RIGA).await;
    let narrower = serde_json::from_value(json!({"most": 40})).unwrap();
    world.headquarters.change_attribute("shoe_size", &narrower, "admin").await.unwrap();
    let narrowed = world.version(RIGA).await;
    world.push(RIGA, &[sized(1, before, json!(47)), sized(2, narrowed, json!(47))]).await;
    world.convert().await;
    assert!(world.account(customer_id(1)).await.is_some(), "recorded while 47 was a size");
    assert!(world.account(customer_id(2)).await.is_none());
    // A person at headquarters widens it again, and lets the other pass.
    world.headquarters.remove_attribute("shoe_size", "admin").await.unwrap();
    world.headquarters.synchronize_operation(customer_id(2).into(), "admin").await.unwrap();
    world.convert().await;
    assert!(world.account(customer_id(2)).await.is_some());
}

#[tokio::test]
async fn the_demo_chain_has_groups_and_attributes_in_english_latvian_and_estonian() {
    let world = World::new().await;
    let settings = world.headquarters.settings(&RIGA.into()).await.unwrap().unwrap();
    let usual = settings.default_customer.customer_group.unwrap();
    assert!(settings.customer_groups.iter().any(|group| group.id == usual && group.name != usual));
    assert_eq!(settings.attributes.len(), 5);
    for definition in &settings.attributes {
        let said: Vec<_> =
            ["en", "lv", "et"].map(|tag| definition.label.in_language(tag)).into_iter().collect();
        assert!(said[0] != said[1] && said[1] != said[2] && said[0] != said[2], "{definition:?}");
    }
}
