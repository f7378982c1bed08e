//! The shapes of the API's JSON for its description: what is read and written is the domain's, which knows nothing
//! of HTTP. A test holds them against it key by key. Long because it is one list, of shapes and nothing else.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// A customer's own fields. Absent means none; only a name is required. Limits count Unicode scalar values.
#[derive(Serialize, ToSchema)]
pub(super) struct Customer {
    /// `person` or `organization`; a person where nothing is said and no organization name stands.
    kind: Option<String>,
    #[schema(max_length = 100)]
    title: Option<String>,
    #[schema(max_length = 100)]
    first_name: Option<String>,
    #[schema(max_length = 100)]
    middle_name: Option<String>,
    #[schema(max_length = 100)]
    last_name: Option<String>,
    #[schema(max_length = 200)]
    organization_name: Option<String>,
    /// The primary email.
    #[schema(max_length = 254)]
    email: Option<String>,
    /// The primary phone: as typed in a request, E.164 in an answer.
    #[schema(max_length = 32)]
    phone: Option<String>,
    /// In an answer: what was typed as phone, where it differs.
    phone_typed: Option<String>,
    /// Secondary emails and phones.
    #[schema(max_items = 50)]
    contacts: Vec<Contact>,
    #[schema(max_items = 50)]
    addresses: Vec<Address>,
    /// BCP 47.
    language: Option<String>,
    /// ISO 4217.
    currency: Option<String>,
    /// Id of a customer group made at headquarters.
    customer_group: Option<String>,
    /// `none`, `paper`, `email` or `both`.
    receipt_preference: Option<String>,
    #[schema(max_length = 254)]
    receipt_email: Option<String>,
    tax_exempt_number: Option<String>,
    vat_number: Option<String>,
    identification_number: Option<String>,
    /// Ids of affiliations made at headquarters.
    affiliations: Vec<String>,
    /// Values by attribute key.
    attributes: BTreeMap<String, Value>,
    privacy_opt_outs: Vec<String>,
}

/// An address.
#[derive(Serialize, ToSchema)]
pub(super) struct Address {
    /// Made by the sender (UUIDv7); a permanent alias.
    id: Uuid,
    /// `home`, `office`, `business`, `post_box` or `other`; by default home for persons, business for organizations.
    purpose: Option<String>,
    /// ISO 3166-1 alpha-2; by default the store's.
    country: Option<String>,
    #[schema(max_length = 100)]
    postal_code: Option<String>,
    /// State or province.
    #[schema(max_length = 100)]
    state: Option<String>,
    #[schema(max_length = 100)]
    county: Option<String>,
    #[schema(max_length = 100)]
    city: Option<String>,
    #[schema(max_length = 250)]
    street: Option<String>,
    #[schema(max_length = 100)]
    building: Option<String>,
    #[schema(max_length = 100)]
    attention_to: Option<String>,
    #[schema(max_length = 100)]
    contact_name: Option<String>,
    #[schema(max_length = 32)]
    contact_phone: Option<String>,
    /// What was typed, where it differs. A request may send it along beside the E.164 form.
    contact_phone_typed: Option<String>,
    /// At most one address of a customer is the primary one.
    #[schema(default = false)]
    primary: bool,
}

/// A secondary email or phone.
#[derive(Serialize, ToSchema)]
pub(super) struct Contact {
    /// `email` or `phone`.
    kind: String,
    value: String,
    /// In an answer: what was typed, where it differs.
    typed: Option<String>,
    #[schema(default = false)]
    marketing_consent: bool,
}

/// A customer to create.
#[derive(Serialize, ToSchema)]
pub(super) struct NewCustomer {
    /// The customer id (UUIDv7), made by the sender: also what makes a repeat harmless.
    id: Uuid,
    #[serde(flatten)]
    customer: Customer,
}

/// Fields to change: `null` clears.
#[derive(Serialize, ToSchema)]
pub(super) struct CustomerPatch {
    /// What the caller saw of the fields that it changes. What somebody else has changed since is held for review.
    seen: Option<BTreeMap<String, Value>>,
    #[serde(flatten)]
    customer: Customer,
}

/// How far an account has come.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountShape {
    /// `synced` or `pending`.
    status: String,
    account_number: Option<String>,
    /// `on_register`, `in_channel`, `at_headquarters`, `number_assigned`, `synced` or `refused`.
    stage: String,
    /// Of what was refused, or given up.
    refusal: Option<RefusalShape>,
    /// Headquarters gave it up.
    #[schema(default = false)]
    discarded: Option<bool>,
}

/// Why headquarters refused.
#[derive(Serialize, ToSchema)]
pub(super) struct RefusalShape {
    /// Stable, as in a problem.
    code: String,
    /// For people.
    detail: String,
    field: Option<String>,
}

/// What became of a creation.
#[derive(Serialize, ToSchema)]
pub(super) struct Created {
    id: Uuid,
    #[serde(flatten)]
    account: AccountShape,
    /// What people call it while it is pending.
    reference: Option<String>,
    /// Fields that are closed for pending customers: they are kept, and sent once the account number is there.
    #[schema(required = false)]
    held_fields: Vec<String>,
}

/// A customer, and how far it has come.
#[derive(Serialize, ToSchema)]
pub(super) struct CustomerAnswer {
    id: Uuid,
    #[serde(flatten)]
    account: AccountShape,
    /// Since when a pending customer is at its stage: milliseconds since 1970 by the server's clock.
    stage_since: Option<i64>,
    /// While it is pending.
    reference: Option<String>,
    /// Addresses that headquarters does not have yet.
    pending_addresses: Vec<Uuid>,
    loyalty_cards: Vec<Card>,
    loyalty_blocked: bool,
    #[serde(flatten)]
    customer: Customer,
}

/// A loyalty card.
#[derive(Serialize, ToSchema)]
pub(super) struct Card {
    /// Unique over the chain.
    number: String,
}

/// Customers that were found, the best first.
#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    customers: Vec<CustomerAnswer>,
}

/// An error (RFC 9457, `application/problem+json`).
#[derive(Serialize, ToSchema)]
pub(super) struct ProblemShape {
    /// `about:blank`: `code` says which it is.
    r#type: String,
    title: String,
    status: u16,
    /// Stable.
    code: String,
    /// For people, in the request's language.
    detail: String,
    /// The field that is to blame, where one is.
    field: Option<String>,
}

/// An operation as it was recorded. Sender and receivers keep its bytes as they are.
#[derive(Serialize, ToSchema)]
pub(super) struct OperationShape {
    /// Made by the recorder; a creation's is the customer id.
    id: Uuid,
    customer_id: Uuid,
    /// Its place among the operations that one sender recorded for this customer, from 0.
    sequence: u32,
    /// `create_customer`, `edit_customer`, `add_address`, …
    kind: String,
    /// Of this format.
    version: u16,
    /// The settings it was recorded under, and is judged by.
    settings_version: u64,
    operator: String,
    /// Milliseconds since the Unix epoch, by the recorder's clock: information only.
    recorded_at: i64,
    payload: Value,
}

/// Operations in the order in which they were recorded.
#[derive(Serialize, ToSchema)]
pub(super) struct Operations {
    #[schema(max_items = 500)]
    operations: Vec<OperationShape>,
}

/// One result per operation, in the order of the request.
#[derive(Serialize, ToSchema)]
pub(super) struct Results {
    results: Vec<ResultShape>,
}

/// The same, up to the first that was refused or could not be asked for, and the customers afterwards.
#[derive(Serialize, ToSchema)]
pub(super) struct Performed {
    results: Vec<ResultShape>,
    /// As in an answer to a pull.
    changes: Vec<Value>,
}

/// What became of an operation.
#[derive(Serialize, ToSchema)]
pub(super) struct ResultShape {
    /// None when its bytes could not be read at all.
    id: Option<Uuid>,
    /// `accepted`, `duplicate` or `refused`; beside it how far it has come, or `code`, `detail` and `field`.
    result: String,
}

/// The register's credential.
#[derive(Serialize, ToSchema)]
pub(super) struct Activated {
    /// Carries replication and sign-in from now on.
    device_token: String,
    /// The register's channel; the stream of hints says hello with it.
    channel: String,
    /// Begins the register's short references, e.g. `R1`.
    reference_prefix: String,
    /// A kiosk may create and never browse.
    kiosk: bool,
    /// What is known of the register from its earlier browsers: the last count of its short references, and what
    /// of their records has not arrived.
    #[schema(value_type = Object)]
    remembered: Value,
}

/// A session has begun.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionBegun {
    /// Shown with every request from now on.
    session_token: String,
    /// Milliseconds since the Unix epoch.
    expires_at: i64,
    /// Who is working.
    operator: WorkingOperator,
}

/// An operator.
#[derive(Serialize, ToSchema)]
pub(super) struct WorkingOperator {
    /// The operator's number.
    id: String,
    /// As people read it.
    name: String,
    /// May do what only a manager may.
    manager: bool,
}

/// What changed after a cursor.
#[derive(Serialize, ToSchema)]
pub(super) struct Pulled {
    /// Each the whole state afterwards, by `kind`: `customer`, `operation`, `settings`, `directory`.
    changes: Vec<Value>,
    /// Where to go on; opaque.
    cursor: String,
    /// Whether there is more to pull at once.
    more: bool,
    /// The given cursor was of another database: these are the first changes, and what was delivered is to be
    /// delivered again.
    restarted: bool,
    /// The register may deliver what it holds, and nothing else.
    delivers_only: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::{
        Account, AddressId, AddressRecord, CustomerId, CustomerRecord, ErrorCode, Refusal, ShortReference,
        Stage, Timestamp,
    };
    use kase_replication::{CustomerJson, CustomerState, PullAnswer};
    use serde_json::json;
    use std::collections::BTreeSet;
    use utoipa::PartialSchema;

    /// The keys that are described are those that are written.
    #[track_caller]
    fn check<T: ToSchema>(written: &Value) {
        let described = serde_json::to_value(T::schema()).unwrap();
        let mut keys = BTreeSet::new();
        collect(&described, &mut keys);
        let written: BTreeSet<String> = written.as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, written);
    }

    fn collect(schema: &Value, keys: &mut BTreeSet<String>) {
        keys.extend(schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()));
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let schema = match part["$ref"].as_str() {
                Some(name) if name.ends_with("/AccountShape") => serde_json::to_value(AccountShape::schema()),
                Some(name) if name.ends_with("/Customer") => serde_json::to_value(Customer::schema()),
                _ => Ok(part.clone()),
            };
            collect(&schema.unwrap(), keys);
        }
    }

    fn address() -> Value {
        json!({
            "id": AddressId(Uuid::from_u128(9)), "purpose": "home", "country": "LV", "postal_code": "LV-1001",
            "state": "S", "county": "C", "city": "Rīga", "street": "S 1", "building": "B", "attention_to": "A",
            "contact_name": "N", "contact_phone": "+37125550000", "contact_phone_typed": "2555 0000",
            "primary": true
        })
    }

    fn record() -> Value {
        json!({
            "kind": "person", "title": "Dr.", "first_name": "A", "middle_name": "B", "last_name": "C",
            "organization_name": "O", "email": "a@b.lv", "phone": "+37125550000", "phone_typed": "2555 0000",
            "contacts": [contact()], "addresses": [address()], "language": "lv", "currency": "EUR",
            "customer_group": "G", "receipt_preference": "email", "receipt_email": "a@b.lv",
            "tax_exempt_number": "1", "vat_number": "2", "identification_number": "3", "affiliations": ["x"],
            "attributes": {"shoe_size": 38}, "privacy_opt_outs": ["tracking"]
        })
    }

    fn contact() -> Value {
        json!({"kind": "phone", "value": "+37125550001", "typed": "2555 0001", "marketing_consent": true})
    }

    /// What the domain reads of it and writes again: a key that it does not know it only carries.
    fn again<T: serde::de::DeserializeOwned + Serialize>(value: Value) -> (T, Value) {
        let read: T = serde_json::from_value(value).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        (read, written)
    }

    #[test]
    fn what_a_register_is_answered_is_described() {
        let activated = json!({
            "device_token": "t", "channel": "riga-centrs", "reference_prefix": "R1", "kiosk": false,
            "remembered": {"references": 1, "earlier": null, "told_at": 1}
        });
        check::<Activated>(&again::<kase_replication::Activated>(activated).1);
        let operator = json!({"id": "1001", "name": "Anna", "manager": true});
        let begun = json!({"session_token": "t", "expires_at": 1, "operator": operator});
        let written = again::<kase_replication::SessionBegun>(begun).1;
        check::<SessionBegun>(&written);
        check::<WorkingOperator>(&written["operator"]);
    }

    #[test]
    fn a_customer_is_described_as_it_is_read_and_written() {
        let (read, written) = again::<CustomerRecord>(record());
        assert!(read.unknown.is_empty(), "{:?}", read.unknown);
        check::<Customer>(&written);
        check::<Address>(&again::<AddressRecord>(address()).1);
        check::<Contact>(&again::<kase_domain::ContactRecord>(contact()).1);
    }

    #[test]
    fn answers_are_described_as_they_are_written() {
        let mut customer = record();
        // A person has no organization's name.
        customer.as_object_mut().unwrap().remove("organization_name");
        let refusal = Refusal { code: ErrorCode::TooLong, detail: "…".into(), field: None };
        let state = CustomerState {
            stage_since: Some(Timestamp(1)),
            reference: Some(ShortReference::new("R1", 1)),
            ..CustomerState::new(
                CustomerId(Uuid::from_u128(1)),
                Account::Pending(Stage::Discarded(refusal)),
                serde_json::from_value(customer).unwrap(),
            )
        };
        let mut written = serde_json::to_value(CustomerJson::from(state)).unwrap();
        written["organization_name"] = json!("as above");
        check::<CustomerAnswer>(&written);
        check::<Pulled>(&serde_json::to_value(PullAnswer::default()).unwrap());
    }
}
