//! Reads an operation as it was recorded, with its corrected payload where headquarters made one, through the
//! domain's parsers. It decides nothing.

use kase_domain::{
    Action, Country, Customer, CustomerRecord, ErrorCode, FieldError, LoyaltyCardNumber, Operation,
};
use kase_replication::{RecordedOperation, RecordedOperationError};
use serde::Deserialize;
use serde_json::Value;

use super::Waiting;

/// An operation, or why it is none.
pub(crate) type Reading = Result<Operation, Unreadable>;

/// Why bytes are no operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Of a version or kind that this place does not know.
    Version,
    /// Its payload has a field that is not accepted.
    Field(FieldError),
    /// Of another shape altogether.
    Shape,
}

impl Unreadable {
    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::Version => ErrorCode::UnsupportedVersion,
            Self::Field(error) => error.code(),
            Self::Shape => ErrorCode::InvalidField,
        }
    }
}

/// Reads `waiting`.
pub(crate) fn read(waiting: &Waiting) -> Reading {
    read_recorded(&waiting.text, waiting.corrected.as_deref())
}

/// Reads an operation with its corrected payload, where there is one.
pub(crate) fn read_recorded(text: &str, corrected: Option<&str>) -> Reading {
    match corrected {
        None => read_text(text),
        Some(payload) => {
            let payload = serde_json::from_str(payload).map_err(|_| Unreadable::Shape)?;
            read_text(&with_payload(text, payload)?)
        }
    }
}

/// The text of an operation with another payload.
pub(crate) fn with_payload(text: &str, payload: Value) -> Result<String, Unreadable> {
    let mut whole: Value = serde_json::from_str(text).map_err(|_| Unreadable::Shape)?;
    whole.as_object_mut().ok_or(Unreadable::Shape)?.insert("payload".to_owned(), payload);
    Ok(whole.to_string())
}

/// Reads the text of an operation.
pub(crate) fn read_text(text: &str) -> Reading {
    match RecordedOperation::parse_text(text.to_owned()) {
        Ok(recorded) => Ok(recorded.operation().clone()),
        Err(RecordedOperationError::UnsupportedVersion) => Err(Unreadable::Version),
        Err(RecordedOperationError::Invalid(_)) => Err(blame(text)),
    }
}

/// Which field of an unreadable operation is to blame.
fn blame(text: &str) -> Unreadable {
    #[derive(Deserialize)]
    struct Shape {
        kind: String,
        #[serde(default)]
        payload: Payload,
    }
    #[derive(Default, Deserialize)]
    struct Payload {
        customer: Option<CustomerRecord>,
        number: Option<String>,
    }
    let Ok(shape) = serde_json::from_str::<Shape>(text) else { return Unreadable::Shape };
    if let Some(record) = shape.payload.customer {
        return match Country::parse("ZZ").map(|nowhere| Customer::parse(&record, &nowhere)) {
            Ok(Err(errors)) => errors.into_iter().next().map_or(Unreadable::Shape, Unreadable::Field),
            _ => Unreadable::Shape,
        };
    }
    if shape.payload.number.is_some_and(|number| LoyaltyCardNumber::parse(&number).is_err()) {
        return Unreadable::Field(FieldError::new("number", kase_domain::Problem::Invalid));
    }
    let kinds = ["create_customer", "add_address", "edit_customer", "issue_loyalty_card"];
    if kinds.contains(&shape.kind.as_str()) { Unreadable::Shape } else { Unreadable::Version }
}

/// The ids of the addresses that an operation brings.
pub(crate) fn address_ids(operation: &Operation) -> Vec<uuid::Uuid> {
    match &operation.action {
        Action::CreateCustomer { customer, .. } => {
            customer.addresses.iter().map(|address| address.id().0).collect()
        }
        Action::AddAddress { address } => vec![address.id.0],
        Action::EditCustomer { changes } => changes
            .iter()
            .filter(|change| !change.value.is_null())
            .filter_map(|change| change.field.strip_prefix("addresses/"))
            .filter_map(|id| uuid::Uuid::parse_str(id).ok())
            .collect(),
        Action::IssueLoyaltyCard { .. } => Vec::new(),
    }
}
