//! Facts as they are recorded: an intent becomes operations, each serialized once. Those bytes are what is stored, sent
//! and compared from here on.

use kase_domain::{
    Account, Action, ChannelSettings, Customer, CustomerId, OPERATION_VERSION, Operation, OperationId,
    OperatorId, ShortReference, Stage, changed_fields, split_for_pending,
};
use kase_replication::{RecordedOperation, RecordedOperationError};

use crate::register::Register;
use crate::unanswered::corrections;
use crate::{NewCustomer, NewEntry, Now, Progress, Saved};

impl Register {
    /// The creation, then the edits: of fields that are held, and of what was corrected since an unanswered try.
    pub(crate) fn creation_operations(
        &self,
        new: &NewCustomer,
        full: &Customer,
        settings: &ChannelSettings,
        now: Now,
    ) -> Option<Vec<RecordedOperation>> {
        let id = new.customer_id;
        let mut operations = self.unanswered.of(id.into()).to_vec();
        let (edit_id, changes) = if operations.is_empty() {
            let split = split_for_pending(&full.to_record(), settings.switches);
            let customer = Box::new(Customer::parse(&split.now, &settings.country).ok()?);
            let reference = ShortReference::new(&self.device.reference_prefix, new.reference_count);
            let creation = Action::CreateCustomer { reference, customer };
            operations.push(self.operation(id.into(), id, 0, creation, now).ok()?);
            (new.held_operation_id, split.held)
        } else {
            (new.correction_id, corrections(full, &operations, full, &settings.country)?)
        };
        if !changes.is_empty() {
            let sequence = u32::try_from(operations.len()).ok()?;
            let edit = Action::EditCustomer { changes };
            operations.push(self.operation(edit_id, id, sequence, edit, now).ok()?);
        }
        Some(operations)
    }

    /// Records a fact, once: its bytes are what is stored and sent from here on.
    pub(crate) fn operation(
        &self,
        id: OperationId,
        customer_id: CustomerId,
        sequence: u32,
        action: Action,
        now: Now,
    ) -> Result<RecordedOperation, RecordedOperationError> {
        RecordedOperation::record(Operation {
            id,
            customer_id,
            sequence,
            version: OPERATION_VERSION,
            settings_version: self.settings.as_ref().map(|settings| settings.version).unwrap_or_default(),
            operator: self.operator.clone().unwrap_or_else(|| OperatorId::from("")),
            recorded_at: now.wall,
            action,
        })
    }
}

/// What is said of the creation that these operations are, before anybody answered.
pub(crate) fn saved(customer_id: CustomerId, operations: &[RecordedOperation]) -> Saved {
    let mut saved = Saved {
        customer_id,
        account: Account::Pending(Stage::OnRegister),
        reference: None,
        held_fields: Vec::new(),
        customer: None,
    };
    for recorded in operations {
        match &recorded.operation().action {
            Action::CreateCustomer { reference, .. } => saved.reference = Some(reference.clone()),
            Action::EditCustomer { changes } => saved.held_fields.extend(changed_fields(changes)),
            Action::AddAddress { .. } | Action::IssueLoyaltyCard { .. } => {}
        }
    }
    saved.held_fields.dedup();
    saved
}

pub(crate) fn new_entry(recorded: &RecordedOperation, progress: Progress, now: Now) -> NewEntry {
    let operation = recorded.operation();
    NewEntry {
        id: operation.id,
        customer_id: operation.customer_id,
        kind: operation.action.kind(),
        recorded_at: now.wall,
        progress,
        text: recorded.text().to_owned(),
    }
}
