//! Stories of what headquarters gives up, and of taking it off the list.

use kase_domain::{Account, ErrorCode, Refusal, Stage};
use kase_register::{Answer, Progress};
use kase_replication::{Change, HeadquartersReach, OperationState};

use crate::desk::{self, Desk, anna, full_anna, operation_at, refusal};

fn discarded() -> Stage {
    Stage::Discarded(Refusal { detail: "made twice".into(), ..refusal(ErrorCode::Forbidden) })
}

/// A customer with held fields is in the channel.
fn delivered() -> Desk {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(full_anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    desk
}

#[test]
fn a_discarded_customer_is_shown_with_the_reason_until_a_person_takes_it_off_the_list() {
    let mut desk = delivered();
    desk.pull(vec![operation_at(1, 1, Some(discarded()))]);
    assert_eq!(desk.customer(1).account, Account::Pending(discarded()));
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(discarded()));
    assert_eq!(desk.outbox()[1].progress, Progress::Delivered(discarded()), "no number will come for it");
    let remove = desk.remove_from_list(1);
    assert_eq!(desk.answer(remove), Answer::Removed);
    assert!(desk.outbox().is_empty() && desk.try_customer(1).is_none());
    let again = desk.remove_from_list(1);
    assert_eq!(desk.answer(again), Answer::Removed, "another tab may have been first");
    let mut state = desk::copy_of_anna(1);
    state.account = Account::Pending(discarded());
    desk.pull(vec![Change::Customer(Box::new(state))]);
    assert!(desk.try_customer(1).is_none(), "no copy comes back");
}

#[test]
fn nothing_is_added_to_a_discarded_customer() {
    let mut desk = delivered();
    desk.switch_on(&[
        kase_domain::Switch::AsyncAddresses,
        kase_domain::Switch::EnhancedCreation,
        kase_domain::Switch::AsyncEditing,
    ]);
    desk.pull(vec![operation_at(1, 1, Some(discarded()))]);
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    assert!(matches!(desk.answer(edit), Answer::Refused(refusal) if refusal.detail == "made twice"));
}

#[test]
fn what_still_waits_stays_on_the_list() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    let remove = desk.remove_from_list(1);
    assert_eq!(desk.answer(remove), Answer::StillWaits, "nobody but this register has it");
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_refusing(desk::operation(1), refusal(ErrorCode::TooLong));
    let remove = desk.remove_from_list(1);
    assert_eq!(desk.answer(remove), Answer::StillWaits, "the channel has not said that it keeps it");
    assert_eq!(desk.outbox().len(), 1);
}

#[test]
fn a_refused_one_that_the_channel_keeps_may_go_and_its_customer_stays() {
    let mut desk = delivered();
    let refused = Stage::Refused(refusal(ErrorCode::TooLong));
    desk.pull(vec![operation_at(1, 1, Some(refused.clone()))]);
    desk.lose_connection();
    let remove = desk.remove_from_list(1);
    assert_eq!(desk.answer(remove), Answer::Removed);
    assert_eq!(desk.customer(1).account, Account::Pending(refused));
    assert_eq!(desk.outbox().len(), 1, "the held edit waits for what headquarters decides");
    desk.reach_channel(HeadquartersReach::Reached);
    desk.pull(vec![desk.synced_change(1, "C-1")]);
    assert!(!desk.customer(1).account.is_pending());
    assert_eq!(desk.stored_performs().len(), 1, "and is sent when headquarters let its customer pass");
}

#[test]
fn a_discarded_change_goes_alone() {
    let mut desk = delivered();
    let edit = OperationState {
        id: desk::operation(1_001),
        customer_id: desk::customer_id(1),
        progress: Some(discarded()),
    };
    desk.pull(vec![Change::Operation(edit)]);
    let remove = desk.remove_from_list(1_001);
    assert_eq!(desk.answer(remove), Answer::Removed);
    assert_eq!(desk.outbox().len(), 1);
    assert!(desk.try_customer(1).is_some());
}

#[test]
fn a_deactivated_register_can_clear_its_list_too() {
    let mut desk = delivered();
    desk.pull_deactivated(vec![operation_at(1, 1, Some(discarded()))]);
    let remove = desk.remove_from_list(1);
    assert_eq!(desk.answer(remove), Answer::Removed);
}
