//! A customer whose every part has been checked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{ShortText, optional};
use crate::contact::{parse_phone, typed_beside};
use crate::text::limits;
use crate::{
    Address, AddressPurpose, AttributeValue, Contact, Country, Currency, CustomerRecord, Email, FieldError,
    Language, OrganizationName, PersonName, Phone, Problem, Title,
};

/// Person or organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CustomerKind {
    /// A person.
    #[default]
    Person,
    /// An organization.
    Organization,
}

/// How receipts reach a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptPreference {
    /// No receipt.
    None,
    /// On paper.
    Paper,
    /// By email.
    Email,
    /// On paper and by email.
    Both,
}

/// What a customer is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomerName {
    /// A person has at least one name.
    Person(PersonNames),
    /// An organization has one name.
    Organization(OrganizationName),
}

/// The names of a person; at least one of first, middle and last name is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonNames {
    title: Option<Title>,
    first: Option<PersonName>,
    middle: Option<PersonName>,
    last: Option<PersonName>,
}

/// A customer, ready to be recorded. It serializes as a [`CustomerRecord`] and deserializes through its parser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CustomerRecord", into = "CustomerRecord")]
#[allow(missing_docs)]
pub struct Customer {
    pub name: CustomerName,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub contacts: Vec<Contact>,
    pub addresses: Vec<Address>,
    pub language: Option<Language>,
    pub currency: Option<Currency>,
    pub customer_group: Option<String>,
    pub receipt_preference: Option<ReceiptPreference>,
    pub receipt_email: Option<Email>,
    pub tax_exempt_number: Option<String>,
    pub vat_number: Option<String>,
    pub identification_number: Option<String>,
    pub affiliations: Vec<String>,
    pub attributes: BTreeMap<String, AttributeValue>,
    pub privacy_opt_outs: Vec<String>,
    /// Fields of a newer peer, kept as they came.
    pub unknown: BTreeMap<String, serde_json::Value>,
}

impl Customer {
    /// Checks every field and names each that is wrong. `country` is the store's: the default of addresses and
    /// of phone numbers without a calling code.
    pub fn parse(typed: &CustomerRecord, country: &Country) -> Result<Self, Vec<FieldError>> {
        Parser { typed, country, errors: Vec::new() }.customer()
    }

    /// Person or organization.
    pub fn kind(&self) -> CustomerKind {
        match self.name {
            CustomerName::Person(_) => CustomerKind::Person,
            CustomerName::Organization(_) => CustomerKind::Organization,
        }
    }

    /// The name as people read it: first, middle and last name, or the organization's.
    pub fn display_name(&self) -> String {
        match &self.name {
            CustomerName::Organization(name) => name.as_str().to_owned(),
            CustomerName::Person(names) => {
                let parts: Vec<&str> = [&names.first, &names.middle, &names.last]
                    .into_iter()
                    .flatten()
                    .map(PersonName::as_str)
                    .collect();
                parts.join(" ")
            }
        }
    }

    /// The customer as plain text, the shape in which it is sent and stored.
    pub fn to_record(&self) -> CustomerRecord {
        self.clone().into()
    }
}

impl From<Customer> for CustomerRecord {
    fn from(customer: Customer) -> Self {
        let mut record = Self { kind: Some(customer.kind()), ..Self::default() };
        match customer.name {
            CustomerName::Organization(name) => record.organization_name = Some(name.into()),
            CustomerName::Person(names) => {
                record.title = names.title.map(Into::into);
                record.first_name = names.first.map(Into::into);
                record.middle_name = names.middle.map(Into::into);
                record.last_name = names.last.map(Into::into);
            }
        }
        record.email = customer.email.map(Into::into);
        record.phone_typed = customer.phone.as_ref().and_then(typed_beside);
        record.phone = customer.phone.map(|phone| phone.e164().to_owned());
        record.contacts = customer.contacts.iter().map(Contact::to_record).collect();
        record.addresses = customer.addresses.iter().map(|address| address.record().clone()).collect();
        record.language = customer.language.map(Into::into);
        record.currency = customer.currency.map(Into::into);
        record.customer_group = customer.customer_group;
        record.receipt_preference = customer.receipt_preference;
        record.receipt_email = customer.receipt_email.map(Into::into);
        record.tax_exempt_number = customer.tax_exempt_number;
        record.vat_number = customer.vat_number;
        record.identification_number = customer.identification_number;
        record.affiliations = customer.affiliations;
        record.attributes = customer.attributes;
        record.privacy_opt_outs = customer.privacy_opt_outs;
        record.unknown = customer.unknown;
        record
    }
}

/// A stored or sent customer has its countries and calling codes filled in, so the default is never asked.
impl TryFrom<CustomerRecord> for Customer {
    type Error = String;

    fn try_from(record: CustomerRecord) -> Result<Self, Self::Error> {
        let nowhere = Country::parse("ZZ").map_err(|error| error.to_string())?;
        Self::parse(&record, &nowhere).map_err(|errors| {
            let named: Vec<String> =
                errors.iter().map(|error| format!("{}: {:?}", error.field, error.problem)).collect();
            named.join(", ")
        })
    }
}

struct Parser<'a> {
    typed: &'a CustomerRecord,
    country: &'a Country,
    errors: Vec<FieldError>,
}

impl Parser<'_> {
    fn customer(mut self) -> Result<Customer, Vec<FieldError>> {
        let typed = self.typed;
        let country = self.country;
        let name = self.name();
        let phone_typed = typed.phone_typed.as_deref();
        let customer = Customer {
            email: self.optional("email", &typed.email, Email::parse),
            phone: self.optional("phone", &typed.phone, |text| parse_phone(text, phone_typed, country)),
            contacts: self.contacts(),
            addresses: self.addresses(),
            language: self.optional("language", &typed.language, Language::parse),
            currency: self.optional("currency", &typed.currency, Currency::parse),
            customer_group: self.short_text("customer_group", &typed.customer_group),
            receipt_preference: typed.receipt_preference,
            receipt_email: self.optional("receipt_email", &typed.receipt_email, Email::parse),
            tax_exempt_number: self.short_text("tax_exempt_number", &typed.tax_exempt_number),
            vat_number: self.short_text("vat_number", &typed.vat_number),
            identification_number: self.short_text("identification_number", &typed.identification_number),
            affiliations: self.list("affiliations", &typed.affiliations),
            attributes: self.attributes(),
            privacy_opt_outs: self.list("privacy_opt_outs", &typed.privacy_opt_outs),
            unknown: typed.unknown.clone(),
            name: match name {
                Some(name) => name,
                // All other fields have been read by now, so the errors are complete.
                None => return Err(self.errors),
            },
        };
        if self.errors.is_empty() { Ok(customer) } else { Err(self.errors) }
    }

    fn name(&mut self) -> Option<CustomerName> {
        let typed = self.typed;
        if typed.kind() == CustomerKind::Organization {
            let name = typed.organization_name.as_deref().unwrap_or_default();
            return match OrganizationName::parse(name) {
                Ok(name) => Some(CustomerName::Organization(name)),
                Err(error) => {
                    self.errors.push(FieldError::new("organization_name", error));
                    None
                }
            };
        }
        let errors_before = self.errors.len();
        let names = PersonNames {
            title: self.optional("title", &typed.title, Title::parse),
            first: self.optional("first_name", &typed.first_name, PersonName::parse),
            middle: self.optional("middle_name", &typed.middle_name, PersonName::parse),
            last: self.optional("last_name", &typed.last_name, PersonName::parse),
        };
        let named = names.first.is_some() || names.middle.is_some() || names.last.is_some();
        if !named && self.errors.len() == errors_before {
            self.errors.push(FieldError::new("first_name", Problem::Required));
        }
        named.then_some(CustomerName::Person(names))
    }

    fn contacts(&mut self) -> Vec<Contact> {
        self.check_count("contacts", self.typed.contacts.len(), limits::CONTACTS);
        let mut contacts = Vec::new();
        for (at, record) in self.typed.contacts.iter().enumerate().take(limits::CONTACTS) {
            match Contact::parse(record, self.country) {
                Ok(contact) => contacts.push(contact),
                Err(problem) => self.errors.push(FieldError::new(format!("contacts[{at}].value"), problem)),
            }
        }
        contacts
    }

    fn addresses(&mut self) -> Vec<Address> {
        self.check_count("addresses", self.typed.addresses.len(), limits::ADDRESSES);
        let purpose = match self.typed.kind() {
            CustomerKind::Person => AddressPurpose::Home,
            CustomerKind::Organization => AddressPurpose::Business,
        };
        let mut addresses: Vec<Address> = Vec::new();
        for (at, record) in self.typed.addresses.iter().enumerate().take(limits::ADDRESSES) {
            let field = format!("addresses[{at}]");
            match Address::parse(record, &field, self.country, purpose) {
                Err(mut errors) => self.errors.append(&mut errors),
                Ok(address) => {
                    if addresses.iter().any(|other| other.id() == address.id()) {
                        self.errors.push(FieldError::new(format!("{field}.id"), Problem::RepeatedId));
                    }
                    if address.is_primary() && addresses.iter().any(Address::is_primary) {
                        self.errors.push(FieldError::new(format!("{field}.primary"), Problem::SecondPrimary));
                    }
                    addresses.push(address);
                }
            }
        }
        addresses
    }

    fn attributes(&mut self) -> BTreeMap<String, AttributeValue> {
        self.check_count("attributes", self.typed.attributes.len(), limits::LIST);
        let mut attributes = BTreeMap::new();
        for (key, value) in self.typed.attributes.iter().take(limits::LIST) {
            match ShortText::parse(key).map_err(Problem::from).and_then(|_| value.parse()) {
                Ok(value) => {
                    attributes.insert(key.clone(), value);
                }
                // An attribute left empty is left out.
                Err(Problem::Required) => {}
                Err(problem) => self.errors.push(FieldError::new(format!("attributes.{key}"), problem)),
            }
        }
        attributes
    }

    fn list(&mut self, field: &str, typed: &[String]) -> Vec<String> {
        self.check_count(field, typed.len(), limits::LIST);
        let mut values: Vec<String> = Vec::new();
        for (at, text) in typed.iter().enumerate().take(limits::LIST) {
            match ShortText::parse(text) {
                Ok(value) if values.iter().any(|other| other == value.as_str()) => {}
                Ok(value) => values.push(value.into()),
                Err(error) => self.errors.push(FieldError::new(format!("{field}[{at}]"), error)),
            }
        }
        values
    }

    fn short_text(&mut self, field: &str, typed: &Option<String>) -> Option<String> {
        self.optional(field, typed, ShortText::parse).map(Into::into)
    }

    fn optional<T, E>(
        &mut self,
        field: &str,
        typed: &Option<String>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T>
    where
        Problem: From<E>,
    {
        optional(typed.as_deref(), parse).unwrap_or_else(|problem| {
            self.errors.push(FieldError::new(field, problem));
            None
        })
    }

    fn check_count(&mut self, field: &str, count: usize, limit: usize) {
        if count > limit {
            self.errors.push(FieldError::new(field, Problem::TooMany { limit }));
        }
    }
}

#[cfg(test)]
mod tests;
