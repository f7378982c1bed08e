//! What a register does, told as stories: a desk with a register at it, a store that always works unless it is
//! told not to, and a channel that answers what the story says.

mod acceptance;
mod attributes;
mod correction;
mod delivering;
mod desk;
mod discarded;
mod excluded;
mod finished;
mod held;
mod overtaken;
mod passed_over;
mod pending;
mod tabs;
mod troubles;
mod witness;

use desk::{Desk, anna, change_customer, full_anna, refusal};
use kase_domain::{Account, AccountNumber, Closed, ErrorCode, Stage, Switch};
use kase_register::{Answer, Connection, Effect, Event, Progress, SendFailure, StoreError};
use kase_replication::{Change, HeadquartersReach, OperationState};

#[test]
fn a_customer_made_online_in_sync_mode_has_its_number_at_once() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    assert_eq!(desk.performed(create).len(), 1, "recorded first, asked then");
    desk.answer_accepted(create, &["C-0004007"]);
    let saved = desk.saved(create);
    assert_eq!(saved.account, Account::Synced(AccountNumber::parse("C-0004007").unwrap()));
    assert!(desk.outbox().is_empty());
    assert!(desk.pushes().is_empty());
}

#[test]
fn a_customer_made_offline_is_pushed_when_the_channel_is_back_and_synced_by_the_feed() {
    let mut desk = Desk::online();
    desk.lose_connection();
    let create = desk.create(anna(1));
    assert_eq!(desk.saved(create).account, Account::Pending(Stage::OnRegister));
    assert!(desk.requests().is_empty(), "nothing is asked while offline");

    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.pushes(), [vec![desk::operation(1)]]);
    desk.push_accepted();
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(Stage::InChannel));

    desk.pull(vec![desk.synced_change(1, "C-0004007")]);
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.customer(1).account.number().map(AccountNumber::as_str), Some("C-0004007"));
}

#[test]
fn only_the_arrival_of_the_number_ends_pending() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    let assigned = OperationState {
        id: desk::operation(1),
        customer_id: desk::customer_id(1),
        progress: Some(Stage::NumberAssigned),
    };
    desk.pull(vec![Change::Operation(assigned)]);
    assert_eq!(desk.customer(1).account, Account::Pending(Stage::NumberAssigned));
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(Stage::NumberAssigned));
}

#[test]
fn a_lost_answer_keeps_the_customer_and_the_outbox_brings_it() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    assert!(desk.pushes().is_empty(), "not pushed while the channel is asked");
    desk.fail(create, SendFailure::Unreachable);
    assert_eq!(desk.saved(create).account, Account::Pending(Stage::OnRegister));
    assert_eq!(desk.pushes(), [vec![desk::operation(1)]]);
}

#[test]
fn a_business_refusal_withdraws_what_was_recorded() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    desk.answer_refused(create, refusal(ErrorCode::InvalidField));
    assert_eq!(desk.answer(create), Answer::Refused(refusal(ErrorCode::InvalidField)));
    assert!(desk.outbox().is_empty() && desk.try_customer(1).is_none());
}

#[test]
fn a_refused_customer_that_cannot_be_withdrawn_is_said_to_be_saved_since_it_is() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    desk.store_fails(StoreError::Full);
    desk.answer_refused(create, refusal(ErrorCode::InvalidField));
    assert_eq!(desk.saved(create).account, Account::Pending(Stage::OnRegister));
    desk.store_works();
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1)], "headquarters' people see the reason");
}

#[test]
fn a_full_disk_is_told_before_saved_is_said() {
    let mut desk = Desk::online();
    desk.store_fails(StoreError::Full);
    let create = desk.create(anna(1));
    assert_eq!(desk.answer(create), Answer::StoreFailed(StoreError::Full));
    assert!(desk.requests().is_empty(), "what is not recorded is not sent");
}

#[test]
fn a_double_click_makes_one_customer() {
    let mut desk = Desk::online();
    let first = desk.create(anna(1));
    let second = desk.create(anna(1));
    assert_eq!(desk.answer(second), Answer::UnderWay);
    desk.answer_accepted(first, &["C-1"]);
    assert!(matches!(desk.answer(first), Answer::Saved(_)));
    assert_eq!(desk.recorded_count(), 1);
}

#[test]
fn closed_fields_are_held_and_sent_once_the_number_is_here() {
    let mut desk = Desk::online();
    desk.lose_connection();
    let create = desk.create(full_anna(1));
    assert_eq!(desk.saved(create).held_fields, ["contacts", "title"]);
    assert_eq!(desk.customer(1).customer.contacts.len(), 0);
    assert_eq!(desk.outbox()[1].progress, Progress::Held);

    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.pushes(), [vec![desk::operation(1)]], "the held edit stays");
    desk.push_accepted();
    desk.pull(vec![desk.synced_change(1, "C-1")]);
    let held = desk.stored_performs();
    assert_eq!(held.len(), 1, "the number is here: the held edit is a real-time call");
    desk.answer_accepted(held[0], &["C-1"]);
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_held_edit_waits_for_headquarters_and_is_not_lost() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(full_anna(1));
    desk.reach_channel(HeadquartersReach::OutOfReach);
    desk.push_accepted();
    desk.pull(vec![desk.synced_change(1, "C-1")]);
    assert!(desk.stored_performs().is_empty());
    desk.beat(HeadquartersReach::Reached);
    let held = desk.stored_performs();
    desk.fail(held[0], SendFailure::Unreachable);
    assert_eq!(desk.outbox()[0].progress, Progress::Held);
    desk.handle(Event::RetryRequested);
    assert_eq!(desk.stored_performs().len(), 1);
}

#[test]
fn online_both_parts_of_a_full_form_are_performed_in_one_call() {
    let mut desk = Desk::online();
    let create = desk.create(full_anna(1));
    assert_eq!(desk.performed(create).len(), 2);
    desk.answer_accepted(create, &["C-1", "C-1"]);
    assert!(desk.saved(create).held_fields.is_empty());
    assert!(desk.outbox().is_empty());
}

#[test]
fn a_pending_customer_is_not_edited_and_gets_no_card() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    assert_eq!(desk.answer(edit), Answer::Closed(Closed::Pending { needs: Switch::AsyncEditing }));
    let address = desk.add_address(1);
    assert_eq!(desk.answer(address), Answer::Closed(Closed::Pending { needs: Switch::AsyncAddresses }));
    let card = desk.issue_card(1);
    assert_eq!(desk.answer(card), Answer::Closed(Closed::PendingLoyalty));
}

#[test]
fn with_async_editing_an_edit_is_recorded_and_no_card_is_issued_still() {
    let mut desk = Desk::online();
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    desk.lose_connection();
    desk.create(anna(1));
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    assert!(matches!(desk.answer(edit), Answer::Saved(_)));
    let card = desk.issue_card(1);
    assert_eq!(desk.answer(card), Answer::Closed(Closed::PendingLoyalty));
    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.pushes()[0].len(), 2, "in order, in one batch");
}

#[test]
fn a_synced_customer_is_edited_in_real_time_and_only_then() {
    let mut desk = Desk::online();
    desk.hold(change_customer(1, "C-1"));
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    assert_eq!(desk.performed(edit).len(), 1);
    desk.answer_accepted(edit, &["C-1"]);
    assert!(matches!(desk.answer(edit), Answer::Saved(_)));

    desk.beat(HeadquartersReach::OutOfReach);
    let edit = desk.edit(1, |record| record.last_name = Some("Liepa".into()));
    assert_eq!(desk.answer(edit), Answer::NeedsHeadquarters);
    let card = desk.issue_card(1);
    assert_eq!(desk.answer(card), Answer::NeedsHeadquarters);
}

#[test]
fn wrong_fields_are_named_and_nothing_is_recorded() {
    let mut desk = Desk::online();
    let mut new = anna(1);
    new.record.email = Some("anna@inbox".into());
    let create = desk.create(new);
    assert!(matches!(desk.answer(create), Answer::Invalid(errors) if errors[0].field == "email"));
    assert_eq!(desk.recorded_count(), 0);
}

#[test]
fn offline_is_said_within_three_seconds_of_silence() {
    let mut desk = Desk::online();
    assert_eq!(desk.connection(), Connection::Online);
    desk.pass_ms(2_900);
    assert_eq!(desk.connection(), Connection::Offline);
    assert!(desk.effects().iter().any(|effect| matches!(effect, Effect::CloseHints)));
}

#[test]
fn saving_once_more_after_a_lost_answer_sends_the_same_bytes() {
    let mut desk = Desk::online();
    desk.filter_customers();
    let first = desk.create(full_anna(1));
    let sent: Vec<String> = desk.performed(first).iter().map(|recorded| recorded.text().to_owned()).collect();
    desk.fail(first, SendFailure::Unreachable);
    desk.pass_ms(1_000);
    let again = desk.create(kase_register::NewCustomer { reference_count: 2, ..full_anna(1) });
    let sent_again: Vec<String> =
        desk.performed(again).iter().map(|recorded| recorded.text().to_owned()).collect();
    assert_eq!(sent_again, sent);
}
