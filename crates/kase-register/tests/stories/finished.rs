//! What has come to its end is kept: should the channel have forgotten it, and headquarters too, it comes from here.
#![allow(clippy::unwrap_used, reason = "a test says so by failing")]

use kase_domain::{Account, AccountNumber, ErrorCode, OperationKind, Stage};
use kase_register::{Progress, StoreError};
use kase_replication::Claim;

use crate::desk::{self, Desk, anna, change_customer, operation, operation_at, refusal};

fn number(text: &str) -> Account {
    Account::Synced(AccountNumber::parse(text).unwrap())
}

/// A customer created in real time, with its number.
fn created(desk: &mut Desk) {
    let create = desk.create(anna(1));
    desk.answer_accepted(create, &["C-1"]);
    assert_eq!(desk.saved(create).account, number("C-1"));
    assert!(desk.outbox().is_empty());
}

#[test]
fn what_has_taken_effect_is_delivered_again_with_what_was_told_of_it() {
    let mut desk = Desk::online();
    created(&mut desk);
    let card = desk.issue_card(1);
    desk.answer_with_card(card, "C-1", "L000000007");
    let card = operation(5_001);
    assert_eq!(desk.finished(), [operation(1), card]);
    assert!(desk.pushes().is_empty());

    desk.pull_restarted();
    assert_eq!(desk.pushes(), [vec![operation(1), card]], "in the order of recording");
    let account_number = Some(AccountNumber::parse("C-1").unwrap());
    let performed = Claim { performed: true, took_effect: true, ..Claim::default() };
    let claims = desk.claims();
    assert_eq!(claims[&operation(1)], Claim { account_number, ..performed.clone() });
    assert_eq!(claims[&card].loyalty_cards[0].as_str(), "L000000007");
    assert_eq!(Claim { loyalty_cards: Vec::new(), ..claims[&card].clone() }, performed);
    desk.push_known_with_number("C-1");
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.finished(), [operation(1), card], "and kept once more");
    desk.pull_restarted();
    assert_eq!(desk.claims(), claims, "nothing of what was told is forgotten");
}

#[test]
fn a_customer_whose_number_is_here_is_not_pending_again_because_a_restored_channel_says_so() {
    let mut desk = Desk::online();
    created(&mut desk);
    desk.pull_restarted();
    let behind = kase_replication::CustomerState {
        account: Account::Pending(Stage::InChannel),
        ..desk::copy_of_anna(1)
    };
    desk.pull(vec![kase_replication::Change::Customer(Box::new(behind))]);
    assert_eq!(desk.customer(1).account, number("C-1"));
    desk.pull(vec![change_customer(1, "C-2")]);
    assert_eq!(desk.customer(1).account, number("C-2"), "another number is news");
}

#[test]
fn a_channel_that_knows_the_customer_from_headquarters_is_given_its_creation_all_the_same() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(kase_replication::HeadquartersReach::Reached);
    desk.push_accepted();
    desk.pull_restarted();
    assert_eq!(desk.pushes().len(), 2);
    desk.pull(vec![change_customer(1, "C-1")]);
    assert_eq!(desk.outbox()[0].progress, Progress::Ready, "its own answer ends it");
    desk.push_known_with_number("C-1");
    assert_eq!(desk.finished(), [operation(1)]);
}

#[test]
fn an_answer_of_before_the_restore_ends_nothing() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(kase_replication::HeadquartersReach::Reached);
    assert_eq!(desk.pushes().len(), 1);
    desk.pull_restarted();
    desk.push_known_with_number("C-1");
    assert_eq!(desk.outbox()[0].progress, Progress::Ready, "the channel that serves now has forgotten it");
    desk.pass_ms(1_000);
    assert_eq!(desk.pushes().len(), 2);

    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    desk.pull_restarted();
    desk.answer_accepted(create, &["C-1"]);
    assert_eq!(desk.saved(create).account, number("C-1"), "people are told what was answered");
    assert_eq!(desk.pushes(), [vec![operation(1)]], "and the channel is told again");
    assert_eq!(desk.claims()[&operation(1)].account_number, AccountNumber::parse("C-1").ok());
}

#[test]
fn what_was_done_long_ago_is_not_shown_as_refused_because_it_is_refused_now() {
    let mut desk = Desk::online();
    created(&mut desk);
    desk.pull_restarted();
    desk.push_refusing(operation(1), refusal(ErrorCode::TooLong));
    assert!(desk.outbox().is_empty());
    assert_eq!((desk.finished(), desk.customer(1).account.clone()), (vec![operation(1)], number("C-1")));
}

#[test]
fn an_edit_that_has_taken_effect_is_kept_and_one_that_has_not_waits() {
    let mut desk = Desk::online();
    created(&mut desk);
    desk.deliver_elsewhere(OperationKind::EditCustomer, 8);
    desk.pull(vec![operation_at(8, 1, Some(Stage::AtHeadquarters))]);
    assert_eq!(desk.finished(), [operation(1)]);
    desk.pull(vec![operation_at(8, 1, None)]);
    assert_eq!(desk.finished(), [operation(1), operation(8)]);
}

#[test]
fn nothing_is_kept_where_nothing_may_stay() {
    let mut desk = Desk::online();
    created(&mut desk);
    assert_eq!(desk.finished().len(), 1);
    desk.filter_customers();
    assert!(desk.finished().is_empty());
    let create = desk.create(anna(2));
    desk.answer_accepted(create, &["C-2"]);
    assert!(desk.finished().is_empty());

    let mut desk = Desk::online();
    created(&mut desk);
    desk.pull_delivers_only(true);
    assert!(desk.finished().is_empty(), "headquarters has deactivated it");
}

#[test]
fn a_full_browser_forgets_finished_operations_before_a_person_is_told_of_it() {
    let mut desk = Desk::online();
    created(&mut desk);
    desk.lose_connection();
    desk.store_fails(StoreError::Full);
    let create = desk.create(anna(2));
    assert_eq!(desk.saved(create).account, Account::Pending(Stage::OnRegister));
    assert!(desk.finished().is_empty());
}
