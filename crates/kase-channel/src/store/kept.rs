//! An operation as the log takes it: its ids, its kind and its bytes.

use kase_domain::{CustomerId, OperationId};
use kase_replication::{Fingerprint, RecordedOperation};

/// What is written of an operation, also of one that this place cannot read further.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept<'a> {
    pub(crate) id: OperationId,
    pub(crate) customer_id: CustomerId,
    pub(crate) kind: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> From<&'a RecordedOperation> for Kept<'a> {
    fn from(recorded: &'a RecordedOperation) -> Self {
        let operation = recorded.operation();
        let kind = operation.action.kind().as_str();
        Self { id: operation.id, customer_id: operation.customer_id, kind, text: recorded.text() }
    }
}

impl Kept<'_> {
    /// What tells this content from other content under the same id.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.text.as_bytes())
    }
}
