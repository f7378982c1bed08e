//! A browser that is a register: its store, and its tabs.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use kase_domain::{CustomerId, OperationId, Timestamp};
use kase_register::{Device, KeptWitness, MemoryStore, Opened, Register, RequestId, WriteBatch};

use crate::people::Deed;

/// A browser. Its store outlives its tabs.
pub(crate) struct Browser {
    /// Its channel's place.
    pub(crate) channel: usize,
    pub(crate) device: Device,
    pub(crate) store: MemoryStore,
    pub(crate) tabs: Vec<Tab>,
    /// The tab that holds the lock.
    pub(crate) leader: Option<usize>,
    /// No message passes between it and the channel.
    pub(crate) is_cut: bool,
    /// Somebody else answers whatever it sends: a hotel's page to sign in.
    pub(crate) has_portal: bool,
    /// How far its wall clock is from the right time, in milliseconds.
    pub(crate) wall_skew_ms: i64,
    /// What is kept beside the database, where its deletion does not reach.
    pub(crate) kept: Option<KeptWitness>,
    /// Counts its databases.
    pub(crate) database: u64,
    /// The outbox in its store, as the commits have left it.
    pub(crate) outbox: BTreeMap<OperationId, CustomerId>,
    /// What it keeps of finished operations, in case that the servers forget them.
    pub(crate) finished: BTreeMap<OperationId, CustomerId>,
    /// Changes that were done while the operator waited, and are kept all the same.
    pub(crate) performed: usize,
    /// Whether the settings in its store exclude customers.
    pub(crate) excludes: bool,
    /// Customers who are there all the same, and since when.
    pub(crate) excluded: BTreeMap<CustomerId, Timestamp>,
    /// Customers whose account number was in the store.
    pub(crate) synced: BTreeSet<CustomerId>,
}

/// A tab.
#[derive(Default)]
pub(crate) struct Tab {
    /// Counts its lives.
    pub(crate) life: u64,
    /// What runs in it, while it is open.
    pub(crate) register: Option<Register>,
    pub(crate) store_queue: VecDeque<StoreEffect>,
    pub(crate) store_is_busy: bool,
    /// Requests that wait for their answer.
    pub(crate) requests: BTreeSet<u64>,
    /// What people wait for.
    pub(crate) deeds: BTreeMap<RequestId, Deed>,
    pub(crate) alarm: u64,
    /// The stream of hints that counts.
    pub(crate) stream: u64,
    /// The stream that the channel serves, with the channel's life.
    pub(crate) served: Option<(u64, u64)>,
    /// Counts requests, streams and intents.
    pub(crate) count: u64,
}

/// An effect on the store.
pub(crate) enum StoreEffect {
    Commit(RequestId, Box<WriteBatch>),
    ReadOutbox { after: u64 },
}

impl Tab {
    /// A new number for a request, a stream or an intent.
    pub(crate) fn next(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Its memory is gone.
    pub(crate) fn close(&mut self) {
        *self = Self { life: self.life + 1, count: self.count, ..Self::default() };
    }

    pub(crate) fn open(&mut self, device: Device, opened: Opened) {
        self.register = Some(Register::new(device, Some("1001".into()), opened));
    }
}

impl Browser {
    /// Whether the store has an operation: to be sent, or in case that the servers forget it.
    pub(crate) fn holds(&self, id: &OperationId) -> bool {
        self.outbox.contains_key(id) || self.finished.contains_key(id)
    }

    /// Does what a commit has done to the operations of the store.
    pub(crate) fn follow(&mut self, batch: &WriteBatch) {
        if batch.clear_customers || batch.drop_finished {
            self.finished.clear();
        }
        self.finished.retain(|_, customer| !batch.removed_customers.contains(customer));
        self.outbox.extend(batch.recorded.iter().map(|entry| (entry.id, entry.customer_id)));
        for (id, _) in &batch.finished {
            self.finished.extend(self.outbox.remove(id).map(|customer| (*id, customer)));
        }
        if batch.deliver_again {
            self.outbox.append(&mut self.finished);
        }
        self.outbox.retain(|id, _| !batch.removed_entries.contains(id));
    }
}
