//! What Kase is about, without any machine: customers and their parsed parts, the policies of a channel,
//! the permission table for pending customers, the creation decision, and the operations that record facts.
//!
//! Nothing here reads a clock, makes an id or does IO; time and ids come in as arguments. Whatever is
//! decided twice (on the screen, at the register, in the channel, at headquarters) is decided by the same
//! function from this crate.

mod account;
mod address;
mod attribute;
mod attribute_check;
mod attribute_definition;
mod calling_codes;
mod code;
mod contact;
mod creation;
mod customer;
mod decimal;
mod edit;
mod email;
mod error_code;
mod field;
mod held;
mod id;
pub mod json;
mod loyalty;
mod name;
mod operation;
mod permission;
mod phone;
mod record;
mod settings;
mod switches;
mod text;
mod translated;

pub use account::{Account, AccountNumber, AccountNumberError, Refusal, ShortReference, Stage};
pub use address::{Address, AddressPurpose, AddressRecord};
pub use attribute::AttributeValue;
pub use attribute_check::{attribute_change_errors, attribute_errors};
pub use attribute_definition::{
    AttributeChoice, AttributeDefinition, AttributeDefinitionRecord, AttributeKind, AttributeType,
    NumberRange,
};
pub use code::{CodeError, Country, Currency, Language};
pub use contact::{Contact, ContactKind, ContactRecord, ContactValue};
pub use creation::{
    ChannelCreation, Reach, RealTimeFailure, RegisterCreation, after_failed_call, decide_in_channel,
    decide_on_register,
};
pub use customer::{Customer, CustomerKind, CustomerName, PersonNames, ReceiptPreference};
pub use decimal::{Decimal, DecimalError};
pub use edit::{Conflict, EditError, FieldChange, Merge, apply_changes, changes_between, merge_changes};
pub use email::{Email, EmailError};
pub use error_code::ErrorCode;
pub use field::{FieldError, Problem};
pub use held::{Split, changed_fields, split_for_pending};
pub use id::{AddressId, ChannelId, CustomerId, OperationId, OperatorId, RegisterName, Timestamp};
pub use loyalty::{LoyaltyCard, LoyaltyCardNumber, LoyaltyCardNumberError};
pub use name::{OrganizationName, PersonName, Title};
pub use operation::{Action, OPERATION_VERSION, Operation, OperationKind};
pub use permission::{Closed, CustomerAction, Permission, Standing, permit};
pub use phone::{Phone, PhoneError};
pub use record::CustomerRecord;
pub use settings::{
    Affiliation, ChannelSettings, CustomerGroup, DefaultCustomer, RescueKey, SettingsVersion, with_defaults,
};
pub use switches::{FeatureSwitches, MissingPrerequisite, Switch};
pub use text::{TextError, limits};
pub use translated::Translated;
