//! Addresses: as typed, and parsed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::contact::{parse_phone, typed_beside};
use crate::text::{bounded_text, limits};
use crate::{AddressId, Country, FieldError, Problem};

bounded_text! {
    /// A short part of an address, or an identification number.
    ShortText, limits::SHORT_TEXT
}
bounded_text! {
    /// Street, house and flat.
    Street, limits::STREET
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressPurpose {
    /// The default for persons.
    Home,
    /// An office.
    Office,
    /// The default for organizations.
    Business,
    /// A post box.
    PostBox,
    /// Anything else, and what a newer peer may call otherwise.
    #[serde(other)]
    Other,
}

/// An address as it is typed, sent and stored: plain text, nothing checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressRecord {
    /// Made by the sender; a permanent alias.
    pub id: AddressId,
    /// What it is for; by default Home for persons, Business for organizations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<AddressPurpose>,
    /// ISO 3166-1 alpha-2; by default the store's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub postal_code: Option<String>,
    /// State or province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub county: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub city: Option<String>,
    /// Street, house and flat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub building: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub attention_to: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[allow(missing_docs)]
    pub contact_name: Option<String>,
    /// E.164 once it was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone: Option<String>,
    /// What was typed for it, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_phone_typed: Option<String>,
    /// At most one address of a customer is the primary one.
    #[serde(default)]
    pub primary: bool,
    /// Fields of a newer peer, kept as they came.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, serde_json::Value>,
}

impl AddressRecord {
    /// An empty address.
    pub fn new(id: AddressId) -> Self {
        Self {
            id,
            purpose: None,
            country: None,
            postal_code: None,
            state: None,
            county: None,
            city: None,
            street: None,
            building: None,
            attention_to: None,
            contact_name: None,
            contact_phone: None,
            contact_phone_typed: None,
            primary: false,
            unknown: BTreeMap::new(),
        }
    }
}

/// An address whose parts have been checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    record: AddressRecord,
}

impl Address {
    /// Checks every part; `field` is the path of the address in its customer, for the errors. Country and
    /// purpose are filled in where none was typed.
    pub fn parse(
        typed: &AddressRecord,
        field: &str,
        country: &Country,
        purpose: AddressPurpose,
    ) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut record = AddressRecord::new(typed.id);
        record.purpose = Some(typed.purpose.unwrap_or(purpose));
        record.primary = typed.primary;
        record.unknown.clone_from(&typed.unknown);
        let mut path =
            |part: &str, problem: Problem| errors.push(FieldError::new(format!("{field}.{part}"), problem));

        record.country = Some(match typed.country.as_deref().filter(|text| !text.trim().is_empty()) {
            None => country.as_str().to_owned(),
            Some(text) => match Country::parse(text) {
                Ok(country) => country.as_str().to_owned(),
                Err(error) => {
                    path("country", error.into());
                    String::new()
                }
            },
        });
        for (part, from, to) in [
            ("postal_code", &typed.postal_code, &mut record.postal_code),
            ("state", &typed.state, &mut record.state),
            ("county", &typed.county, &mut record.county),
            ("city", &typed.city, &mut record.city),
            ("building", &typed.building, &mut record.building),
            ("attention_to", &typed.attention_to, &mut record.attention_to),
            ("contact_name", &typed.contact_name, &mut record.contact_name),
        ] {
            match optional(from.as_deref(), ShortText::parse) {
                Ok(text) => *to = text.map(String::from),
                Err(error) => path(part, error),
            }
        }
        match optional(typed.street.as_deref(), Street::parse) {
            Ok(text) => record.street = text.map(String::from),
            Err(error) => path("street", error),
        }
        let phone_typed = typed.contact_phone_typed.as_deref();
        match optional(typed.contact_phone.as_deref(), |text| parse_phone(text, phone_typed, country)) {
            Ok(phone) => {
                record.contact_phone_typed = phone.as_ref().and_then(typed_beside);
                record.contact_phone = phone.map(|phone| phone.e164().to_owned());
            }
            Err(error) => path("contact_phone", error),
        }
        if errors.is_empty() { Ok(Self { record }) } else { Err(errors) }
    }

    /// The permanent alias of this address.
    pub fn id(&self) -> AddressId {
        self.record.id
    }

    /// Whether it is the customer's primary address.
    pub fn is_primary(&self) -> bool {
        self.record.primary
    }

    /// The checked parts, as plain text.
    pub fn record(&self) -> &AddressRecord {
        &self.record
    }
}

/// Parses a field that may be left empty.
pub(crate) fn optional<T, E>(
    typed: Option<&str>,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Result<Option<T>, Problem>
where
    Problem: From<E>,
{
    match typed {
        None => Ok(None),
        Some(text) => match parse(text).map_err(Problem::from) {
            Ok(value) => Ok(Some(value)),
            // What is left empty is left out, and so is what nobody can see.
            Err(Problem::Required) => Ok(None),
            Err(problem) => Err(problem),
        },
    }
}
