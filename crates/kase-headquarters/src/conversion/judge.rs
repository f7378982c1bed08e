//! Judges an operation by the permission table, under the settings it was recorded under. A real-time call was
//! allowed by the table's own word; what was recorded without headquarters must have been open then. Loyalty is
//! never exempt.

use kase_domain::{
    Action, ChannelSettings, CustomerAction, CustomerRecord, ErrorCode, Operation, Permission, Standing,
    permit, split_for_pending,
};

/// Why an operation is not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotAllowed {
    pub(crate) code: ErrorCode,
    pub(crate) field: Option<String>,
}

/// How an operation came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// As a real-time call.
    RealTime,
    /// Recorded without headquarters.
    Recorded,
    /// Recorded, and let pass by a person at headquarters.
    Approved,
}

/// Asks the table about `operation`; `standing` is the customer's at headquarters.
pub(crate) fn judge(
    operation: &Operation,
    came: Came,
    standing: Standing,
    settings: &ChannelSettings,
) -> Result<(), NotAllowed> {
    match &operation.action {
        Action::IssueLoyaltyCard { .. } => judge_loyalty(came, standing, settings),
        _ if came == Came::Approved => Ok(()),
        Action::CreateCustomer { customer, .. } => match came {
            Came::Recorded => judge_creation(&customer.to_record(), settings),
            Came::RealTime | Came::Approved => Ok(()),
        },
        Action::AddAddress { .. } => judge_later(CustomerAction::AddAddress, came, standing, settings),
        Action::EditCustomer { .. } => judge_later(CustomerAction::Edit, came, standing, settings),
    }
}

fn judge_creation(record: &CustomerRecord, settings: &ChannelSettings) -> Result<(), NotAllowed> {
    let split = split_for_pending(record, settings.switches);
    match split.held_fields().first() {
        None => Ok(()),
        Some(field) => Err(NotAllowed { code: ErrorCode::CustomerPendingField, field: Some(field.clone()) }),
    }
}

/// What was recorded without headquarters is judged as for a pending customer: where the customer stood at its
/// own place is not known here, and a synced one needs the same switch.
fn judge_later(
    action: CustomerAction,
    came: Came,
    standing: Standing,
    settings: &ChannelSettings,
) -> Result<(), NotAllowed> {
    let standing = if came == Came::RealTime { standing } else { Standing::Pending };
    match permit(action, standing, settings.switches) {
        Permission::Recorded | Permission::RealTime => Ok(()),
        Permission::Closed(closed) => Err(NotAllowed { code: closed.code(), field: None }),
    }
}

fn judge_loyalty(came: Came, standing: Standing, settings: &ChannelSettings) -> Result<(), NotAllowed> {
    match permit(CustomerAction::IssueLoyaltyCard, standing, settings.switches) {
        Permission::Closed(closed) => Err(NotAllowed { code: closed.code(), field: None }),
        _ if came == Came::RealTime => Ok(()),
        _ => Err(NotAllowed { code: ErrorCode::Forbidden, field: None }),
    }
}
