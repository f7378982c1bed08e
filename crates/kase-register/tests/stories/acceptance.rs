//! Stories of a register that the channel does not take as before.

use kase_domain::ErrorCode;
use kase_register::{
    Acceptance, Answer, Connection, Device, Effect, Event, SendFailure, Shown, StoreError, StreamEnd,
    TabMessage,
};
use kase_replication::HeadquartersReach;

use crate::desk::{self, Desk, anna, change_customer, operation_at, refusal};

#[test]
fn a_deactivated_register_stops_creating() {
    let mut desk = Desk::online();
    let create = desk.create(anna(1));
    desk.fail(create, SendFailure::Refused(refusal(ErrorCode::Forbidden)));
    assert_eq!(desk.answer(create), Answer::Refused(refusal(ErrorCode::Forbidden)));
    assert!(desk.outbox().is_empty() && desk.try_customer(1).is_none());
}

#[test]
fn a_register_deactivated_while_it_was_away_delivers_and_creates_nothing_more() {
    let mut desk = Desk::online();
    desk.hold(change_customer(9, "C-9"));
    desk.lose_connection();
    let before = desk.create(anna(1));
    assert!(matches!(desk.answer(before), Answer::Saved(_)));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.pull_delivers_only(true);
    assert_eq!(desk.pushes(), [[desk::operation(1)]]);
    assert!(desk.effects().contains(&Effect::Show(Shown::Acceptance(Acceptance::DeliversOnly))));
    assert!(desk.try_customer(9).is_none(), "replicas go at once");
    assert!(desk.try_customer(1).is_some(), "what waits stays until the channel has it");
    desk.lose_connection();
    let after = desk.create(anna(2));
    assert_eq!(desk.answer(after), Answer::Deactivated);
    let edit = desk.edit(1, |record| record.last_name = Some("Ozola".into()));
    assert_eq!(desk.answer(edit), Answer::Deactivated);
}

#[test]
fn what_a_deactivated_register_delivered_leaves_its_list_when_it_has_taken_effect() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.pull_delivers_only(true);
    desk.push_accepted();
    assert!(desk.try_customer(1).is_none(), "the channel has it");
    desk.pull_deactivated(vec![operation_at(1, 1, None)]);
    assert!(desk.outbox().is_empty(), "{:?}", desk.outbox());
}

#[test]
fn what_had_taken_effect_before_the_register_was_deactivated_leaves_its_list_with_the_same_pull() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    desk.pull_deactivated(vec![operation_at(1, 1, None)]);
    assert!(desk.outbox().is_empty(), "{:?}", desk.outbox());
}

#[test]
fn a_deactivated_register_remembers_it_and_may_be_taken_back() {
    let mut desk = Desk::online();
    desk.pull_delivers_only(true);
    assert!(desk.kept_device().unwrap().delivers_only);
    desk.pull_delivers_only(false);
    assert!(!desk.kept_device().unwrap().delivers_only);
    let create = desk.create(anna(1));
    assert_eq!(desk.performed(create).len(), 1);
}

#[test]
fn every_tab_hears_how_the_channel_takes_the_register() {
    let mut desk = Desk::online();
    desk.pull_delivers_only(true);
    let told = |message: &TabMessage| {
        matches!(message, TabMessage::Connection { acceptance: Acceptance::DeliversOnly, .. })
    };
    assert!(desk.said().iter().any(told));

    let mut other = Desk::online();
    other.handle(Event::Leads(false));
    let said = desk.said().into_iter().find(told).unwrap();
    other.handle(Event::TabSaid(said));
    let create = other.create(anna(1));
    assert_eq!(other.answer(create), Answer::Deactivated);
    assert!(other.effects().contains(&Effect::Show(Shown::AllCustomers)));
}

#[test]
fn a_device_token_that_the_stream_rejects_is_told_and_customers_are_still_created() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.handle(Event::NetworkHinted { online: true });
    desk.handle(Event::HintsEnded(StreamEnd::Rejected));
    assert!(desk.effects().contains(&Effect::Show(Shown::Acceptance(Acceptance::Rejected))));
    assert_eq!(desk.connection(), Connection::Offline);
    let create = desk.create(anna(1));
    assert!(matches!(desk.answer(create), Answer::Saved(_)));

    let opened = desk.opened_streams();
    desk.pass_ms(10_000);
    assert_eq!(desk.opened_streams(), opened, "a person has to do something first");
    desk.pass_ms(5_000);
    assert_eq!(desk.opened_streams(), opened + 1);
    desk.reach_channel(HeadquartersReach::Reached);
    assert!(desk.effects().contains(&Effect::Show(Shown::Acceptance(Acceptance::Works))));
}

#[test]
fn a_register_that_is_activated_again_delivers_at_once() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.handle(Event::NetworkHinted { online: true });
    desk.handle(Event::HintsEnded(StreamEnd::Rejected));
    let opened = desk.opened_streams();
    desk.handle(Event::DeviceRenewed(Device { token: "another".into(), ..desk::device() }));
    assert_eq!(desk.opened_streams(), opened + 1);
    assert!(desk.effects().contains(&Effect::Show(Shown::Acceptance(Acceptance::Works))));
    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.pushes().last().unwrap(), &[desk::operation(1)]);
}

#[test]
fn a_rejected_push_is_told() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.handle(Event::Pushed(Err(SendFailure::Rejected)));
    assert!(desk.effects().contains(&Effect::Show(Shown::Acceptance(Acceptance::Rejected))));
    assert_eq!(desk.outbox().len(), 1, "nothing is lost");
}

#[test]
fn a_deactivated_register_whose_token_is_rejected_too_creates_nothing() {
    let mut desk = Desk::online();
    desk.pull_delivers_only(true);
    desk.handle(Event::HintsEnded(StreamEnd::Rejected));
    let create = desk.create(anna(1));
    assert_eq!(desk.answer(create), Answer::Deactivated);
}

#[test]
fn customers_go_from_a_deactivated_register_also_when_the_first_try_fails() {
    let mut desk = Desk::online();
    desk.hold(change_customer(9, "C-9"));
    desk.store_fails(StoreError::Full);
    desk.pull_delivers_only(true);
    assert!(desk.try_customer(9).is_some());
    desk.store_works();
    desk.handle(Event::RetryRequested);
    desk.pull_delivers_only(true);
    assert!(desk.try_customer(9).is_none());
    assert!(desk.kept_device().unwrap().delivers_only);
}
