//! What forms asked for in real time and got no answer to. Nobody knows whether it was done, so another try sends the
//! same bytes under the same ids; what a person has corrected since follows them as an edit of its own, and so is neither
//! a second customer nor other content under a known id.

use std::collections::{HashMap, HashSet};

use kase_domain::{Action, Country, Customer, FieldChange, OperationId, apply_changes, changes_between};
use kase_replication::RecordedOperation;

use crate::Form;

/// What came of earlier tries, each by the id that its form began with.
#[derive(Debug, Default)]
pub(crate) struct Unanswered {
    operations: HashMap<OperationId, Vec<RecordedOperation>>,
    /// Forms whose own operation was refused: it has come to its end, and what is corrected is another fact.
    refused: HashSet<OperationId>,
}

impl Unanswered {
    /// What `form` asked for, in its order; nothing where all was answered.
    pub(crate) fn of(&self, form: OperationId) -> &[RecordedOperation] {
        self.operations.get(&form).map(Vec::as_slice).unwrap_or_default()
    }

    /// The id for what `form` asks for next, beside what is unanswered.
    pub(crate) fn next_id(&self, form: Form) -> OperationId {
        let begins = self.of(form.operation_id).is_empty() && !self.refused.contains(&form.operation_id);
        if begins { form.operation_id } else { form.correction_id }
    }

    /// `form` asked for these, and may ask again.
    pub(crate) fn keep(&mut self, form: OperationId, operations: Vec<RecordedOperation>) {
        if operations.is_empty() {
            self.operations.remove(&form);
        } else {
            self.operations.insert(form, operations);
        }
    }

    /// Of what `form` asked for, the first `done` were done and the next was refused: another try asks for no more than
    /// what is left.
    pub(crate) fn keep_done(
        &mut self,
        form: OperationId,
        mut operations: Vec<RecordedOperation>,
        done: usize,
    ) {
        if done == 0 {
            self.refused.insert(form);
        }
        operations.truncate(done);
        self.keep(form, operations);
    }

    /// All of it was answered.
    pub(crate) fn forget(&mut self, form: OperationId) {
        self.operations.remove(&form);
        self.refused.remove(&form);
    }
}

/// The customer that `actions` make of `customer`; none where they do not fit it.
pub(crate) fn after<'a>(
    customer: &Customer,
    actions: impl IntoIterator<Item = &'a Action>,
    country: &Country,
) -> Option<Customer> {
    let mut customer = customer.clone();
    for action in actions {
        customer = match action {
            Action::CreateCustomer { customer, .. } => (**customer).clone(),
            Action::EditCustomer { changes } => apply_changes(&customer, changes, country).ok()?,
            Action::AddAddress { address } => {
                Customer::parse(&customer.to_record().with_address(address.clone()), country).ok()?
            }
            Action::IssueLoyaltyCard { .. } => customer,
        };
    }
    Some(customer)
}

/// What a person has corrected: from what `asked` makes of `customer` to `wanted`.
pub(crate) fn corrections(
    customer: &Customer,
    asked: &[RecordedOperation],
    wanted: &Customer,
    country: &Country,
) -> Option<Vec<FieldChange>> {
    let asked = after(customer, asked.iter().map(|recorded| &recorded.operation().action), country)?;
    Some(changes_between(&asked.to_record(), &wanted.to_record()))
}
