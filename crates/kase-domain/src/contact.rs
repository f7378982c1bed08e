//! Secondary emails and phones, each with its consent for marketing.

use serde::{Deserialize, Serialize};

use crate::{Country, Email, Phone, Problem};

/// Which kind of contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// An email address.
    Email,
    /// A phone number.
    Phone,
}

/// A contact as it is typed, sent and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactRecord {
    /// Which kind.
    pub kind: ContactKind,
    /// Email address, or phone number (E.164 once it was checked).
    pub value: String,
    /// What was typed, where it differs from `value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<String>,
    /// Whether the customer agreed to marketing over it.
    #[serde(default)]
    pub marketing_consent: bool,
}

/// A checked contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Where to reach the customer.
    pub value: ContactValue,
    /// Whether the customer agreed to marketing over it.
    pub marketing_consent: bool,
}

/// Where a customer can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactValue {
    /// By email.
    Email(Email),
    /// By phone.
    Phone(Phone),
}

impl Contact {
    pub(crate) fn parse(record: &ContactRecord, country: &Country) -> Result<Self, Problem> {
        let value = match record.kind {
            ContactKind::Email => ContactValue::Email(Email::parse(&record.value)?),
            ContactKind::Phone => {
                ContactValue::Phone(parse_phone(&record.value, record.typed.as_deref(), country)?)
            }
        };
        Ok(Self { value, marketing_consent: record.marketing_consent })
    }

    pub(crate) fn to_record(&self) -> ContactRecord {
        let (kind, value, typed) = match &self.value {
            ContactValue::Email(email) => (ContactKind::Email, email.as_str().to_owned(), None),
            ContactValue::Phone(phone) => (ContactKind::Phone, phone.e164().to_owned(), typed_beside(phone)),
        };
        ContactRecord { kind, value, typed, marketing_consent: self.marketing_consent }
    }
}

/// Reads a phone that may stand beside what was typed: the typed form is kept while both say the same number.
pub(crate) fn parse_phone(
    value: &str,
    typed: Option<&str>,
    country: &Country,
) -> Result<Phone, crate::PhoneError> {
    let phone = Phone::parse(value, country)?;
    let kept = typed.and_then(|typed| Phone::with_typed(phone.e164(), typed)).unwrap_or(phone);
    Ok(kept)
}

/// What was typed, where it says more than the number itself.
pub(crate) fn typed_beside(phone: &Phone) -> Option<String> {
    (phone.typed() != phone.e164()).then(|| phone.typed().to_owned())
}
