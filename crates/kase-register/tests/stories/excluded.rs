//! *Filter shared customer data tables*: no customer stays on the register.

use kase_domain::Switch;
use kase_register::{Answer, SendFailure};
use kase_replication::{Change, HeadquartersReach, OperationState};

use crate::desk::{self, Desk, anna, change_customer};

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
fn with_filtered_customer_data_a_change_is_saved_when_the_channel_says_so_and_stays_nowhere_else() {
    let mut desk = Desk::online();
    desk.hold(change_customer(9, "C-9"));
    desk.switch_on(&[Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]);
    let seen = desk.customer(9);
    desk.filter_customers();
    desk.beat(HeadquartersReach::OutOfReach);
    let edit = desk.edit_seen(&seen, |record| record.first_name = Some("Anete".into()));
    assert_eq!((desk.recorded_count(), desk.performed(edit).len()), (0, 1), "the channel is asked");
    desk.answer_pending(edit);
    assert!(matches!(desk.answer(edit), Answer::Saved(_)));
    assert_eq!((desk.recorded_count(), desk.try_customer(9)), (0, None));
    desk.lose_connection();
    let edit = desk.edit_seen(&seen, |record| record.first_name = Some("Agnese".into()));
    assert_eq!((desk.answer(edit), desk.recorded_count()), (Answer::Excluded, 0));
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
