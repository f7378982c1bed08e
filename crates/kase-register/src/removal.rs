//! Taking a refused or discarded operation off the list, on a person's word. The channel keeps it: nothing is lost by
//! that, and what headquarters makes of it still comes by the feed.

use kase_domain::{OperationId, OperationKind, Stage};

use crate::commit::Then;
use crate::register::Register;
use crate::{Answer, Effect, Progress, RequestId, WriteBatch};

impl Register {
    pub(crate) fn remove_from_list(&mut self, request: RequestId, id: OperationId, out: &mut Vec<Effect>) {
        // One that is gone already was taken off by another tab.
        let Some(entry) = self.outbox.entry(id) else {
            return out.push(Effect::Answer(request, Answer::Removed));
        };
        if !entry.progress.may_be_removed() {
            return out.push(Effect::Answer(request, Answer::StillWaits));
        }
        let mut batch = WriteBatch { removed_entries: vec![id], ..WriteBatch::default() };
        let is_discarded = matches!(entry.progress, Progress::Delivered(Stage::Discarded(_)));
        if is_discarded && entry.kind == OperationKind::CreateCustomer {
            // The customer goes with its creation, and so does what has come to its end with it.
            batch.removed_customers.push(entry.customer_id);
            let ended =
                self.outbox.of_customer(entry.customer_id).filter(|other| other.progress.may_be_removed());
            batch.removed_entries.extend(ended.map(|other| other.id).filter(|other| *other != id));
        }
        self.commit(batch, Then::Settled(request, Answer::Removed, Vec::new()), out);
    }
}
