//! What of the feed cannot be read holds up nothing, is counted, and is asked for again by a newer version.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use kase_domain::Timestamp;
use kase_register::{Effect, Event, Now, Opened, PassedOver, Progress, Register, Shown, ValueKey};
use kase_replication::{Change, HeadquartersReach, Hint, PROGRAM_VERSION, PullAnswer};
use serde_json::json;

use crate::desk::{Desk, anna, change_customer, customer_id, device};

fn of_a_newer_version(n: u128) -> Change {
    let account = json!({ "status": "merged" });
    serde_json::from_value(json!({ "kind": "customer", "customer_id": customer_id(n), "account": account }))
        .unwrap()
}

/// How many the screens were told of, each time.
fn counts(desk: &Desk) -> Vec<usize> {
    let count = |effect: &Effect| match effect {
        Effect::Show(Shown::PassedOver(count)) => Some(*count),
        _ => None,
    };
    desk.effects().iter().filter_map(count).collect()
}

/// What was kept of it last.
fn kept(desk: &Desk) -> String {
    let value = |effect: &Effect| match effect {
        Effect::Commit(_, batch) => {
            batch.values.iter().find(|(key, _)| *key == ValueKey::PassedOver).cloned()
        }
        _ => None,
    };
    desk.effects().iter().rev().find_map(value).unwrap().1.unwrap()
}

#[test]
fn a_change_that_cannot_be_read_holds_up_no_other_and_is_counted_until_it_can_be() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(9));
    desk.reach_channel(HeadquartersReach::Reached);
    desk.push_accepted();
    let weather: Change = serde_json::from_value(json!({ "kind": "weather" })).unwrap();
    desk.pull(vec![change_customer(1, "C-1"), of_a_newer_version(2), weather, desk.synced_change(9, "C-9")]);
    assert!(desk.try_customer(1).is_some() && desk.try_customer(2).is_none());
    assert!(desk.outbox().is_empty(), "what came beside it has ended the waiting");
    desk.pull(vec![of_a_newer_version(2)]);
    desk.pull(vec![change_customer(2, "C-2")]);
    assert_eq!(counts(&desk), [2, 1]);
    desk.pull_restarted();
    assert_eq!(counts(&desk), [2, 1, 0]);
}

#[test]
fn an_operation_of_a_newer_stage_stays_and_waits() {
    let mut desk = Desk::online();
    desk.lose_connection();
    desk.create(anna(1));
    let progress = json!({ "stage": "on_the_moon" });
    let id = customer_id(1);
    let change = json!({ "kind": "operation", "id": id, "customer_id": id, "progress": progress });
    desk.reach_channel(HeadquartersReach::Reached);
    desk.pull(vec![serde_json::from_value(change).unwrap()]);
    assert_eq!(desk.outbox()[0].progress, Progress::Ready);
}

#[test]
fn a_newer_version_of_the_app_pulls_from_the_beginning_and_forgets_what_was_passed_over() {
    let mut desk = Desk::online();
    desk.pull(vec![of_a_newer_version(2)]);
    let kept = kept(&desk);
    let older = kept.replace(PROGRAM_VERSION, "0.0.1");
    assert_ne!(kept, older);
    for (kept, expected) in [(&kept, Some("a.1")), (&older, None)] {
        let passed_over: PassedOver = serde_json::from_str(kept).unwrap();
        assert_eq!(passed_over.count(), 1);
        let opened = Opened { cursor: Some("a.1".into()), passed_over, ..Opened::default() };
        let mut register = Register::new(device(), None, opened);
        let now = Now { wall: Timestamp(0), steady: Timestamp(0) };
        register.handle(Event::Leads(true), now, 0);
        let place = String::from("riga-centrs");
        let hello = Hint::Hello { place, headquarters: HeadquartersReach::Reached };
        let effects = register.handle(Event::Hinted(hello), now, 0);
        assert!(effects.contains(&Effect::Pull(expected.map(Into::into))), "{effects:?}");
        let answer = PullAnswer { cursor: "a.2".into(), ..PullAnswer::default() };
        let effects = register.handle(Event::Pulled(Ok(answer)), now, 0);
        let forgets = |effect: &Effect| {
            matches!(effect, Effect::Commit(_, batch)
            if batch.values.iter().any(|(key, value)| *key == ValueKey::PassedOver && *value != Some(kept.clone())))
        };
        assert_eq!(effects.iter().any(forgets), expected.is_none());
    }
}
