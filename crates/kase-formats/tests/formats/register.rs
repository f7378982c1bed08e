//! What a register keeps besides customers and operations, and what its tabs tell each other. A tab that was not
//! loaded anew may be of another version than the one beside it.

use kase_domain::{Stage, Timestamp};
use kase_register::{
    Acceptance, Connection, Device, KeptWitness, Loss, PassedOver, Progress, Session, TabMessage, ValueKey,
};
use kase_replication::{Cursor, Job, JobTrouble, Trouble, Witness};
use serde_json::{from_value, json};

use crate::format::{Cases, opens};
use crate::sample;

#[test]
fn how_far_an_entry_of_the_outbox_is_is_understood() {
    let refused = Progress::Delivered(Stage::Refused(sample::refusal()));
    let all = vec![
        ("ready", Progress::Ready),
        ("held", Progress::Held),
        ("delivered, in channel", Progress::Delivered(Stage::InChannel)),
        ("delivered, at headquarters", Progress::Delivered(Stage::AtHeadquarters)),
        ("delivered, number assigned", Progress::Delivered(Stage::NumberAssigned)),
        ("delivered, refused", refused),
        ("refused", Progress::Refused(sample::refusal_least())),
    ];
    // A progress that is added does not compile here: it needs a place above.
    let all: Cases<Progress> = all
        .into_iter()
        .inspect(|(_, progress)| match progress {
            Progress::Ready | Progress::Held | Progress::Delivered(_) | Progress::Refused(_) => {}
        })
        .collect();
    let before_discarding = all.clone();
    let discarded = Progress::Delivered(Stage::Discarded(sample::refusal()));
    let today = all.into_iter().chain([("delivered, discarded", discarded)]).collect();
    opens("progress", &[before_discarding, today]);
}

fn device(delivers_only: bool) -> Device {
    Device {
        register: "RIGA-1".into(),
        channel: "riga-centrs".into(),
        reference_prefix: "R1".into(),
        token: "riga-centrs.0101010101010101".into(),
        delivers_only,
    }
}

#[test]
fn what_a_browser_was_activated_as_is_understood() {
    let before_deactivation = vec![("activated", device(false))];
    let today = vec![("activated", device(false)), ("deactivated", device(true))];
    opens("device", &[before_deactivation, today]);
}

fn session(ended: bool) -> Session {
    Session {
        operator: "1001".into(),
        name: "Anna Ozola".into(),
        token: if ended { String::new() } else { "riga-centrs.0202020202020202".into() },
        expires_at: Timestamp(1_762_043_200_000),
        ended,
    }
}

#[test]
fn who_was_signed_in_is_understood() {
    let before_sessions_ended = vec![("signed in", session(false))];
    let today = vec![("signed in", session(false)), ("ended by itself", session(true))];
    opens("session", &[before_sessions_ended, today]);
}

/// The other values are a text and a number in JSON, and settings, which are a format of their own.
#[test]
fn where_the_feed_was_read_to_is_understood() {
    let cursor = "00000000000000000000000000000007.42";
    opens("cursor", &[vec![("of a feed", cursor.to_owned())]]);
    assert_eq!(cursor.parse::<Cursor>().map(|cursor| cursor.position), Ok(42));
    opens("last-exchange", &[vec![("some day", Timestamp(1_762_000_000_000))]]);
}

#[test]
fn the_names_of_values_stay() {
    let names = ValueKey::ALL.map(ValueKey::as_str);
    let expected = [
        "device",
        "channel",
        "session",
        "settings",
        "cursor",
        "last_exchange",
        "passed_over",
        "database",
        "loss",
    ];
    assert_eq!(names, expected, "add, and never rename");
}

#[test]
fn what_was_passed_over_is_understood() {
    let kept: PassedOver = from_value(json!({ "version": "0.1.0", "keys": ["weather 1"] })).unwrap();
    assert_eq!(kept.count(), 1);
    opens("passed-over", &[vec![("nothing", PassedOver::default()), ("a change", kept)]]);
}

#[test]
fn what_a_deleted_database_has_cost_is_understood() {
    let loss = Loss {
        elsewhere: true,
        recorded: 3,
        lost_at: vec![Timestamp(1_762_000_000_000)],
        beyond: 1,
        asked: true,
        heard_at: Some(Timestamp(1_762_000_000_001)),
        to_ask: None,
    };
    let nothing = Loss { lost_at: Vec::new(), heard_at: None, ..loss.clone() };
    let to_ask = Loss { asked: false, to_ask: Some(sample::witness()), ..loss.clone() };
    // Before a register asked once more: what could not be asked about stayed so.
    let first = vec![("something", loss), ("nothing known", nothing)];
    let today = first.iter().cloned().chain([("still to be asked about", to_ask)]).collect();
    opens("loss", &[first, today]);
}

#[test]
fn what_is_kept_beside_the_database_is_understood() {
    let kept = KeptWitness {
        register: "RIGA-1".into(),
        channel: "riga-centrs".into(),
        database: "0101".into(),
        counted: 9,
        witness: Witness { recorded: 9, references: 8, ..Witness::default() },
    };
    opens("kept-witness", &[vec![("of a register", kept)]]);
}

fn said_in_every_version(
    customers_asked: bool,
    acceptance: Acceptance,
    jobs: Vec<JobTrouble>,
) -> Cases<TabMessage> {
    let customers = vec![sample::customer_id(1), sample::customer_id(2)];
    let asking = if customers_asked { vec![sample::operation_id(1)] } else { Vec::new() };
    let settings = Some(Box::new(sample::settings_least()));
    vec![
        ("recorded", TabMessage::Recorded { customers: customers.clone(), asking }),
        ("applied", TabMessage::Applied { customers: customers.clone(), settings: None }),
        ("applied, with settings", TabMessage::Applied { customers, settings }),
        (
            "connection",
            TabMessage::Connection {
                connection: Connection::HeadquartersOutOfReach,
                last_exchange: Some(Timestamp(1_762_000_000_000)),
                acceptance,
                jobs,
            },
        ),
        ("asking", TabMessage::Asking),
        ("access changed", TabMessage::AccessChanged),
    ]
}

#[test]
fn what_tabs_tell_each_other_is_understood() {
    let seen = |connection, acceptance| TabMessage::Connection {
        connection,
        last_exchange: None,
        acceptance,
        jobs: Vec::new(),
    };
    let since_asking = |jobs| {
        let mut said = said_in_every_version(true, Acceptance::DeliversOnly, jobs);
        said.extend([
            ("asked", TabMessage::Asked { operations: vec![sample::operation_id(1)] }),
            ("connection, offline", seen(Connection::Offline, Acceptance::Works)),
            ("connection, online", seen(Connection::Online, Acceptance::Rejected)),
        ]);
        said
    };
    let trouble = JobTrouble { job: Job::Synchronize, trouble: Trouble::Failing, waiting: 2 };
    let today = since_asking(vec![trouble]);
    // A message that is added does not compile here: it needs a place above.
    for (_, message) in &today {
        match message {
            TabMessage::Recorded { .. }
            | TabMessage::Asked { .. }
            | TabMessage::Applied { .. }
            | TabMessage::Connection { .. }
            | TabMessage::Asking
            | TabMessage::AccessChanged => {}
        }
    }
    // Before tabs told each other what they ask about, and how the channel takes this register; before they told which
    // jobs do not do their work.
    let first = said_in_every_version(false, Acceptance::Works, Vec::new());
    opens("tab-message", &[first, since_asking(Vec::new()), today]);
}
