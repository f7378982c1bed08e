//! What becomes of rows that cannot be read: a customer is fetched again, or made again of what was recorded here; an
//! entry of the outbox stays as it is, for a person to export.

use std::rc::Rc;

use kase_domain::{Account, CustomerId, Operation, OperationId, Stage};
use kase_register::{RegisterStore, StoreError, ValueKey, WriteBatch};
use kase_replication::CustomerState;

use super::engine::Engine;

impl Engine {
    /// Drops the customers that could not be read until now, and lets the feed bring them again.
    pub(super) async fn mend(self: &Rc<Self>) -> Result<(), StoreError> {
        let lost: Vec<CustomerId> = self.store.unreadable().customers.into_iter().collect();
        if lost.is_empty() {
            return Ok(());
        }
        let creations: Vec<OperationId> = lost.iter().map(|id| (*id).into()).collect();
        let texts = self.store.operation_texts(&creations).await?;
        let customers: Vec<CustomerState> = texts.iter().filter_map(|(_, text)| as_recorded(text)).collect();
        let again = |id: &CustomerId| customers.iter().any(|state| state.customer_id == *id);
        let removed_customers = lost.into_iter().filter(|id| !again(id)).collect();
        let values = vec![(ValueKey::Cursor, None)];
        self.store.commit(WriteBatch { customers, removed_customers, values, ..WriteBatch::default() }).await
    }
}

/// The customer as its creation recorded it. The feed says how far it has come.
fn as_recorded(text: &str) -> Option<CustomerState> {
    let operation: Operation = serde_json::from_str(text).ok()?;
    CustomerState::recorded(&operation, Account::Pending(Stage::OnRegister))
}
