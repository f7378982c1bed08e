//! What a form asked for in real time and got no answer to. Nobody knows whether it was done, so another try sends the
//! same bytes under the same ids; what a person has corrected since follows them as an edit of its own, and so is neither
//! a second customer nor other content under a known id.

use std::collections::HashMap;

use kase_domain::{Action, Country, Customer, FieldChange, OperationId, apply_changes, changes_between};
use kase_replication::RecordedOperation;

/// The operations of forms, each by the id that its form began with.
#[derive(Debug, Default)]
pub(crate) struct Unanswered(HashMap<OperationId, Vec<RecordedOperation>>);

impl Unanswered {
    /// What `form` asked for, in its order; nothing where all was answered.
    pub(crate) fn of(&self, form: OperationId) -> &[RecordedOperation] {
        self.0.get(&form).map(Vec::as_slice).unwrap_or_default()
    }

    /// `form` asked for these, and may ask again.
    pub(crate) fn keep(&mut self, form: OperationId, operations: Vec<RecordedOperation>) {
        if operations.is_empty() {
            self.0.remove(&form);
        } else {
            self.0.insert(form, operations);
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
        operations.truncate(done);
        self.keep(form, operations);
    }

    /// All of it was answered.
    pub(crate) fn forget(&mut self, form: OperationId) {
        self.0.remove(&form);
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
