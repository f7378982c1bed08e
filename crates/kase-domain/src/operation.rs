//! An operation: one recorded fact, append-only, with its own id.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::{
    AddressRecord, Customer, CustomerId, FieldChange, LoyaltyCardNumber, OperationId, OperatorId,
    SettingsVersion, ShortReference, Timestamp,
};

/// The version of the operation's format that this code writes.
pub const OPERATION_VERSION: u16 = 1;

/// One recorded fact. It is serialized once; those bytes are stored, sent and fingerprinted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Operation {
    /// Names the fact for ever; a creation's is the customer id.
    pub id: OperationId,
    /// Whom it is about.
    pub customer_id: CustomerId,
    /// Its place among the operations that one sender recorded for this customer, from 0.
    pub sequence: u32,
    /// The version of this format, see [`OPERATION_VERSION`].
    pub version: u16,
    /// The settings it was recorded under, and is judged by.
    pub settings_version: SettingsVersion,
    /// Who was working.
    pub operator: OperatorId,
    /// When, by the recorder's clock: information only.
    pub recorded_at: Timestamp,
    /// What was recorded: `kind` and `payload`.
    #[serde(flatten)]
    pub action: Action,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "an address is what most operations after a creation hold")]
pub enum Action {
    /// A new customer.
    CreateCustomer {
        /// What people call it while it is pending.
        reference: ShortReference,
        /// The customer.
        customer: Box<Customer>,
    },
    /// A further address.
    AddAddress {
        /// Sent with country and purpose filled in; every place checks it again as it joins the customer.
        address: AddressRecord,
    },
    /// Changes to an existing customer, field by field.
    EditCustomer {
        /// Each with the value that the editor saw.
        changes: Vec<FieldChange>,
    },
    /// A loyalty card; a real-time call always.
    IssueLoyaltyCard {
        /// The operator's number; none where the profile has one generated.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<LoyaltyCardNumber>,
    },
}

/// Why by hand: see [`crate::json`].
impl<'de> Deserialize<'de> for Operation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Shape {
            id: OperationId,
            customer_id: CustomerId,
            sequence: u32,
            version: u16,
            settings_version: SettingsVersion,
            operator: OperatorId,
            recorded_at: Timestamp,
            kind: OperationKind,
            payload: Box<RawValue>,
        }
        let shape = Shape::deserialize(deserializer)?;
        Ok(Self {
            id: shape.id,
            customer_id: shape.customer_id,
            sequence: shape.sequence,
            version: shape.version,
            settings_version: shape.settings_version,
            operator: shape.operator,
            recorded_at: shape.recorded_at,
            action: Action::read(shape.kind, shape.payload.get()).map_err(D::Error::custom)?,
        })
    }
}

/// The kind of an operation alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum OperationKind {
    CreateCustomer,
    AddAddress,
    EditCustomer,
    IssueLoyaltyCard,
}

impl Action {
    fn read(kind: OperationKind, payload: &str) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Creation {
            reference: ShortReference,
            customer: Box<Customer>,
        }
        #[derive(Deserialize)]
        struct Addition {
            address: AddressRecord,
        }
        #[derive(Deserialize)]
        struct Changes {
            changes: Vec<FieldChange>,
        }
        #[derive(Deserialize)]
        struct Card {
            #[serde(default)]
            number: Option<LoyaltyCardNumber>,
        }
        match kind {
            OperationKind::CreateCustomer => serde_json::from_str(payload)
                .map(|Creation { reference, customer }| Self::CreateCustomer { reference, customer }),
            OperationKind::AddAddress => {
                serde_json::from_str(payload).map(|Addition { address }| Self::AddAddress { address })
            }
            OperationKind::EditCustomer => {
                serde_json::from_str(payload).map(|Changes { changes }| Self::EditCustomer { changes })
            }
            OperationKind::IssueLoyaltyCard => {
                serde_json::from_str(payload).map(|Card { number }| Self::IssueLoyaltyCard { number })
            }
        }
    }

    /// The kind alone.
    pub fn kind(&self) -> OperationKind {
        match self {
            Self::CreateCustomer { .. } => OperationKind::CreateCustomer,
            Self::AddAddress { .. } => OperationKind::AddAddress,
            Self::EditCustomer { .. } => OperationKind::EditCustomer,
            Self::IssueLoyaltyCard { .. } => OperationKind::IssueLoyaltyCard,
        }
    }
}

impl OperationKind {
    /// The name in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CreateCustomer => "create_customer",
            Self::AddAddress => "add_address",
            Self::EditCustomer => "edit_customer",
            Self::IssueLoyaltyCard => "issue_loyalty_card",
        }
    }
}
