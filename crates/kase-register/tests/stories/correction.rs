//! Stories of forms that were corrected after a try whose answer was lost: nobody knows whether that try was done.

use kase_domain::{Account, Action, CustomerRecord, ErrorCode, FieldChange};
use kase_register::{Answer, Form, Intent, NewCustomer, RequestId, SendFailure};
use kase_replication::RecordedOperation;
use serde_json::json;

use crate::desk::{self, Desk, anna, change_customer, full_anna, refusal};

/// A register that keeps nothing, and a creation whose answer was lost.
fn lost(new: NewCustomer) -> (Desk, Vec<RecordedOperation>) {
    let mut desk = Desk::online();
    desk.filter_customers();
    let first = desk.create(new);
    let asked = desk.performed(first).to_vec();
    desk.fail(first, SendFailure::Unreachable);
    assert_eq!(desk.answer(first), Answer::NotKnown);
    (desk, asked)
}

fn named(mut new: NewCustomer, last_name: &str) -> NewCustomer {
    new.record.last_name = Some(last_name.into());
    new
}

fn texts(operations: &[RecordedOperation]) -> Vec<&str> {
    operations.iter().map(RecordedOperation::text).collect()
}

#[track_caller]
fn changes(recorded: &RecordedOperation) -> &[FieldChange] {
    match &recorded.operation().action {
        Action::EditCustomer { changes } => changes,
        other => unreachable!("no edit: {other:?}"),
    }
}

fn last_name(seen: serde_json::Value, value: &str) -> FieldChange {
    FieldChange { field: "last_name".into(), seen, value: value.into() }
}

#[test]
fn the_same_tried_again_is_the_same_bytes() {
    let (mut desk, asked) = lost(full_anna(1));
    let again = desk.create(full_anna(1));
    assert_eq!(texts(desk.performed(again)), texts(&asked));
}

#[test]
fn a_corrected_creation_sends_what_was_asked_and_then_the_correction() {
    let (mut desk, asked) = lost(full_anna(1));
    let again = desk.create(named(full_anna(1), "Ozola"));
    let sent = desk.performed(again).to_vec();
    assert_eq!(texts(&sent[..2]), texts(&asked));
    assert_eq!(sent[2].operation().id, desk::operation(2_001));
    assert_eq!(changes(&sent[2]), [last_name(json!(null), "Ozola")]);
    desk.answer_accepted(again, &["C-1", "C-1", "C-1"]);
    let saved = desk.saved(again);
    assert!(matches!(saved.account, Account::Synced(_)));
    assert!(saved.held_fields.is_empty(), "all of it is done");
}

#[test]
fn a_second_correction_follows_the_first() {
    let (mut desk, _) = lost(anna(1));
    let again = desk.create(named(anna(1), "Ozola"));
    desk.fail(again, SendFailure::Unreachable);
    let mut third = named(anna(1), "Ozoliņa");
    third.correction_id = desk::operation(3_001);
    let again = desk.create(third);
    let sent = desk.performed(again);
    assert_eq!(sent.len(), 3);
    assert_eq!(changes(&sent[2]), [last_name(json!("Ozola"), "Ozoliņa")]);
}

#[test]
fn a_correction_that_is_refused_leaves_the_customer_and_the_form() {
    let (mut desk, _) = lost(anna(1));
    let again = desk.create(named(anna(1), "Ozola"));
    desk.answer_first_and_refuse(again, "C-1", refusal(ErrorCode::InvalidField));
    assert_eq!(desk.answer(again), Answer::Refused(refusal(ErrorCode::InvalidField)));
    let mut third = named(anna(1), "Ozoliņa");
    third.correction_id = desk::operation(3_001);
    let again = desk.create(third);
    assert_eq!(desk.performed(again).len(), 2, "what was refused is not asked again");
    assert_eq!(changes(&desk.performed(again)[1]), [last_name(json!(null), "Ozoliņa")]);
}

#[test]
fn with_filtered_customer_data_an_answer_about_nothing_is_none() {
    let mut desk = Desk::online();
    desk.filter_customers();
    let create = desk.create(anna(1));
    desk.answer_accepted(create, &[]);
    assert_eq!(
        desk.answer(create),
        Answer::NotKnown,
        "nothing stands here, and nobody said that it stands there"
    );
}

fn edit(desk: &mut Desk, correction: u128, last_name: Option<&str>) -> RequestId {
    let seen = desk.customer(1);
    let wanted = CustomerRecord { last_name: last_name.map(Into::into), ..seen.customer.to_record() };
    desk.intend(Intent::EditCustomer {
        form: Form { operation_id: desk::operation(500), correction_id: desk::operation(correction) },
        seen: Box::new(seen),
        wanted: Box::new(wanted),
    })
}

#[test]
fn a_corrected_edit_builds_on_the_one_that_may_have_been_done() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let first = edit(&mut desk, 501, Some("Ozola"));
    desk.fail(first, SendFailure::Unreachable);
    let again = edit(&mut desk, 502, Some("Ozoliņa"));
    let sent = desk.performed(again);
    assert_eq!(changes(&sent[0]), [last_name(json!(null), "Ozola")]);
    assert_eq!(sent[1].operation().id, desk::operation(502));
    assert_eq!(changes(&sent[1]), [last_name(json!("Ozola"), "Ozoliņa")]);
}

#[test]
fn an_edit_that_is_taken_back_after_a_lost_answer_is_undone() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let first = edit(&mut desk, 501, Some("Ozola"));
    desk.fail(first, SendFailure::Unreachable);
    let back = edit(&mut desk, 502, None);
    assert_eq!(
        changes(&desk.performed(back)[1]),
        [FieldChange { field: "last_name".into(), seen: "Ozola".into(), value: json!(null) }]
    );
    desk.answer_accepted(back, &["C-1", "C-1"]);
    let nothing = edit(&mut desk, 503, None);
    assert!(matches!(desk.answer(nothing), Answer::Saved(_)), "all was answered: there is nothing to undo");
}

#[test]
fn what_is_corrected_after_a_refused_correction_still_builds_on_the_unanswered_edit() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let first = edit(&mut desk, 501, Some("Ozola"));
    desk.fail(first, SendFailure::Unreachable);
    let again = edit(&mut desk, 502, Some("Ozoliņa"));
    desk.answer_first_and_refuse(again, "C-1", refusal(ErrorCode::InvalidField));
    let third = edit(&mut desk, 503, Some("Osis"));
    let sent = desk.performed(third);
    assert_eq!(sent.len(), 2, "what was refused is not asked again");
    assert_eq!(sent[0].operation().id, desk::operation(500));
    assert_eq!(sent[1].operation().id, desk::operation(503));
    assert_eq!(changes(&sent[1]), [last_name(json!("Ozola"), "Osis")]);
}

#[test]
fn a_refused_edit_is_corrected_under_another_id() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let first = edit(&mut desk, 501, Some("Ozola"));
    desk.answer_refused(first, refusal(ErrorCode::InvalidField));
    let again = edit(&mut desk, 502, Some("Ozoliņa"));
    let sent = desk.performed(again);
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].operation().id, desk::operation(502));
    assert_eq!(changes(&sent[0]), [last_name(json!(null), "Ozoliņa")]);
}

#[test]
fn a_request_that_is_refused_as_a_whole_leaves_unanswered_what_was() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let first = edit(&mut desk, 501, Some("Ozola"));
    desk.fail(first, SendFailure::Unreachable);
    let again = edit(&mut desk, 502, Some("Ozoliņa"));
    desk.fail(again, SendFailure::Refused(refusal(ErrorCode::SessionExpired)));
    let third = edit(&mut desk, 503, Some("Osis"));
    let sent = desk.performed(third);
    assert_eq!(sent.len(), 2);
    assert_eq!(changes(&sent[1]), [last_name(json!("Ozola"), "Osis")]);
}
