//! Stories of held edits: fields that were typed at a creation and wait for the account number.

use kase_domain::{Account, ErrorCode, Stage, Switch};
use kase_register::{Event, Progress, SendFailure};
use kase_replication::{Change, HeadquartersReach, OperationResult, OperationState, Outcome, PerformAnswer};

use crate::desk::{self, Desk, change_customer, full_anna, refusal};

/// A customer with held fields is in the channel, and its edit waits.
fn held() -> Desk {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(full_anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    assert_eq!(desk.outbox()[1].progress, Progress::Held);
    desk
}

#[test]
fn when_customers_stop_coming_to_the_register_a_held_edit_goes_to_people() {
    let mut desk = held();
    desk.filter_customers();
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1_001)]);

    let mut desk = held();
    desk.pull_delivers_only(true);
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1_001)]);
}

#[test]
fn a_held_edit_waits_for_its_creation_to_be_delivered_before_it_goes_to_people() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(full_anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.filter_customers();
    assert_eq!(desk.pushes(), [[desk::operation(1)]]);
    desk.push_accepted();
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1_001)]);
}

#[test]
fn a_held_edit_is_for_the_channel_to_judge_though_editing_is_open_by_now() {
    let mut desk = held();
    desk.beat(HeadquartersReach::OutOfReach);
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    let pushed = desk.pushes().len();
    desk.pull(vec![desk.synced_change(1, "C-1")]);
    assert_eq!(desk.pushes().len(), pushed, "pushed, it would be refused: it was recorded before");
    let asked = desk.stored_performs();
    assert_eq!(asked.len(), 1);
    desk.answer_stored_pending(asked[0]);
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(Stage::InChannel), "its bytes are still here");
    let done =
        OperationState { id: desk::operation(1_001), customer_id: desk::customer_id(1), progress: None };
    desk.pull(vec![Change::Operation(done)]);
    assert!(desk.outbox().is_empty());
}

#[test]
fn with_filtered_customer_data_fields_that_the_channel_holds_are_named_to_the_operator() {
    let mut desk = Desk::online();
    desk.filter_customers();
    let create = desk.create(full_anna(1));
    let pending = || Outcome::Accepted(Account::Pending(Stage::InChannel));
    let result = |n| OperationResult { id: Some(desk::operation(n)), outcome: pending() };
    let answer = PerformAnswer { results: vec![result(1), result(1_001)], changes: Vec::new() };
    desk.handle(Event::Performed(create, Ok(answer)));
    assert_eq!(desk.saved(create).held_fields, ["contacts", "title"]);
    assert_eq!(desk.recorded_count(), 0);
}

#[test]
fn no_fault_on_the_way_is_taken_for_a_refusal_of_a_held_edit() {
    for code in [
        ErrorCode::Internal,
        ErrorCode::RateLimited,
        ErrorCode::Forbidden,
        ErrorCode::HeadquartersUnreachable,
    ] {
        let mut desk = held();
        desk.pull(vec![desk.synced_change(1, "C-1")]);
        let asked = desk.stored_performs();
        desk.fail(asked[0], SendFailure::Refused(refusal(code)));
        assert_eq!(desk.outbox()[0].progress, Progress::Held, "{code:?}");
        assert!(desk.stored_performs().is_empty());
        for _ in 0..15 {
            desk.pass_ms(1_000);
            desk.beat(HeadquartersReach::Reached);
        }
        assert_eq!(desk.stored_performs().len(), 1, "{code:?}: tried again though nothing else happened");
    }
}

#[test]
fn a_held_edit_behind_a_refused_creation_stays() {
    let mut desk = held();
    let refused = OperationState {
        id: desk::operation(1),
        customer_id: desk::customer_id(1),
        progress: Some(Stage::Refused(refusal(ErrorCode::TooLong))),
    };
    desk.pull(vec![Change::Operation(refused)]);
    assert_eq!(desk.outbox()[1].progress, Progress::Held);
}

#[test]
fn an_edit_that_headquarters_holds_for_a_person_is_listed_until_that_has_decided() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    let id = desk.performed(edit)[0].operation().id;
    desk.answer_held(edit);
    assert_eq!(desk.saved(edit).account, Account::Pending(Stage::AtHeadquarters));
    let entries = desk.outbox();
    assert_eq!((entries.len(), entries[0].id), (1, id));
    assert_eq!(entries[0].progress, Progress::Delivered(Stage::AtHeadquarters));
    assert!(desk.pushes().is_empty(), "it is there");
    let done = OperationState { id, customer_id: desk::customer_id(1), progress: None };
    desk.pull(vec![Change::Operation(done)]);
    assert!(desk.outbox().is_empty());
}
