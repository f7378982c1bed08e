//! Customers whom the settings exclude while something of them is under way: they go with its end, also where a delivery
//! and new settings cross each other. Only what this tab stored itself: another one may know newer settings.

use kase_domain::CustomerId;

use crate::commit::Then;
use crate::register::Register;
use crate::{Effect, WriteBatch};

impl Register {
    /// Remembers whom a commit may leave in the store though nothing of them waits any more.
    pub(crate) fn doubt(&mut self, batch: &WriteBatch) {
        let finished = batch.finished.iter().map(|(id, _)| id);
        let ended = finished.chain(&batch.removed_entries).filter_map(|id| self.outbox.entry(*id));
        let ended: Vec<CustomerId> = ended.map(|entry| entry.customer_id).collect();
        let put = batch.customers.iter().map(|state| state.customer_id);
        self.doubtful.extend(put.chain(ended));
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
}
