//! A customer as it is typed, sent and stored: the JSON shape of the API, nothing checked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AddressRecord, AttributeValue, ContactRecord, CustomerKind, ReceiptPreference};

/// What a form holds and what JSON carries. [`crate::Customer::parse`] makes a customer of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CustomerRecord {
    /// Person or organization; a person where nothing is said and no organization name stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<CustomerKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub first_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub middle_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub last_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub organization_name: Option<String>,
    /// The primary email.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The primary phone: as typed, E.164 once it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// What was typed as phone, where it differs from `phone`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_typed: Option<String>,
    /// Secondary emails and phones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<ContactRecord>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[allow(missing_docs)]
    pub addresses: Vec<AddressRecord>,
    /// BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Id of a customer group made at headquarters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_group: Option<String>,
    /// How receipts reach the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_preference: Option<ReceiptPreference>,
    /// Where receipts go by email.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt_email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub tax_exempt_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub vat_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub identification_number: Option<String>,
    /// Ids of affiliations made at headquarters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affiliations: Vec<String>,
    /// Values by attribute key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, AttributeValue>,
    /// What the customer opted out of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub privacy_opt_outs: Vec<String>,
    /// Fields of a newer peer, kept as they came.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, serde_json::Value>,
}

impl CustomerRecord {
    /// The customer with one more address. A new primary address takes over from the one before: at most one is.
    #[must_use]
    pub fn with_address(mut self, address: AddressRecord) -> Self {
        if address.primary {
            self.addresses.iter_mut().for_each(|other| other.primary = false);
        }
        self.addresses.push(address);
        self
    }

    /// The kind that was said, or the one that the names speak for.
    pub fn kind(&self) -> CustomerKind {
        let organization = self.organization_name.as_deref().is_some_and(|name| !name.trim().is_empty());
        let person = [&self.first_name, &self.middle_name, &self.last_name]
            .iter()
            .any(|name| name.as_deref().is_some_and(|name| !name.trim().is_empty()));
        self.kind.unwrap_or(if organization && !person {
            CustomerKind::Organization
        } else {
            CustomerKind::Person
        })
    }
}
