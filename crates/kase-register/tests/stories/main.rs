//! What a register does, told as stories: a desk with a register at it, a store that always works unless it is
//! told not to, and a channel that answers what the story says.

mod acceptance;
mod attributes;
mod correction;
mod desk;
mod discarded;
mod finished;
mod held;
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
fn with_filtered_customer_data_nothing_stays_on_the_register() {
    let mut desk = Desk::online();
    desk.hold(change_customer(9, "C-9"));
    desk.filter_customers();
    assert!(desk.try_customer(9).is_none(), "replicas go at once");
    let create = desk.create(anna(1));
    assert_eq!(desk.recorded_count(), 0);
    desk.fail(create, SendFailure::Unreachable);
    assert_eq!(desk.answer(create), Answer::NotKnown);
    desk.lose_connection();
    let create = desk.create(anna(1));
    assert_eq!(desk.answer(create), Answer::Excluded);
}

#[test]
fn what_waits_survives_the_filter_until_the_channel_has_it() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.filter_customers();
    assert_eq!(desk.outbox().len(), 1);
    assert!(desk.try_customer(1).is_some());
}

#[test]
fn whom_new_settings_exclude_goes_though_the_delivery_crosses_them() {
    for settings_first in [true, false] {
        let mut desk = Desk::online();
        desk.lose_connection();
        desk.create(anna(1));
        desk.reach_channel(HeadquartersReach::Reached);
        desk.hold_commits();
        if settings_first {
            desk.filter_customers();
        }
        desk.push_known_with_number("C-1");
        if !settings_first {
            desk.filter_customers();
        }
        assert!(desk.try_customer(1).is_some());
        desk.release_commits();
        assert!(desk.outbox().is_empty());
        assert!(desk.try_customer(1).is_none(), "settings first: {settings_first}");
    }
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
fn with_filtered_customer_data_what_the_channel_has_goes_from_the_register() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.filter_customers();
    desk.push_accepted();
    assert!(desk.try_customer(1).is_none());
    let done = OperationState { id: desk::operation(1), customer_id: desk::customer_id(1), progress: None };
    desk.pull(vec![Change::Operation(done)]);
    assert!(desk.outbox().is_empty());
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
