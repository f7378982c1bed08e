use super::*;
use kase_domain::ErrorCode;
use serde_json::json;

#[test]
fn a_push_of_before_remarks_is_read_and_a_plain_one_is_written_as_before() {
    let old = json!({ "operations": [{"id": 1}] });
    let read: PushRequest = serde_json::from_str(&old.to_string()).unwrap();
    assert!(read.remarks.is_empty() && !read.unattended);
    assert_eq!(serde_json::to_value(&read).unwrap(), old);
}

#[test]
fn an_answer_to_a_pull_of_before_deactivation_is_read() {
    let old = r#"{"changes":[],"cursor":"c","more":false}"#;
    assert!(!serde_json::from_str::<PullAnswer>(old).unwrap().delivers_only);
}

#[test]
fn a_remark_names_its_operation() {
    let id: OperationId = "018f0000-0000-7000-8000-000000000001".parse().unwrap();
    let refusal = Refusal { code: ErrorCode::UnknownCustomer, detail: "…".into(), field: None };
    let remarks = BTreeMap::from([(id, Remark::Refused(refusal))]);
    let request = PushRequest { remarks: remarks.clone(), ..PushRequest::default() };
    let text = serde_json::to_string(&request).unwrap();
    assert!(text.contains(r#"{"remark":"refused","code":"unknown_customer""#), "{text}");
    assert_eq!(serde_json::from_str::<PushRequest>(&text).unwrap().remarks, remarks);
}

/// What was read is written as it came.
#[track_caller]
fn check<T: Serialize + for<'de> Deserialize<'de>>(message: serde_json::Value) {
    let read: T = serde_json::from_str(&message.to_string()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), message);
}

#[test]
fn every_message_with_a_tag_is_read_as_it_is_written() {
    let id = "018f0000-0000-7000-8000-000000000001";
    check::<OperationResult>(
        json!({"id": id, "result": "accepted", "status": "pending", "stage": "in_channel"}),
    );
    check::<OperationResult>(json!({"result": "duplicate", "status": "synced", "account_number": "C-1"}));
    check::<OperationResult>(
        json!({"id": id, "result": "refused", "code": "too_long", "detail": "…", "field": "city"}),
    );
    let customer = json!({"kind": "person", "first_name": "Anna", "newer": {"a": 1}, "attributes": {"a": 1, "b": 0.5, "c": true, "d": "e"}});
    let account = json!({"status": "pending", "stage": "refused", "code": "not_found", "detail": ""});
    check::<Change>(
        json!({"kind": "customer", "customer_id": id, "account": account, "customer": customer, "loyalty_blocked": true}),
    );
    check::<Change>(
        json!({"kind": "operation", "id": id, "customer_id": id, "progress": {"stage": "at_headquarters"}}),
    );
    check::<Change>(json!({"kind": "directory", "registers": [], "operators": []}));
}

#[test]
fn what_is_not_known_is_refused_by_name() {
    let error = serde_json::from_str::<Hint>(r#"{"event":"weather"}"#).unwrap_err().to_string();
    assert!(error.starts_with("unknown variant `weather`, expected one of `hello`"), "{error}");
    assert!(serde_json::from_str::<OperationResult>(r#"{"result":"accepted"}"#).is_err());
}

const ID: &str = "018f0000-0000-7000-8000-000000000001";

/// A readable operation stands on both sides of `change`: both are read, and everything is written as it came.
#[track_caller]
fn check_passed_over(change: serde_json::Value, key: &str) {
    let known = json!({"kind": "operation", "id": ID, "customer_id": ID});
    let answer = json!({"changes": [known, change, known], "cursor": "c", "more": false, "restarted": false,
        "delivers_only": false});
    let read: PullAnswer = serde_json::from_str(&answer.to_string()).unwrap();
    let [Change::Operation(_), Change::Unreadable(passed_over), Change::Operation(_)] = &*read.changes else {
        panic!("{read:?}")
    };
    assert_eq!(passed_over.key(), key);
    assert_eq!(serde_json::to_value(&read).unwrap(), answer);
}

#[test]
fn a_change_that_cannot_be_read_hides_no_other() {
    let account = json!({"status": "synced", "account_number": "C-1"});
    let customer = json!({"kind": "customer", "customer_id": ID, "account": account, "customer": {}});
    let customer_key = format!("customer {ID}");
    for (change, key) in [
        (json!({"kind": "price_list", "id": ID, "prices": [1, 2]}), format!("price_list {ID}")),
        (customer.clone(), customer_key.clone()),
        (with(&customer, "account", json!({"status": "merged"})), customer_key.clone()),
        (with(&customer, "account", json!({"status": "pending", "stage": "on_the_moon"})), customer_key),
        (
            json!({"kind": "operation", "id": ID, "customer_id": ID, "progress": {"stage": "on_the_moon"}}),
            format!("operation {ID}"),
        ),
        (json!({"kind": "settings", "version": "newest"}), "settings ".into()),
        (json!({"kind": 7}), " ".into()),
        (json!([1]), " ".into()),
        (json!(null), " ".into()),
    ] {
        check_passed_over(change, &key);
    }
}

fn with(object: &serde_json::Value, field: &str, value: serde_json::Value) -> serde_json::Value {
    let mut object = object.clone();
    object[field] = value;
    object
}

#[test]
fn a_readable_change_has_the_key_of_its_unreadable_sibling() {
    let known: Change =
        serde_json::from_value(json!({"kind": "operation", "id": ID, "customer_id": ID})).unwrap();
    assert_eq!(known.key(), format!("operation {ID}"));
}

#[test]
fn a_refusal_with_a_code_of_a_newer_version_is_read() {
    let progress = json!({"stage": "refused", "code": "customer_on_the_moon", "detail": "too far"});
    let change = json!({"kind": "operation", "id": ID, "customer_id": ID, "progress": progress});
    let Change::Operation(state) = serde_json::from_value(change).unwrap() else { panic!("not read") };
    let refusal = Refusal { code: ErrorCode::Internal, detail: "too far".into(), field: None };
    assert_eq!(state.progress, Some(Stage::Refused(refusal)));
}

#[test]
fn a_result_that_cannot_be_read_hides_no_other() {
    let known = json!({"id": ID, "result": "accepted", "status": "pending", "stage": "in_channel"});
    let answer = json!({"results": [{"id": ID, "result": "postponed"}, known, 7]});
    let read: PushAnswer = serde_json::from_str(&answer.to_string()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), json!({"results": [known]}));
}

#[test]
fn a_stored_customer_that_cannot_be_read_is_sent_as_it_stands() {
    let id: CustomerId = ID.parse().unwrap();
    for (stored, expected) in [
        (
            r#"{"customer":{},"later":[1]}"#,
            json!({"kind": "customer", "customer_id": ID, "customer": {}, "later": [1]}),
        ),
        (r#"{"customer": Anna"#, json!({"kind": "customer", "customer_id": ID})),
    ] {
        let change = Change::of_stored_customer(id, stored);
        assert!(matches!(change, Change::Unreadable(_)));
        assert_eq!(change.key(), format!("customer {ID}"));
        assert_eq!(serde_json::to_value(&change).unwrap(), expected);
    }
}
