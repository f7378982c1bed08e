//! Changes made through the API: `PATCH customers/…`, further addresses, loyalty cards. By the permission table
//! each is recorded here or asked for at headquarters; the same request again gets the customer as it is now.

use kase_domain::{
    Account, AccountNumber, Action, AddressId, AddressPurpose, AddressRecord, ChannelSettings, Customer,
    CustomerAction, CustomerId, CustomerKind, CustomerRecord, ErrorCode, FieldChange, FieldError,
    LoyaltyCardNumber, OPERATION_VERSION, Operation, OperationId, Permission, Problem, Stage,
    changes_between, permit,
};
use kase_replication::{CustomerState, Fingerprint};
use serde_json::{Map, Value};

use crate::attributes::check_edit;
use crate::creation::record;
use crate::judgement::standing;
use crate::performing::Called;
use crate::progress::Progress;
use crate::store::operation::Origin;
use crate::store::{address_alias, customer, operation};
use crate::typed::check_typed;
use crate::{Channel, ChannelError, Session};

/// What a request wants to do with a customer.
#[derive(Debug, Clone, PartialEq)]
pub enum ChangeRequest {
    /// A merge patch (RFC 7396) of the customer's JSON. `seen` holds values that the caller saw and that are not
    /// those of now.
    Edit {
        /// Fields and their new values; `null` clears.
        patch: Map<String, Value>,
        /// What the caller saw, by field.
        seen: Map<String, Value>,
    },
    /// A further address.
    AddAddress(Box<AddressRecord>),
    /// A loyalty card; without a number where the profile has one generated.
    IssueLoyaltyCard(Option<String>),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The customer as it is now.
    pub customer: CustomerState,
    /// Somebody else has changed the same: headquarters holds the request for a person, with both values.
    pub held: bool,
}

impl ChangeRequest {
    fn asks_for(&self) -> CustomerAction {
        match self {
            Self::Edit { .. } => CustomerAction::Edit,
            Self::AddAddress(_) => CustomerAction::AddAddress,
            Self::IssueLoyaltyCard(_) => CustomerAction::IssueLoyaltyCard,
        }
    }
}

impl Channel {
    /// One customer by customer id, by the id of one of its addresses, or by account number. An address's id stands for
    /// its customer for ever; the address is the one of that id among the customer's, where it still has it.
    pub async fn customer(&self, key: &str) -> Result<CustomerState, ChannelError> {
        let mut read = self.database.snapshot().await?;
        let found = match key.parse::<CustomerId>() {
            Ok(id) => match customer::find(&mut read, id).await? {
                None => address_alias::find(&mut read, AddressId(id.0)).await?,
                found => found,
            },
            Err(_) => match AccountNumber::parse(key) {
                Ok(number) => customer::find_by_account(&mut read, &number).await?,
                Err(_) => None,
            },
        };
        found.ok_or(ErrorCode::UnknownCustomer.into())
    }

    /// Changes a customer. `id` names the operation, `fingerprint` the request.
    pub async fn change_customer(
        &self,
        session: &Session,
        key: &str,
        id: OperationId,
        request: &ChangeRequest,
        fingerprint: Fingerprint,
    ) -> Result<Changed, ChannelError> {
        session.device.may_work()?;
        let _turn = self.turn(id).await;
        let known = self.customer(key).await?;
        let mut read = self.database.snapshot().await?;
        let entry = operation::find(&mut read, id).await?;
        let settings = self.settings_in(&mut read).await?;
        let sequence = operation::count_made_here(&mut read, known.customer_id).await?;
        drop(read);
        let permission = permit(request.asks_for(), standing(&known), settings.switches);
        let asked = match entry {
            Some(entry) if entry.body_fingerprint.as_deref() != Some(&fingerprint.0[..]) => {
                return Err(ErrorCode::IdempotencyMismatch.into());
            }
            Some(entry) if entry.progress == Progress::Asked => Some(entry.operation()?),
            Some(entry) => {
                if let Progress::Delivered(Stage::Discarded(refusal) | Stage::Refused(refusal)) =
                    entry.progress
                {
                    return Err(ChannelError::Refused(refusal));
                }
                let held =
                    permission != Permission::Recorded && matches!(entry.progress, Progress::Delivered(_));
                return Ok(Changed { customer: known, held });
            }
            None => None,
        };
        if let Permission::Closed(closed) = permission {
            return Err(closed.code().into());
        }
        let recorded = match &asked {
            Some(recorded) => recorded.clone(),
            None => {
                let Some(action) = action_of(request, &known, &settings)? else {
                    return Ok(Changed { customer: known, held: false });
                };
                record(Operation {
                    id,
                    customer_id: known.customer_id,
                    sequence,
                    version: OPERATION_VERSION,
                    settings_version: settings.version,
                    operator: session.operator.clone(),
                    recorded_at: self.environment.now(),
                    action,
                })?
            }
        };
        let origin = Origin::of_request(fingerprint);
        let mut write = self.write().await?;
        if permission == Permission::Recorded && asked.is_none() {
            self.append(&mut write, &recorded, Some(known), &settings, origin)
                .await?
                .map_err(ChannelError::Fields)?;
            write.commit().await?;
            return Ok(Changed { customer: self.customer(key).await?, held: false });
        }
        if asked.is_none() {
            write.append(&recorded, origin, &Progress::Asked).await?;
        }
        write.commit().await?;
        match self.call(&recorded, origin).await? {
            Called::Performed(outcome) => {
                let held = outcome.account().is_some_and(Account::is_pending);
                Ok(Changed { customer: self.customer(key).await?, held })
            }
            Called::Failed | Called::NotReached => Err(ErrorCode::HeadquartersUnreachable.into()),
            Called::Refused(refusal) => {
                let mut write = self.write().await?;
                operation::withdraw(write.connection(), id).await?;
                write.commit().await?;
                Err(ChannelError::Refused(refusal))
            }
        }
    }
}

/// The action to record; none when nothing would change.
fn action_of(
    request: &ChangeRequest,
    known: &CustomerState,
    settings: &ChannelSettings,
) -> Result<Option<Action>, ChannelError> {
    let fields = |error: FieldError| ChannelError::Fields(vec![error]);
    match request {
        ChangeRequest::Edit { patch, seen } => {
            let changes = changes_of(patch, seen, &known.customer, settings)?;
            check_edit(&changes, &settings.attributes)?;
            Ok((!changes.is_empty()).then_some(Action::EditCustomer { changes }))
        }
        ChangeRequest::AddAddress(typed) => {
            let purpose = match known.customer.kind() {
                CustomerKind::Person => AddressPurpose::Home,
                CustomerKind::Organization => AddressPurpose::Business,
            };
            let address = kase_domain::Address::parse(typed, "address", &settings.country, purpose)
                .map_err(ChannelError::Fields)?;
            if known.customer.addresses.iter().any(|known| known.id() == address.id()) {
                return Err(fields(FieldError::new("address.id", Problem::RepeatedId)));
            }
            let record = known.customer.to_record().with_address(address.record().clone());
            Customer::parse(&record, &settings.country).map_err(ChannelError::Fields)?;
            Ok(Some(Action::AddAddress { address: address.record().clone() }))
        }
        ChangeRequest::IssueLoyaltyCard(number) => {
            let number = number
                .as_deref()
                .map(LoyaltyCardNumber::parse)
                .transpose()
                .map_err(|_| fields(FieldError::new("number", Problem::Invalid)))?;
            if number.is_none() && !settings.generate_loyalty_card_number {
                return Err(fields(FieldError::new("number", Problem::Required)));
            }
            Ok(Some(Action::IssueLoyaltyCard { number }))
        }
    }
}

/// The changes that a merge patch makes, field by field.
fn changes_of(
    patch: &Map<String, Value>,
    seen: &Map<String, Value>,
    customer: &Customer,
    settings: &ChannelSettings,
) -> Result<Vec<FieldChange>, ChannelError> {
    let current = customer.to_record();
    let mut wanted = serde_json::to_value(&current)?;
    merge(&mut wanted, &Value::Object(patch.clone()));
    if patch.contains_key("phone") && !patch.contains_key("phone_typed") {
        merge(&mut wanted, &serde_json::json!({ "phone_typed": null }));
    }
    let wanted: CustomerRecord = serde_path_to_error::deserialize(&wanted).map_err(|error| {
        ChannelError::Fields(vec![FieldError::new(error.path().to_string(), Problem::Invalid)])
    })?;
    let named = named_in(patch, &wanted);
    let wanted = Customer::parse(&wanted, &settings.country).map_err(ChannelError::Fields)?;
    check_typed(&named)?;
    let mut changes = changes_between(&current, &wanted.to_record());
    for change in &mut changes {
        if let Some(seen) = seen.get(&change.field) {
            change.seen.clone_from(seen);
        }
    }
    Ok(changes)
}

/// Of what is wanted no more than the patch says of it; the kind is the customer's.
fn named_in(patch: &Map<String, Value>, wanted: &CustomerRecord) -> CustomerRecord {
    let mut named = CustomerRecord { kind: Some(wanted.kind()), ..wanted.clone() };
    let names = [
        ("title", &mut named.title),
        ("first_name", &mut named.first_name),
        ("middle_name", &mut named.middle_name),
        ("last_name", &mut named.last_name),
        ("organization_name", &mut named.organization_name),
    ];
    for (field, name) in names {
        name.take_if(|_| !patch.contains_key(field));
    }
    named.unknown.retain(|field, _| patch.contains_key(field));
    if !patch.contains_key("addresses") {
        named.addresses.clear();
    }
    named
}

/// RFC 7396.
fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(patch) = patch else {
        target.clone_from(patch);
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(target) = target else { return };
    for (key, value) in patch {
        if value.is_null() {
            target.remove(key);
        } else {
            merge(target.entry(key.clone()).or_insert(Value::Null), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_merge_patch_changes_what_it_names_and_clears_what_is_null() {
        let mut target = json!({"a": {"b": 1, "c": 2}, "d": [1], "e": "x"});
        merge(&mut target, &json!({"a": {"b": null, "f": 3}, "d": [2], "e": null}));
        assert_eq!(target, json!({"a": {"c": 2, "f": 3}, "d": [2]}));
    }
}
