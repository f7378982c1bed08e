//! What this channel makes of an operation, by the permission table. Pure; headquarters has the last word.

use kase_domain::{
    Action, Country, Customer, CustomerAction, CustomerRecord, ErrorCode, FeatureSwitches, FieldError,
    Operation, OperationId, Permission, Refusal, Standing, permit, split_for_pending,
};
use kase_replication::{CustomerState, OperationResult, Outcome, RecordedOperation, RecordedOperationError};
use kase_service::{field_refusal, refusal};
use kase_text::Locale;
use serde::Deserialize;
use serde_json::value::RawValue;

/// What to do with an operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Judgement {
    /// Record it here and now.
    Record,
    /// Headquarters must be asked while the operator waits.
    RealTime,
    /// Say no.
    Refuse(Refusal),
}

/// Judges an operation by the switches of the settings that it was recorded under. A creation may be recorded;
/// whether headquarters is asked first says the profile.
pub(crate) fn judge(
    operation: &Operation,
    customer: Option<&CustomerState>,
    switches: FeatureSwitches,
    locale: Locale,
) -> Judgement {
    let refuse = |code, field: Option<&str>| Judgement::Refuse(refusal(locale, code, field.map(Into::into)));
    let action = match &operation.action {
        Action::CreateCustomer { customer, .. } => {
            if operation.id != OperationId::from(operation.customer_id) {
                return refuse(ErrorCode::InvalidField, Some("customer_id"));
            }
            let split = split_for_pending(&customer.to_record(), switches);
            return match split.held_fields().first() {
                Some(field) => refuse(ErrorCode::CustomerPendingField, Some(field)),
                None => Judgement::Record,
            };
        }
        Action::AddAddress { .. } => CustomerAction::AddAddress,
        Action::EditCustomer { .. } => CustomerAction::Edit,
        Action::IssueLoyaltyCard { .. } => CustomerAction::IssueLoyaltyCard,
    };
    let Some(customer) = customer else { return refuse(ErrorCode::UnknownCustomer, None) };
    match permit(action, standing(customer), switches) {
        Permission::Recorded => Judgement::Record,
        Permission::RealTime => Judgement::RealTime,
        Permission::Closed(closed) => refuse(closed.code(), None),
    }
}

/// Whether what was held for an account number may be recorded, where headquarters must else be asked.
pub(crate) fn may_be_recorded(
    operation: &Operation,
    customer: &CustomerState,
    switches: FeatureSwitches,
) -> bool {
    judge(operation, Some(customer), switches, Locale::default()) == Judgement::Record
}

/// Whether the customer's account number is in this channel.
pub(crate) fn standing(customer: &CustomerState) -> Standing {
    if customer.account.is_pending() { Standing::Pending } else { Standing::Synced }
}

/// Reads an operation as it came; one that cannot be read is refused alone, with the field to blame.
pub(crate) fn read_operation(raw: &RawValue, locale: Locale) -> Result<RecordedOperation, OperationResult> {
    #[derive(Deserialize)]
    struct Named {
        id: OperationId,
    }
    RecordedOperation::parse(raw.to_owned()).map_err(|error| {
        let id = serde_json::from_str::<Named>(raw.get()).ok().map(|named| named.id);
        let refusal = match error {
            RecordedOperationError::UnsupportedVersion => {
                refusal(locale, ErrorCode::UnsupportedVersion, None)
            }
            RecordedOperationError::Invalid(reason) => {
                tracing::info!(%reason, "an operation cannot be read");
                blamed_field(raw).map_or_else(
                    || refusal(locale, ErrorCode::InvalidField, None),
                    |error| field_refusal(locale, &error),
                )
            }
        };
        OperationResult { id, outcome: Outcome::Refused(refusal) }
    })
}

/// The first field that keeps a new customer from being one.
fn blamed_field(raw: &RawValue) -> Option<FieldError> {
    #[derive(Deserialize)]
    struct Creation {
        payload: Payload,
    }
    #[derive(Deserialize)]
    struct Payload {
        customer: CustomerRecord,
    }
    let creation: Creation = serde_json::from_str(raw.get()).ok()?;
    let nowhere = Country::parse("ZZ").ok()?;
    Customer::parse(&creation.payload.customer, &nowhere).err()?.into_iter().next()
}
