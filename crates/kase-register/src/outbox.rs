//! The outbox in memory: what waits, without its bytes, in the order of recording.

use std::collections::{BTreeMap, HashMap, HashSet};

use kase_domain::{CustomerId, OperationId, Timestamp};
use kase_replication::{Waiting, plan_batch};

use crate::{OutboxEntry, Progress};

/// A mirror of the store's outbox.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    entries: BTreeMap<u64, OutboxEntry>,
    orders: HashMap<OperationId, u64>,
    /// Operations that this tab is asking the channel about; they are not pushed meanwhile.
    asking: HashSet<OperationId>,
    /// The same of other tabs, with when such a tab is taken for gone.
    elsewhere: HashMap<OperationId, Timestamp>,
}

impl Outbox {
    /// Takes entries over from the store, in place of what is known of them.
    pub(crate) fn load(&mut self, entries: Vec<OutboxEntry>, all: bool) {
        if all {
            self.entries.clear();
            self.orders.clear();
        }
        for entry in entries {
            self.orders.insert(entry.id, entry.order);
            self.entries.insert(entry.order, entry);
        }
    }

    /// The order of the last entry that is known.
    pub(crate) fn last_order(&self) -> u64 {
        self.entries.last_key_value().map_or(0, |(order, _)| *order)
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &OutboxEntry> {
        self.entries.values()
    }

    pub(crate) fn entry(&self, id: OperationId) -> Option<&OutboxEntry> {
        self.entries.get(self.orders.get(&id)?)
    }

    pub(crate) fn of_customer(&self, id: CustomerId) -> impl Iterator<Item = &OutboxEntry> {
        self.entries.values().filter(move |entry| entry.customer_id == id)
    }

    pub(crate) fn set_progress(&mut self, id: OperationId, progress: Progress, at: Timestamp) {
        if let Some(entry) = self.orders.get(&id).and_then(|order| self.entries.get_mut(order)) {
            entry.advance(progress, at);
        }
    }

    pub(crate) fn remove(&mut self, id: OperationId) {
        if let Some(order) = self.orders.remove(&id) {
            self.entries.remove(&order);
        }
    }

    pub(crate) fn ask(&mut self, id: OperationId) {
        self.asking.insert(id);
    }

    /// Another tab is asking the channel about it, and may do so until then.
    pub(crate) fn asked_elsewhere_until(&mut self, id: OperationId, until: Timestamp) {
        self.elsewhere.insert(id, until);
    }

    pub(crate) fn asked(&mut self, id: OperationId) {
        self.asking.remove(&id);
        self.elsewhere.remove(&id);
    }

    pub(crate) fn is_asking(&self, id: OperationId) -> bool {
        self.asking.contains(&id) || self.elsewhere.contains_key(&id)
    }

    /// Takes tabs that should have had their answer for gone; tells whether there were any.
    pub(crate) fn forget_askers(&mut self, now: Timestamp) -> bool {
        let before = self.elsewhere.len();
        self.elsewhere.retain(|_, until| *until > now);
        self.elsewhere.len() < before
    }

    /// When [`Self::forget_askers`] matters next.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.elsewhere.values().min().copied()
    }

    /// The next batch to push.
    pub(crate) fn next_batch(&self) -> Vec<OperationId> {
        plan_batch(
            self.entries.values().filter(|entry| !matches!(entry.progress, Progress::Delivered(_))).map(
                |entry| Waiting {
                    id: entry.id,
                    customer_id: entry.customer_id,
                    bytes: entry.bytes as usize,
                    ready: entry.progress == Progress::Ready && !self.is_asking(entry.id),
                },
            ),
        )
    }
}
