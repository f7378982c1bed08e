//! The check of attributes at headquarters, by the definitions that were in force when an operation was recorded: one
//! that was removed or narrowed since does not undo honest work. What a person here lets pass may fit those of now.

use kase_domain::{
    Action, ChannelSettings, FieldError, Operation, attribute_change_errors, attribute_errors,
};

use super::judge::Came;

pub(super) fn errors(
    operation: &Operation,
    came: Came,
    recorded_under: &ChannelSettings,
    now: &ChannelSettings,
) -> Vec<FieldError> {
    let then = errors_under(operation, recorded_under);
    if then.is_empty() || came != Came::Approved { then } else { errors_under(operation, now) }
}

fn errors_under(operation: &Operation, settings: &ChannelSettings) -> Vec<FieldError> {
    match &operation.action {
        Action::CreateCustomer { customer, .. } => {
            attribute_errors(&settings.attributes, &customer.attributes, &Default::default())
        }
        Action::EditCustomer { changes } => attribute_change_errors(&settings.attributes, changes),
        Action::AddAddress { .. } | Action::IssueLoyaltyCard { .. } => Vec::new(),
    }
}
