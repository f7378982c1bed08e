//! The store below the register, and what other tabs do in it.

use kase_domain::{CustomerId, OperationId, OperationKind, Stage, Timestamp};
use kase_register::{
    Device, Event, NewCustomer, NewEntry, OutboxEntry, Progress, RegisterStore, StoreError, ValueKey,
    WriteBatch,
};
use kase_replication::CustomerState;

use super::{Desk, anna, copy_of_anna, customer_id, operation, synced};

impl Desk {
    pub fn store_fails(&mut self, error: StoreError) {
        self.fault = Some(error);
    }

    pub fn store_works(&mut self) {
        self.fault = None;
    }

    /// The store takes its time from now on.
    pub fn hold_commits(&mut self) {
        self.commits = Some(Vec::new());
    }

    /// The store does what it was told meanwhile, in its order.
    pub fn release_commits(&mut self) {
        for (id, batch) in self.commits.take().unwrap_or_default() {
            let result = self.commit(batch);
            self.handle(Event::Committed(id, result));
        }
    }

    /// Reads of the outbox take their time from now on.
    pub fn hold_reads(&mut self) {
        self.reads = Some(Vec::new());
    }

    pub fn release_reads(&mut self) {
        for after in self.reads.take().unwrap_or_default() {
            let (entries, customers) = self.read_outbox(after);
            self.handle(Event::OutboxRead { all: after == 0, entries, customers });
        }
    }

    pub(super) fn commit(&mut self, batch: WriteBatch) -> Result<(), StoreError> {
        let makes_room = batch.drop_finished && !self.finished().is_empty();
        self.fault.take_if(|fault| makes_room && *fault == StoreError::Full);
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        self.write(batch);
        Ok(())
    }

    fn write(&mut self, batch: WriteBatch) {
        self.recorded += batch.recorded.len();
        ready(self.store.commit(batch)).unwrap();
    }

    /// The entries of the outbox after `after`, and every customer.
    pub(super) fn read_outbox(&self, after: u64) -> (Vec<OutboxEntry>, Vec<CustomerState>) {
        let customers = ready(self.store.customers_after(None, u32::MAX)).unwrap();
        (ready(self.store.outbox_after(after)).unwrap(), customers)
    }

    /// Another tab records a customer in the same store.
    pub fn record_elsewhere(&mut self, new: NewCustomer) {
        let account = kase_domain::Account::Pending(Stage::OnRegister);
        let state = CustomerState { account, customer_id: new.customer_id, ..copy_of_anna(1) };
        self.put(state);
        self.enter(new.customer_id.into(), new.customer_id, OperationKind::CreateCustomer, Progress::Ready);
    }

    /// Another tab has recorded something about customer 1 in the same store, and delivered it.
    pub fn deliver_elsewhere(&mut self, kind: OperationKind, n: u128) {
        let new = anna(1);
        let account = kase_domain::Account::Pending(Stage::OnRegister);
        self.put(CustomerState { account, ..copy_of_anna(1) });
        self.enter(operation(n), new.customer_id, kind, Progress::Delivered(Stage::InChannel));
    }

    /// Another tab stores a customer.
    pub fn store_elsewhere(&mut self, n: u128) {
        self.put(copy_of_anna(n));
    }

    /// Another tab stores a customer's account number.
    pub fn number_elsewhere(&mut self, n: u128, number: &str) {
        let state = self.customer(n);
        self.put(CustomerState { account: synced(number), ..state });
    }

    fn put(&mut self, state: CustomerState) {
        self.write(WriteBatch { customers: vec![state], ..WriteBatch::default() });
    }

    fn enter(&mut self, id: OperationId, customer_id: CustomerId, kind: OperationKind, progress: Progress) {
        let recorded_at = Timestamp(self.now);
        let entry = NewEntry { id, customer_id, kind, recorded_at, progress, text: "…".into() };
        self.write(WriteBatch { recorded: vec![entry], ..WriteBatch::default() });
    }

    pub fn outbox(&self) -> Vec<OutboxEntry> {
        self.read_outbox(0).0
    }

    /// How many operations were ever recorded.
    pub fn recorded_count(&self) -> usize {
        self.recorded
    }

    #[track_caller]
    pub fn customer(&self, n: u128) -> CustomerState {
        self.try_customer(n).expect("the customer is on the register")
    }

    pub fn try_customer(&self, n: u128) -> Option<CustomerState> {
        ready(self.store.customer(customer_id(n))).unwrap()
    }

    /// What the store keeps of finished operations.
    pub fn finished(&self) -> Vec<OperationId> {
        self.store.finished()
    }

    /// The device as the store holds it, once it was written again.
    pub fn kept_device(&self) -> Option<Device> {
        let text = ready(self.store.value(ValueKey::Device)).unwrap()?;
        serde_json::from_str(&text).ok()
    }
}

/// In memory nothing ever waits.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(value) => value,
        std::task::Poll::Pending => panic!("a store in memory waited"),
    }
}
