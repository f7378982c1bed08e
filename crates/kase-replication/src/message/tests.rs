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
    let error = serde_json::from_str::<Change>(r#"{"kind":"weather"}"#).unwrap_err().to_string();
    assert!(error.starts_with("unknown variant `weather`, expected one of `customer`"), "{error}");
    assert!(serde_json::from_str::<OperationResult>(r#"{"result":"accepted"}"#).is_err());
}
