//! Answers that the feed has overtaken.

use kase_domain::{AccountNumber, ErrorCode, Stage, Switch};
use kase_register::{Answer, Progress};
use kase_replication::{Change, HeadquartersReach, OperationState};

use crate::desk::{self, Desk, anna, change_customer, refusal};

#[test]
fn an_answer_that_the_feed_has_overtaken_holds_up_nothing() {
    let mut desk = Desk::online();
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    desk.hold(change_customer(1, "C-1"));
    desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    let edit = desk.outbox()[0].id;
    let refused = Stage::Refused(refusal(ErrorCode::HeadquartersUnreachable));
    let carried_on = OperationState { id: edit, customer_id: desk::customer_id(1), progress: Some(refused) };
    desk.pull(vec![Change::Operation(carried_on)]);
    desk.push_refusing(edit, refusal(ErrorCode::HeadquartersUnreachable));
    desk.add_address(1);
    assert_eq!(desk.pushes().last().unwrap(), &[desk.outbox()[1].id], "it stands behind nothing");
}

#[test]
fn an_answer_that_the_feed_overtakes_while_the_store_is_slow_holds_up_nothing_either() {
    let mut desk = Desk::online();
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    desk.hold(change_customer(1, "C-1"));
    desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    let edit = desk.outbox()[0].id;
    let refused = Stage::Refused(refusal(ErrorCode::HeadquartersUnreachable));
    let progress = Some(refused.clone());
    let carried_on = OperationState { id: edit, customer_id: desk::customer_id(1), progress };
    desk.hold_commits();
    desk.pull(vec![Change::Operation(carried_on)]);
    desk.push_refusing(edit, refusal(ErrorCode::HeadquartersUnreachable));
    desk.release_commits();
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(refused));
}

#[test]
fn an_answer_that_the_feed_has_overtaken_hides_no_refusal() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    let refused = Stage::Refused(refusal(ErrorCode::TooLong));
    desk.pull(vec![desk::operation_at(1, 1, Some(refused.clone()))]);
    desk.push_accepted();
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(refused));
}

#[test]
fn an_answer_that_comes_after_the_number_does_not_take_it_back() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    desk.pull(vec![desk.synced_change(1, "C-1")]);
    desk.answer_pending(create);
    assert_eq!(desk.customer(1).account.number().map(AccountNumber::as_str), Some("C-1"));
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_number_whose_commit_is_under_way_is_not_overtaken_by_an_older_answer() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    desk.hold_commits();
    desk.pull(vec![desk.synced_change(1, "C-1")]);
    desk.answer_pending(create);
    desk.release_commits();
    assert_eq!(desk.customer(1).account.number().map(AccountNumber::as_str), Some("C-1"));
    assert!(desk.outbox().is_empty());
}

#[test]
fn an_edits_answer_that_the_feed_has_overtaken_does_not_lie_over_it() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    let before = change_customer(1, "C-1");
    let Change::Customer(mut newer) = before.clone() else { unreachable!("it is a customer") };
    newer.loyalty_blocked = true;
    desk.pull(vec![Change::Customer(newer)]);
    desk.answer_with(edit, vec![before]);
    assert!(desk.customer(1).loyalty_blocked);
    assert!(matches!(desk.answer(edit), Answer::Saved(_)));
}

#[test]
fn a_change_that_took_effect_before_it_was_recorded_here_does_not_wait() {
    let mut desk = Desk::online();
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    desk.pull(vec![desk::change_customer(1, "C-1")]);
    desk.add_address(1);
    assert_eq!(desk.outbox().len(), 1);
    desk.push_known_with_number("C-1");
    assert_eq!(
        desk.outbox(),
        [],
        "a real-time call whose answer was lost had done it, and the feed had said so"
    );
}
