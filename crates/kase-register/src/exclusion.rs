//! Customers whom the settings exclude while something of them is under way: they go with its end, also where a delivery
//! and new settings cross each other, or another tab stores what it asked about before it heard of them. Only the leading
//! tab deletes: another one may know newer settings.

use kase_domain::CustomerId;
use kase_replication::CustomerState;

use crate::commit::Then;
use crate::register::Register;
use crate::{Effect, Progress, WriteBatch};

impl Register {
    /// Remembers whom a commit may leave in the store though nothing of them waits any more.
    pub(crate) fn doubt(&mut self, batch: &WriteBatch) {
        let finished = batch.finished.iter().map(|(id, _)| id);
        let ended = finished.chain(&batch.removed_entries).filter_map(|id| self.outbox.entry(*id));
        let ended: Vec<CustomerId> = ended.map(|entry| entry.customer_id).collect();
        let put = batch.customers.iter().map(|state| state.customer_id);
        self.doubtful.extend(put.chain(ended));
    }

    /// Remembers whom another tab has stored, who may know older settings.
    pub(crate) fn doubt_all(&mut self, customers: &[CustomerId]) {
        self.doubtful.extend(customers);
    }

    /// The channel has said what may be here. A tab that begins to lead deletes everybody who may not be here: what the one before had
    /// still to delete, nobody remembers. Not while somebody waits here: another tab may be storing their number.
    pub(crate) fn sweep(&mut self, out: &mut Vec<Effect>) {
        if self.sweeps && self.leads && !self.keeps_customers() {
            let mut batch = WriteBatch::default();
            self.clear_customers(&mut batch);
            if batch.customers.is_empty() {
                self.sweeps = false;
                self.commit(batch, Then::OutboxStored(Vec::new()), out);
            }
        }
    }

    /// The leading tab deletes customers who may not be here and of whom nothing is under way.
    pub(crate) fn drop_excluded(&mut self, out: &mut Vec<Effect>) {
        if !self.leads || self.keeps_customers() {
            // New settings may be about to be stored.
            if self.commits.is_empty() {
                self.doubtful.clear();
            }
            return;
        }
        let (own, outbox) = (&self.own, &self.outbox);
        let is_here_for = |id: &CustomerId| own.contains_key(id) || outbox.of_customer(*id).next().is_some();
        let removed_customers: Vec<CustomerId> =
            self.doubtful.extract_if(.., |id| !is_here_for(id)).collect();
        if !removed_customers.is_empty() {
            let batch = WriteBatch { removed_customers, ..WriteBatch::default() };
            self.commit(batch, Then::OutboxStored(Vec::new()), out);
        }
    }

    /// Deletes everybody, but those of whom something waits that the channel does not have.
    pub(crate) fn clear_customers(&self, batch: &mut WriteBatch) {
        // Whose creation is not here any more may have been withdrawn, whatever else still waits of it.
        let is_real = |state: &CustomerState| {
            !state.account.is_pending() || self.outbox.entry(state.customer_id.into()).is_some()
        };
        let waits = |state: &&CustomerState| {
            let mut entries = self.outbox.of_customer(state.customer_id);
            is_real(state) && entries.any(|entry| !matches!(entry.progress, Progress::Delivered(_)))
        };
        batch.clear_customers = true;
        batch.customers = self.own.values().filter(waits).cloned().collect();
    }
}
