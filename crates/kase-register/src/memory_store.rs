//! A store in memory: what tests and the simulator give a register. It does what a browser's database does,
//! whole or not at all, and forgets everything with its last handle; no person's data may be trusted to it.

use std::cell::RefCell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kase_domain::{Account, CustomerId, OperationId, Timestamp};
use kase_replication::{Claim, CustomerState};

use crate::{
    MOST_FINISHED, NewEntry, OutboxEntry, Progress, RegisterStore, StoreError, Unreadable, ValueKey,
    WriteBatch,
};

/// A handle to a database in memory. Clones are other tabs: they see the same rows.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    rows: Rc<RefCell<Rows>>,
}

#[derive(Debug, Default)]
struct Rows {
    customers: BTreeMap<CustomerId, CustomerState>,
    outbox: BTreeMap<u64, (OutboxEntry, String)>,
    orders: BTreeMap<OperationId, u64>,
    /// By their order in the outbox, and by the operation.
    finished: BTreeMap<(u64, OperationId), (OutboxEntry, String)>,
    last_order: u64,
    values: BTreeMap<ValueKey, String>,
    last_reference: u32,
}

impl MemoryStore {
    /// What it keeps of finished operations, in the order of the outbox.
    pub fn finished(&self) -> Vec<OperationId> {
        self.rows.borrow().finished.keys().map(|(_, id)| *id).collect()
    }
}

impl RegisterStore for MemoryStore {
    async fn commit(&self, batch: WriteBatch) -> Result<(), StoreError> {
        let mut rows = self.rows.borrow_mut();
        rows.check(&batch)?;
        rows.apply(batch);
        Ok(())
    }

    async fn value(&self, key: ValueKey) -> Result<Option<String>, StoreError> {
        Ok(self.rows.borrow().values.get(&key).cloned())
    }

    async fn take_reference_count(&self) -> Result<u32, StoreError> {
        let mut rows = self.rows.borrow_mut();
        rows.last_reference += 1;
        Ok(rows.last_reference)
    }

    async fn raise_reference_count(&self, last: u32) -> Result<(), StoreError> {
        let mut rows = self.rows.borrow_mut();
        rows.last_reference = rows.last_reference.max(last);
        Ok(())
    }

    async fn forget(&self) -> Result<(), StoreError> {
        let mut rows = self.rows.borrow_mut();
        let (last_order, last_reference) = (rows.last_order, rows.last_reference);
        *rows = Rows { last_order, last_reference, ..Rows::default() };
        Ok(())
    }

    async fn customer(&self, id: CustomerId) -> Result<Option<CustomerState>, StoreError> {
        Ok(self.rows.borrow().customers.get(&id).cloned())
    }

    async fn customers(&self, ids: &[CustomerId]) -> Result<Vec<CustomerState>, StoreError> {
        let rows = self.rows.borrow();
        Ok(ids.iter().filter_map(|id| rows.customers.get(id)).cloned().collect())
    }

    async fn customers_after(
        &self,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerState>, StoreError> {
        let rows = self.rows.borrow();
        let later = rows.customers.iter().filter(|(id, _)| after.is_none_or(|after| **id > after));
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(later.take(limit).map(|(_, state)| state.clone()).collect())
    }

    async fn outbox_after(&self, after: u64) -> Result<Vec<OutboxEntry>, StoreError> {
        let rows = self.rows.borrow();
        let later = rows.outbox.iter().filter(|(order, _)| **order > after);
        Ok(later.map(|(_, (entry, _))| entry.clone()).collect())
    }

    async fn operation_texts(&self, ids: &[OperationId]) -> Result<Vec<(OperationId, String)>, StoreError> {
        let rows = self.rows.borrow();
        let text = |id: &OperationId| {
            let (_, text) = rows.outbox.get(rows.orders.get(id)?)?;
            Some((*id, text.clone()))
        };
        Ok(ids.iter().filter_map(text).collect())
    }

    async fn finished_count(&self) -> Result<u32, StoreError> {
        Ok(u32::try_from(self.rows.borrow().finished.len()).unwrap_or(u32::MAX))
    }

    fn unreadable(&self) -> Unreadable {
        Unreadable::default()
    }
}

impl Rows {
    /// The only thing that a batch can get wrong: an operation is in the outbox once.
    fn check(&self, batch: &WriteBatch) -> Result<(), StoreError> {
        let mut ids = BTreeSet::new();
        let repeated =
            batch.recorded.iter().find(|entry| !ids.insert(entry.id) || self.orders.contains_key(&entry.id));
        match repeated {
            Some(entry) => Err(StoreError::Failed(format!("operation {} is in the outbox", entry.id))),
            None => Ok(()),
        }
    }

    fn apply(&mut self, batch: WriteBatch) {
        if batch.clear_customers {
            self.customers.clear();
        }
        if batch.clear_customers || batch.drop_finished {
            self.finished.clear();
        }
        for state in batch.customers {
            self.put(state);
        }
        for (id, news) in batch.advances {
            self.advance(id, &news);
        }
        for id in batch.removed_customers {
            self.customers.remove(&id);
            self.finished.retain(|_, (entry, _)| entry.customer_id != id);
        }
        for entry in batch.recorded {
            self.record(entry);
        }
        for (id, progress) in batch.progress {
            self.change_progress(id, progress, batch.at);
        }
        for (id, claim) in batch.finished {
            self.finish(id, claim);
        }
        while self.finished.len() > MOST_FINISHED as usize {
            self.finished.pop_first();
        }
        if batch.deliver_again {
            self.deliver_again(batch.at);
        }
        for id in batch.removed_entries {
            if let Some(order) = self.orders.remove(&id) {
                self.outbox.remove(&order);
            }
        }
        for (key, value) in batch.values {
            match value {
                Some(value) => self.values.insert(key, value),
                None => self.values.remove(&key),
            };
        }
    }

    fn put(&mut self, mut state: CustomerState) {
        if let Some(there) = self.customers.get(&state.customer_id).filter(|_| state.account.is_pending()) {
            state.keep_number_of(there);
        }
        self.customers.insert(state.customer_id, state);
    }

    fn finish(&mut self, id: OperationId, claim: Claim) {
        let Some(order) = self.orders.remove(&id) else { return };
        if let Some((entry, text)) = self.outbox.remove(&order) {
            self.finished.retain(|(_, other), _| *other != id);
            self.finished.insert((order, id), (OutboxEntry { claim: Some(claim), ..entry }, text));
        }
    }

    fn deliver_again(&mut self, at: Timestamp) {
        for ((order, id), (mut entry, text)) in std::mem::take(&mut self.finished) {
            if let Entry::Vacant(free) = self.orders.entry(id) {
                free.insert(order);
                entry.advance(Progress::Ready, at);
                self.outbox.insert(order, (entry, text));
            }
        }
    }

    fn advance(&mut self, id: CustomerId, news: &Account) {
        if let Some(state) = self.customers.get_mut(&id) {
            state.advance(news);
        }
    }

    fn record(&mut self, new: NewEntry) {
        self.last_order += 1;
        let entry = OutboxEntry {
            order: self.last_order,
            id: new.id,
            customer_id: new.customer_id,
            kind: new.kind,
            recorded_at: new.recorded_at,
            progress: new.progress,
            since: new.recorded_at,
            bytes: u32::try_from(new.text.len()).unwrap_or(u32::MAX),
            claim: None,
        };
        self.orders.insert(entry.id, entry.order);
        self.outbox.insert(entry.order, (entry, new.text));
    }

    fn change_progress(&mut self, id: OperationId, progress: Progress, at: Timestamp) {
        let row = self.orders.get(&id).and_then(|order| self.outbox.get_mut(order));
        if let Some((entry, _)) = row {
            entry.advance(progress, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    /// In memory nothing ever waits.
    fn ready<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("a store in memory waited"),
        }
    }

    macro_rules! keeps_the_promise {
        ($promise:ident) => {
            #[test]
            fn $promise() {
                let store = MemoryStore::default();
                ready(crate::contract::$promise(async || store.clone()));
            }
        };
    }

    crate::for_each_store_promise!(keeps_the_promise);
}
