//! Delivering what waits, whatever the channel says of it.

use kase_domain::{Account, ErrorCode, Stage, Switch};
use kase_register::{Effect, Event, Progress, SendFailure, StoreError};
use kase_replication::{Change, HeadquartersReach, OperationState};

use crate::desk::{self, Desk, anna, change_customer, refusal};

#[test]
fn one_refused_customer_blocks_nobody_else() {
    let mut desk = Desk::online();
    desk.lose_connection();
    for id in 1..=3 {
        desk.create(anna(id));
    }
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_refusing(desk::operation(2), refusal(ErrorCode::TooLong));
    assert_eq!(desk.outbox()[1].progress, Progress::Refused(refusal(ErrorCode::TooLong)));
    assert_eq!(desk.customer(2).account, Account::Pending(Stage::Refused(refusal(ErrorCode::TooLong))));
    desk.create(anna(4));
    let create = desk.last_request();
    desk.fail(create, SendFailure::Unreachable);
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(4)]);
}

#[test]
fn what_stood_behind_a_refused_change_goes_on_once_that_is_with_people_at_headquarters() {
    let mut desk = Desk::online();
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    desk.hold(change_customer(1, "C-1"));
    desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    let edit = desk.outbox()[0].id;
    desk.push_refusing(edit, refusal(ErrorCode::HeadquartersUnreachable));
    desk.add_address(1);
    assert_eq!(desk.pushes().len(), 1, "it stands behind the refused one");
    let progress = Some(Stage::Refused(refusal(ErrorCode::HeadquartersUnreachable)));
    let carried_on = OperationState { id: edit, customer_id: desk::customer_id(1), progress };
    desk.pull(vec![Change::Operation(carried_on)]);
    assert_eq!(desk.pushes().last().unwrap(), &[desk.outbox()[1].id]);
}

#[test]
fn a_channel_that_went_back_in_time_gets_everything_again() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    desk.pull_restarted();
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1)]);
}

#[test]
fn a_channel_that_may_have_gone_back_before_the_first_pull_gets_everything_again() {
    let mut desk = Desk::reached();
    let create = desk.create(anna(1));
    desk.answer_pending(create);
    assert_eq!(desk.pushes(), Vec::<Vec<_>>::new(), "it was delivered by the call");
    desk.pull(Vec::new());
    assert_eq!(desk.pushes(), [[desk::operation(1)]]);
    desk.push_accepted();
    desk.pull(Vec::new());
    assert_eq!(desk.pushes().len(), 1, "from then on a position tells");
}

#[test]
fn a_page_of_the_feed_that_could_not_be_stored_is_pulled_again() {
    let mut desk = Desk::online();
    desk.store_fails(StoreError::Full);
    desk.pull_to("a.7", vec![change_customer(7, "C-7")]);
    assert!(desk.try_customer(7).is_none());
    desk.store_works();
    desk.handle(Event::RetryRequested);
    let asked = desk.effects().iter().rev().find_map(|effect| match effect {
        Effect::Pull(cursor) => Some(cursor.clone()),
        _ => None,
    });
    assert_eq!(asked, Some(Some("a.1".into())));
}

#[test]
fn an_answer_about_nothing_does_not_make_the_register_push_for_ever() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.pushes().len(), 1);
    desk.push_unanswered();
    assert_eq!(desk.pushes().len(), 1, "the next one waits");
}

#[test]
fn what_headquarters_refuses_holds_up_nothing_on_the_register() {
    let mut desk = Desk::online();
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    let stage = Stage::Refused(refusal(ErrorCode::TooLong));
    let refused = OperationState {
        id: desk::operation(1),
        customer_id: desk::customer_id(1),
        progress: Some(stage.clone()),
    };
    desk.pull(vec![Change::Operation(refused)]);
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(stage.clone()));
    assert_eq!(desk.customer(1).account, Account::Pending(stage));
    desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    assert_eq!(desk.pushes().len(), 2, "the channel and headquarters keep what follows in its order");
}

#[test]
fn what_the_channel_is_too_old_for_is_tried_again_when_it_answers_anew() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_refusing(desk::operation(1), refusal(ErrorCode::UnsupportedVersion));
    assert!(matches!(desk.outbox()[0].progress, Progress::Refused(_)), "people see it meanwhile");
    assert_eq!(desk.pushes().len(), 1, "and nothing goes round in a circle");
    desk.lose_connection();
    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1)]);
    desk.push_accepted();
    assert_eq!(desk.outbox()[0].progress, Progress::Delivered(Stage::InChannel));
    assert_eq!(desk.customer(1).account, Account::Pending(Stage::InChannel));
}
