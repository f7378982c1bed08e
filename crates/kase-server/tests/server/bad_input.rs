//! Bad input gets a clear problem, at the field where one is to blame, and never a 5xx.

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::{creation, new_id, send};

#[tokio::test]
async fn every_bad_field_of_a_customer_is_named() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let long = "ļ".repeat(10_000);
    let cases: Vec<(Value, &str, &str)> = vec![
        (json!({}), "invalid_field", "first_name"),
        (json!({"first_name": "   "}), "invalid_field", "first_name"),
        (json!({"first_name": long}), "too_long", "first_name"),
        (json!({"first_name": "a\u{0}b"}), "invalid_field", "first_name"),
        (json!({"first_name": "A", "phone": "12"}), "invalid_field", "phone"),
        (json!({"first_name": "A", "phone": "+99912345678"}), "invalid_field", "phone"),
        (json!({"first_name": "A", "email": "anna@"}), "invalid_field", "email"),
        (json!({"first_name": "A", "email": 7}), "invalid_field", "email"),
        (json!({"kind": "organization", "first_name": "A"}), "invalid_field", "organization_name"),
        (json!({"kind": "alien", "first_name": "A"}), "invalid_field", "kind"),
        (
            json!({"first_name": "A", "contacts": [{"kind": "email", "value": "x"}]}),
            "invalid_field",
            "contacts[0].value",
        ),
        (
            json!({"first_name": "A", "addresses": [{"id": new_id(), "city": long}]}),
            "too_long",
            "addresses[0].city",
        ),
        (json!({"first_name": "A", "addresses": [{"id": "x"}]}), "invalid_field", "addresses[0].id"),
        (json!({"first_name": "A", "account_number": "C-1"}), "invalid_field", "account_number"),
    ];
    for (mut customer, code, field) in cases {
        customer["id"] = json!(new_id());
        let answer = cashier.create(&customer).await;
        assert_eq!(answer.problem(), code, "{field}: {answer:?}");
        assert_eq!(answer.body["field"], field, "{answer:?}");
    }
    for id in [json!(null), json!("x"), json!(7)] {
        let answer = cashier.create(&json!({"id": id, "first_name": "A"})).await;
        assert_eq!((answer.problem(), &answer.body["field"]), ("invalid_field", &json!("id")));
    }
}

/// Every text of a customer's JSON that has no form of its own, by where it stands.
const TEXTS: [&str; 17] = [
    "/title",
    "/first_name",
    "/middle_name",
    "/last_name",
    "/identification_number",
    "/vat_number",
    "/tax_exempt_number",
    "/addresses/0/postal_code",
    "/addresses/0/state",
    "/addresses/0/county",
    "/addresses/0/city",
    "/addresses/0/street",
    "/addresses/0/building",
    "/addresses/0/attention_to",
    "/addresses/0/contact_name",
    "/attributes/contact_person",
    "/organization_name",
];

/// And those with a form of their own.
const FORMED: [&str; 10] = [
    "/email",
    "/phone",
    "/receipt_email",
    "/language",
    "/currency",
    "/contacts/0/value",
    "/contacts/1/value",
    "/addresses/0/country",
    "/addresses/0/contact_phone",
    "/receipt_preference",
];

/// A customer with this in one place; a person but where the place is an organization's.
fn customer_with(place: &str, value: &Value) -> Value {
    let kind = if place == "/organization_name" { "organization" } else { "person" };
    let name = if kind == "person" { "first_name" } else { "organization_name" };
    let mut customer = json!({
        "id": new_id(), "kind": kind, name: "Anna", "attributes": {},
        "contacts": [{"kind": "email", "value": "a@b.lv"}, {"kind": "phone", "value": "2555 0000"}],
        "addresses": [{"id": new_id(), "city": "Rīga"}],
    });
    let (parent, key) = place.rsplit_once('/').unwrap();
    customer.pointer_mut(parent).unwrap()[key] = value.clone();
    customer
}

#[tokio::test]
async fn markup_is_text_in_every_field_and_comes_back_as_it_was_typed() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let markup = json!("<b>&amp;'\"</b>");
    for place in TEXTS {
        let sent = customer_with(place, &markup);
        cashier.create(&sent).await.ok();
        let customer = cashier.get(&format!("/api/v1/customers/{}", sent["id"].as_str().unwrap())).await.ok();
        assert_eq!(customer.pointer(place), Some(&markup), "{place}");
    }
    for place in FORMED {
        let answer = cashier.create(&customer_with(place, &markup)).await;
        assert_eq!(answer.problem(), "invalid_field", "{place}: {answer:?}");
    }
}

#[tokio::test]
async fn what_no_field_takes_is_named_at_every_field() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    for place in TEXTS.into_iter().chain(FORMED) {
        let field = named(place);
        for bad in [json!("ļ".repeat(10_000)), json!("a\u{0}b"), json!(7), json!({}), json!([])] {
            let answer = cashier.create(&customer_with(place, &bad)).await;
            let code = answer.problem();
            assert!(["too_long", "invalid_field"].contains(&code), "{place}: {answer:?}");
            assert_eq!(answer.body["field"], field, "{place}: {answer:?}");
        }
    }
}

/// `/addresses/0/city` as a problem names it: `addresses[0].city`.
fn named(place: &str) -> String {
    let mut field = String::new();
    for part in place.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            field.push_str(&format!("[{part}]"));
        } else {
            if !field.is_empty() {
                field.push('.');
            }
            field.push_str(part);
        }
    }
    field
}

#[tokio::test]
async fn what_is_no_request_is_a_problem() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let client = app.client();
    let post = |body: &'static str, content_type: &'static str| {
        let request = client.request(Method::POST, "/api/v1/customers").bearer_auth(&cashier.token);
        send(request.header("content-type", content_type).body(body))
    };
    for body in ["", "{", "nonsense", r#"{"first_name":"\ud800"}"#] {
        assert_eq!(post(body, "application/json").await.problem(), "bad_request", "{body}");
    }
    for body in ["[]", "null", "7"] {
        assert_eq!(post(body, "application/json").await.problem(), "invalid_field", "{body}");
    }
    assert_eq!(post("{}", "text/plain").await.status, 415);
    let large = client
        .request(Method::POST, "/api/v1/customers")
        .bearer_auth(&cashier.token)
        .header("content-type", "application/json")
        .body(vec![b' '; 1024 * 1024 + 1]);
    assert_eq!(send(large).await.problem(), "payload_too_large");

    for (method, path, status) in [
        (Method::GET, "/api/v1/nothing", 404),
        (Method::GET, "/api/nothing", 404),
        (Method::PUT, "/api/v1/customers", 405),
        (Method::DELETE, "/api/v1/sessions", 405),
        (Method::GET, "/api/v1/customers?limit=many", 400),
        (Method::GET, "/api/v1/customers?scope=galaxy", 400),
        (Method::GET, "/api/v1/customers/%00", 404),
        (Method::GET, "/api/v1/customers/C-9999999", 404),
        (Method::GET, "/api/v1/customers?query=abc&scope=all", 422),
    ] {
        let answer = cashier.send(method, path, None).await;
        answer.problem();
        assert_eq!(answer.status, status, "{path}");
    }
    let keyless = client
        .request(Method::PATCH, "/api/v1/customers/C-0000001")
        .bearer_auth(&cashier.token)
        .json(&json!({"first_name": "A"}));
    assert_eq!(send(keyless).await.problem(), "bad_request");
    let cursor = register.send(Method::GET, "/api/v1/replication/pull?cursor=nonsense", None).await;
    assert_eq!(cursor.problem(), "bad_request");
}

#[tokio::test]
async fn a_bad_operation_is_refused_alone() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let good = new_id();
    let mut newer = creation(new_id(), "R1-0002", json!({"first_name": "Anna"}));
    newer["version"] = json!(99);
    let answer = register
        .push(&[
            json!({"nonsense": true}),
            newer,
            creation(new_id(), "R1-0003", json!({"first_name": "Anna", "email": "anna@"})),
            creation(good, "R1-0004", json!({"first_name": "Anna"})),
        ])
        .await;
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results[0]["result"], "refused", "{answer}");
    assert_eq!(results[1]["code"], "unsupported_version", "{answer}");
    assert_eq!((&results[2]["code"], &results[2]["field"]), (&json!("invalid_field"), &json!("email")));
    assert_eq!((&results[3]["result"], &results[3]["id"]), (&json!("accepted"), &json!(good)));
}

#[tokio::test]
async fn a_problem_speaks_the_readers_language() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let ask = |language: &'static str| {
        let request = app.client().request(Method::POST, "/api/v1/customers").bearer_auth(&cashier.token);
        send(request.header("accept-language", language).json(&json!({"id": new_id()})))
    };
    let (english, latvian) = (ask("en").await, ask("lv-LV,lv;q=0.9").await);
    assert_eq!(english.body["code"], latvian.body["code"]);
    assert_ne!(english.body["detail"], latvian.body["detail"]);
}
