//! The check of attributes in this channel, by the definitions that were in force when something was recorded. The
//! check itself is the domain's.

use kase_domain::{
    Action, AttributeDefinition, Customer, FieldChange, FieldError, Operation, Refusal,
    attribute_change_errors, attribute_errors,
};
use kase_service::field_refusal;
use kase_text::Locale;

use crate::ChannelError;

/// Refuses an operation that brings an attribute which does not fit its definition.
pub(crate) fn judge_attributes(
    operation: &Operation,
    definitions: &[AttributeDefinition],
    locale: Locale,
) -> Result<(), Refusal> {
    let errors = match &operation.action {
        Action::CreateCustomer { customer, .. } => errors_of(customer, definitions),
        Action::EditCustomer { changes } => attribute_change_errors(definitions, changes),
        Action::AddAddress { .. } | Action::IssueLoyaltyCard { .. } => Vec::new(),
    };
    errors.first().map_or(Ok(()), |error| Err(field_refusal(locale, error)))
}

/// Checks the attributes of a customer that is being made.
pub(crate) fn check_new(
    customer: &Customer,
    definitions: &[AttributeDefinition],
) -> Result<(), ChannelError> {
    fields(errors_of(customer, definitions))
}

/// Checks the attributes that an edit brings.
pub(crate) fn check_edit(
    changes: &[FieldChange],
    definitions: &[AttributeDefinition],
) -> Result<(), ChannelError> {
    fields(attribute_change_errors(definitions, changes))
}

fn errors_of(customer: &Customer, definitions: &[AttributeDefinition]) -> Vec<FieldError> {
    attribute_errors(definitions, &customer.attributes, &Default::default())
}

fn fields(errors: Vec<FieldError>) -> Result<(), ChannelError> {
    if errors.is_empty() { Ok(()) } else { Err(ChannelError::Fields(errors)) }
}
