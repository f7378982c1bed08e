//! What waits, in the words of the Sync status screen.

use std::collections::HashMap;

use kase_domain::{Account, CustomerId, CustomerKind};
use kase_replication::CustomerState;

use crate::WaitingOperation;
use crate::outbox::Outbox;

/// Every operation of the outbox with whom it is about.
pub(crate) fn waiting_operations(
    outbox: &Outbox,
    own: &HashMap<CustomerId, CustomerState>,
) -> Vec<WaitingOperation> {
    let waiting = |entry: &crate::OutboxEntry| {
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
        }
    };
    outbox.entries().map(waiting).collect()
}

/// What people call a customer: its account number, or its short reference until that is there.
pub fn label(state: &CustomerState) -> String {
    match (&state.account, &state.reference) {
        (Account::Synced(number), _) => number.as_str().to_owned(),
        (Account::Pending(_), Some(reference)) => reference.as_str().to_owned(),
        (Account::Pending(_), None) => String::new(),
    }
}
