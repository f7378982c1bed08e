//! What waits, in the words of the Sync status screen.

use std::collections::{HashMap, HashSet};

use kase_domain::{Account, CustomerId, CustomerKind, Stage, Timestamp};
use kase_replication::CustomerState;

use crate::outbox::Outbox;
use crate::{Connection, Progress, WaitingOperation};

/// Every operation of the outbox with whom it is about.
pub(crate) fn waiting_operations(
    outbox: &Outbox,
    own: &HashMap<CustomerId, CustomerState>,
) -> Vec<WaitingOperation> {
    let mut refused = HashSet::new();
    let waiting = |entry: &crate::OutboxEntry| {
        let behind_refused = refused.contains(&entry.customer_id);
        if matches!(entry.progress, Progress::Refused(_)) {
            refused.insert(entry.customer_id);
        }
        let state = own.get(&entry.customer_id);
        WaitingOperation {
            id: entry.id,
            customer_id: entry.customer_id,
            kind: entry.kind,
            customer_kind: state.map_or(CustomerKind::Person, |state| state.customer.kind()),
            name: state.map(|state| state.customer.display_name()).unwrap_or_default(),
            label: state.map(label).unwrap_or_default(),
            recorded_at: entry.recorded_at,
            progress: entry.progress.clone(),
            since: entry.since,
            has_account_number: state.is_some_and(|state| !state.account.is_pending()),
            behind_refused,
        }
    };
    outbox.entries().map(waiting).collect()
}

/// What waits longer than it should, and what that is up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stuck {
    /// The store's server is not reached.
    Offline,
    /// The store's server is reached, and has not taken it.
    NotTaken,
    /// Headquarters is not reached from the store's server.
    HeadquartersOutOfReach,
    /// Headquarters' job has not brought it there.
    InChannel,
    /// Headquarters has it, and gives it no account number or does not apply it.
    AtHeadquarters,
}

/// With a connection, each step is one of seconds, in milliseconds.
const STUCK_REACHED_MS: u64 = 15 * 60 * 1_000;

/// Without one, and at headquarters, whose jobs may have schedules, a day is worth a question, in milliseconds.
const STUCK_AWAY_MS: u64 = 24 * 60 * 60 * 1_000;

/// Failed pushes in a row after which a person should look, whatever the time.
const STUCK_TRIES: u32 = 8;

/// Whether an operation has been where it is for too long; by the wall clock, for people to read.
pub fn stuck(
    operation: &WaitingOperation,
    connection: Connection,
    tries: u32,
    now: Timestamp,
) -> Option<Stuck> {
    let (stuck, limit_ms) = match (&operation.progress, connection) {
        (Progress::Ready, Connection::Offline) => (Stuck::Offline, STUCK_AWAY_MS),
        (Progress::Ready, _) if tries >= STUCK_TRIES => return Some(Stuck::NotTaken),
        (Progress::Ready, _) => (Stuck::NotTaken, STUCK_REACHED_MS),
        (Progress::Delivered(Stage::InChannel | Stage::OnRegister), Connection::HeadquartersOutOfReach) => {
            (Stuck::HeadquartersOutOfReach, STUCK_AWAY_MS)
        }
        (Progress::Delivered(Stage::InChannel | Stage::OnRegister), _) => {
            (Stuck::InChannel, STUCK_REACHED_MS)
        }
        (Progress::Held | Progress::Delivered(Stage::AtHeadquarters | Stage::NumberAssigned), _) => {
            (Stuck::AtHeadquarters, STUCK_AWAY_MS)
        }
        // What a person has to decide is no longer on its way.
        (Progress::Refused(_) | Progress::Delivered(Stage::Refused(_) | Stage::Discarded(_)), _) => {
            return None;
        }
    };
    (operation.since.age_ms(now) >= limit_ms).then_some(stuck)
}

/// What people call a customer: its account number, or its short reference until that is there.
pub fn label(state: &CustomerState) -> String {
    match (&state.account, &state.reference) {
        (Account::Synced(number), _) => number.as_str().to_owned(),
        (Account::Pending(_), Some(reference)) => reference.as_str().to_owned(),
        (Account::Pending(_), None) => String::new(),
    }
}
