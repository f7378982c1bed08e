//! Stories of several tabs: what they hear of each other, and who delivers.

use kase_domain::{Account, AccountNumber, OperationId, OperationKind, Stage};
use kase_register::{
    Acceptance, Answer, Connection, Effect, Event, PERFORM_LIMIT_MS, Progress, SendFailure, Shown,
    StoreError, TabMessage,
};
use kase_replication::{Change, HeadquartersReach, OperationState};

use crate::desk::{self, Desk, anna, change_customer, full_anna};

/// A desk whose tab does not lead, and has heard that all is well.
fn follower() -> Desk {
    let mut desk = Desk::online();
    desk.handle(Event::Leads(false));
    desk.handle(Event::TabSaid(TabMessage::Connection {
        connection: Connection::Online,
        last_exchange: None,
        acceptance: Acceptance::Works,
        jobs: Vec::new(),
    }));
    desk
}

fn recorded_elsewhere(desk: &mut Desk, asking: Vec<OperationId>) {
    desk.record_elsewhere(anna(1));
    desk.handle(Event::TabSaid(TabMessage::Recorded { customers: vec![desk::customer_id(1)], asking }));
}

#[test]
fn a_tab_that_does_not_lead_records_and_the_leading_one_pushes() {
    let mut desk = Desk::online();
    desk.handle(Event::Leads(false));
    desk.handle(Event::TabSaid(TabMessage::Connection {
        connection: Connection::Offline,
        last_exchange: None,
        acceptance: Acceptance::Works,
        jobs: Vec::new(),
    }));
    let create = desk.create(anna(1));
    assert!(matches!(desk.answer(create), Answer::Saved(_)));
    assert!(desk.pushes().is_empty());
    assert!(desk.said().iter().any(|message| matches!(message, TabMessage::Recorded { .. })));
}

#[test]
fn the_leading_tab_does_not_deliver_what_another_tab_is_asking_about() {
    let mut desk = Desk::online();
    recorded_elsewhere(&mut desk, vec![desk::operation(1)]);
    assert!(desk.pushes().is_empty(), "the other tab asks about it while its operator waits");
    desk.handle(Event::TabSaid(TabMessage::Asked { operations: vec![desk::operation(1)] }));
    assert_eq!(desk.pushes(), [[desk::operation(1)]]);
}

#[test]
fn what_a_tab_asked_about_before_it_died_is_delivered_by_the_leading_one() {
    let mut desk = Desk::online();
    recorded_elsewhere(&mut desk, vec![desk::operation(1)]);
    for _ in 0..PERFORM_LIMIT_MS / 1_000 {
        desk.pass_ms(1_000);
        desk.beat(HeadquartersReach::Reached);
    }
    assert!(desk.pushes().is_empty());
    desk.pass_ms(2_000);
    assert_eq!(desk.pushes(), [[desk::operation(1)]]);
}

#[test]
fn the_number_that_comes_while_another_tab_asks_ends_what_waits() {
    let mut desk = Desk::online();
    recorded_elsewhere(&mut desk, vec![desk::operation(1)]);
    desk.pull(vec![change_customer(1, "C-1")]);
    assert!(desk.outbox().is_empty());
    assert_eq!(desk.customer(1).account, Account::Synced(AccountNumber::parse("C-1").unwrap()));
}

#[test]
fn a_tab_says_what_it_asks_about_and_when_that_is_over() {
    let mut desk = follower();
    let create = desk.create(full_anna(1));
    let both = vec![desk::operation(1), desk::operation(1_001)];
    let asking =
        |message: &TabMessage| matches!(message, TabMessage::Recorded { asking, .. } if *asking == both);
    assert!(desk.said().iter().any(asking));
    desk.fail(create, SendFailure::Unreachable);
    assert!(desk.said().contains(&TabMessage::Asked { operations: both }));
}

#[test]
fn a_withdrawn_creation_is_over_for_other_tabs_only_after_it_is_gone_from_the_store() {
    let mut desk = follower();
    let create = desk.create(anna(1));
    desk.answer_refused(create, desk::refusal(kase_domain::ErrorCode::InvalidField));
    let said = desk.said();
    let applied = said.iter().position(|message| matches!(message, TabMessage::Applied { .. }));
    let asked = said.iter().position(|message| matches!(message, TabMessage::Asked { .. }));
    assert!(applied.is_some() && applied < asked, "{said:?}");
    assert!(desk.outbox().is_empty());
}

#[test]
fn held_edits_are_released_by_the_leading_tab_alone() {
    let mut desk = follower();
    let create = desk.create(full_anna(1));
    desk.fail(create, SendFailure::Unreachable);
    desk.number_elsewhere(1, "C-1");
    desk.handle(Event::TabSaid(TabMessage::Applied { customers: Vec::new(), settings: None }));
    assert!(desk.stored_performs().is_empty());
    desk.handle(Event::Leads(true));
    desk.reach_channel(HeadquartersReach::Reached);
    assert_eq!(desk.stored_performs().len(), 1);
    assert_eq!(desk.outbox()[1].progress, Progress::Held);
}

#[test]
fn an_edit_that_another_leader_delivered_ends_though_its_end_comes_before_it_was_read() {
    let mut desk = Desk::online();
    desk.deliver_elsewhere(OperationKind::EditCustomer, 7);
    let done = OperationState { id: desk::operation(7), customer_id: desk::customer_id(1), progress: None };
    desk.pull(vec![Change::Operation(done)]);
    assert!(desk.outbox().is_empty(), "the feed does not say it again");
}

#[test]
fn a_creation_that_another_leader_delivered_ends_though_its_number_comes_before_it_was_read() {
    let mut desk = Desk::online();
    desk.deliver_elsewhere(OperationKind::CreateCustomer, 1);
    desk.pull(vec![change_customer(1, "C-1")]);
    desk.handle(Event::TabSaid(TabMessage::Applied { customers: Vec::new(), settings: None }));
    assert!(desk.outbox().is_empty());
}

#[test]
fn customers_of_another_tab_are_read_again() {
    let mut desk = follower();
    recorded_elsewhere(&mut desk, Vec::new());
    let ids = vec![desk::customer_id(1)];
    assert!(desk.effects().contains(&Effect::Show(Shown::CustomersElsewhere(ids))));
}

#[test]
fn when_another_tab_clears_the_customers_every_tab_forgets_them() {
    let mut desk = follower();
    let settings = desk.filtered_settings();
    let applied = TabMessage::Applied { customers: Vec::new(), settings: Some(Box::new(settings)) };
    desk.handle(Event::TabSaid(applied));
    assert!(desk.effects().contains(&Effect::Show(Shown::AllCustomers)));
}

#[test]
fn a_stage_that_another_tab_stored_is_seen_here() {
    let mut desk = follower();
    let create = desk.create(anna(1));
    desk.answer_pending(create);
    assert_eq!(desk.customer(1).account, Account::Pending(Stage::InChannel));
}

#[test]
fn whom_another_tab_stores_though_the_settings_exclude_them_goes() {
    let mut desk = Desk::online();
    desk.filter_customers();
    desk.store_elsewhere(1);
    desk.handle(Event::TabSaid(TabMessage::Applied {
        customers: vec![desk::customer_id(1)],
        settings: None,
    }));
    assert!(desk.try_customer(1).is_none(), "it was asked for before the other tab heard of the settings");
}

#[test]
fn whom_the_settings_exclude_goes_when_the_store_works_again() {
    let mut desk = Desk::online();
    desk.filter_customers();
    desk.store_elsewhere(1);
    desk.store_fails(StoreError::Full);
    desk.handle(Event::TabSaid(TabMessage::Applied {
        customers: vec![desk::customer_id(1)],
        settings: None,
    }));
    assert!(desk.try_customer(1).is_some());
    desk.store_works();
    desk.pull(Vec::new());
    assert!(desk.try_customer(1).is_none());
}

#[test]
fn a_tab_that_takes_the_lead_deletes_whom_the_one_before_had_still_to_delete() {
    let mut desk = Desk::online();
    desk.filter_customers();
    desk.handle(Event::Leads(false));
    desk.store_elsewhere(1);
    desk.handle(Event::Leads(true));
    assert!(desk.try_customer(1).is_some(), "what was known before may have changed");
    desk.pull(Vec::new());
    assert!(desk.try_customer(1).is_none());
}
