//! Which of the waiting operations go into the next batch: in order within a customer, customers independent
//! of each other.

use std::collections::HashSet;

use kase_domain::{CustomerId, OperationId};

/// Most operations in one push.
pub const MOST_BATCH_OPERATIONS: usize = 500;

/// Most bytes of operations in one push; one larger operation goes alone.
pub const MOST_BATCH_BYTES: usize = 512 * 1024;

/// An operation in the outbox, as far as planning needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The operation.
    pub id: OperationId,
    /// Its customer.
    pub customer_id: CustomerId,
    /// Size of its text.
    pub bytes: usize,
    /// Whether it may be sent. A refused or held operation may not, and neither may what was recorded after
    /// it for the same customer.
    pub ready: bool,
}

/// The next batch, from the outbox in the order of recording. A refused operation parks its customer's later
/// ones and nothing else.
pub fn plan_batch(outbox: impl IntoIterator<Item = Waiting>) -> Vec<OperationId> {
    let mut parked = HashSet::new();
    let mut batch = Vec::new();
    let mut bytes = 0;
    for waiting in outbox {
        if batch.len() == MOST_BATCH_OPERATIONS {
            break;
        }
        if parked.contains(&waiting.customer_id) {
            continue;
        }
        if !waiting.ready {
            parked.insert(waiting.customer_id);
            continue;
        }
        if !batch.is_empty() && bytes + waiting.bytes > MOST_BATCH_BYTES {
            break;
        }
        bytes += waiting.bytes;
        batch.push(waiting.id);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn waiting(id: u128, customer: u128, ready: bool) -> Waiting {
        Waiting {
            id: OperationId(Uuid::from_u128(id)),
            customer_id: CustomerId(Uuid::from_u128(customer)),
            bytes: 300,
            ready,
        }
    }

    #[track_caller]
    fn check(outbox: &[Waiting], expected: &[u128]) {
        let batch: Vec<u128> = plan_batch(outbox.iter().copied()).iter().map(|id| id.0.as_u128()).collect();
        assert_eq!(batch, expected);
    }

    #[test]
    fn a_refused_operation_parks_its_customer_and_nothing_else() {
        check(
            &[
                waiting(1, 1, false),
                waiting(2, 2, true),
                waiting(3, 1, true),
                waiting(4, 2, true),
                waiting(5, 3, true),
            ],
            &[2, 4, 5],
        );
    }

    #[test]
    fn a_batch_is_bounded_in_operations_and_bytes() {
        let many: Vec<Waiting> = (0..2_000).map(|n| waiting(n, n, true)).collect();
        assert_eq!(plan_batch(many).len(), MOST_BATCH_OPERATIONS);
        let large = |id| Waiting { bytes: MOST_BATCH_BYTES + 1, ..waiting(id, id, true) };
        check(&[large(1), large(2)], &[1]);
        check(&[waiting(1, 1, true), large(2), waiting(3, 3, true)], &[1]);
    }
}
