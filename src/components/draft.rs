//! What a customer's form holds: every field as it is typed, and the record that it makes. Nothing typed is
//! lost by a failure, since the draft is the sheet's own and outlives every try to save it.

use kase_domain::{
    AttributeDefinition, ChannelSettings, CustomerKind, CustomerRecord, FieldError, attribute_errors,
};
use kase_search::Shortcuts;
use leptos::prelude::*;

use crate::components::carried::Carried;
use crate::components::draft_address::DraftAddress;
use crate::components::draft_attribute::DraftAttribute;
use crate::components::draft_contact::{DraftContact, readable_phone};
use crate::components::words;

/// A line of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// What was typed.
    pub(crate) value: RwSignal<String>,
    /// Whether it holds a lone surrogate, which is lost on its way into Rust.
    pub(crate) ill_formed: RwSignal<bool>,
}

impl Line {
    /// A line that begins with `text`.
    pub(crate) fn new(text: Option<&str>) -> Self {
        Self { value: RwSignal::new(text.unwrap_or_default().to_owned()), ill_formed: RwSignal::new(false) }
    }

    /// What was typed; none where nothing was.
    pub(crate) fn typed(self) -> Option<String> {
        let value = self.value.get();
        (!value.trim().is_empty()).then_some(value)
    }

    /// Whether anything was typed.
    pub(crate) fn is_blank(self) -> bool {
        self.value.read().trim().is_empty()
    }
}

/// Whether lists keep entries in which nothing was typed: their places then are those of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// For checking.
    Kept,
    /// For saving.
    Dropped,
}

/// A customer's form. Copy it wherever a part of it is shown.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub(crate) struct Draft {
    /// What the form began with: fields it does not show stay as they are.
    base: StoredValue<CustomerRecord>,
    owner: StoredValue<Owner>,
    pub(crate) kind: RwSignal<CustomerKind>,
    pub(crate) title: Line,
    pub(crate) first_name: Line,
    pub(crate) middle_name: Line,
    pub(crate) last_name: Line,
    pub(crate) organization_name: Line,
    pub(crate) email: Line,
    pub(crate) phone: Line,
    pub(crate) contacts: RwSignal<Vec<DraftContact>>,
    pub(crate) addresses: RwSignal<Vec<DraftAddress>>,
    pub(crate) language: RwSignal<String>,
    pub(crate) currency: RwSignal<String>,
    /// The id of a customer group; empty for the store's.
    pub(crate) customer_group: RwSignal<String>,
    /// A code of [`words::receipt_code`]; empty for the store's.
    pub(crate) receipt_preference: RwSignal<String>,
    pub(crate) receipt_email: Line,
    pub(crate) tax_exempt_number: Line,
    pub(crate) vat_number: Line,
    pub(crate) identification_number: Line,
    pub(crate) affiliations: RwSignal<Vec<String>>,
    pub(crate) privacy_opt_outs: RwSignal<Vec<String>>,
    /// Those that headquarters has defined; others stay as they are.
    pub(crate) attributes: StoredValue<Vec<DraftAttribute>>,
}

impl Draft {
    /// The form of an existing customer, or of one that begins with what was carried into it.
    pub(crate) fn of(record: CustomerRecord) -> Self {
        let line = |text: &Option<String>| Line::new(text.as_deref());
        let phone = shown_phone(&record);
        Self {
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            kind: RwSignal::new(record.kind()),
            title: line(&record.title),
            first_name: line(&record.first_name),
            middle_name: line(&record.middle_name),
            last_name: line(&record.last_name),
            organization_name: line(&record.organization_name),
            email: line(&record.email),
            phone: Line::new(phone.as_deref()),
            contacts: RwSignal::new(record.contacts.iter().map(DraftContact::of).collect()),
            addresses: RwSignal::new(record.addresses.iter().map(DraftAddress::of).collect()),
            language: RwSignal::new(record.language.clone().unwrap_or_default()),
            currency: RwSignal::new(record.currency.clone().unwrap_or_default()),
            customer_group: RwSignal::new(record.customer_group.clone().unwrap_or_default()),
            receipt_preference: RwSignal::new(
                record.receipt_preference.map(words::receipt_code).unwrap_or_default().to_owned(),
            ),
            receipt_email: line(&record.receipt_email),
            tax_exempt_number: line(&record.tax_exempt_number),
            vat_number: line(&record.vat_number),
            identification_number: line(&record.identification_number),
            affiliations: RwSignal::new(record.affiliations.clone()),
            privacy_opt_outs: RwSignal::new(record.privacy_opt_outs.clone()),
            attributes: StoredValue::default(),
            base: StoredValue::new(record),
        }
    }

    /// The form of a new customer, with what was typed into the search box in the field that it looks like.
    pub(crate) fn carrying(
        typed: &str,
        settings: Option<&ChannelSettings>,
        shortcuts: &Shortcuts<'_>,
    ) -> Self {
        let carried = Carried::of(typed, settings.map(|settings| &settings.country), shortcuts);
        let default_kind = settings.and_then(|settings| settings.default_customer.kind);
        let mut record =
            CustomerRecord { kind: default_kind.or(Some(CustomerKind::Person)), ..Default::default() };
        for definition in settings.map(|settings| settings.attributes.as_slice()).unwrap_or_default() {
            let default = definition.default.clone();
            record.attributes.extend(default.map(|default| (definition.key.clone(), default)));
        }
        let organization = record.kind == Some(CustomerKind::Organization);
        match carried {
            Carried::Nothing => {}
            Carried::Phone(phone) => record.phone = Some(phone),
            Carried::Email(email) => record.email = Some(email),
            Carried::Name { whole, .. } if organization => record.organization_name = Some(whole),
            Carried::Name { first, last, .. } => (record.first_name, record.last_name) = (Some(first), last),
        }
        Self::of(record)
    }

    /// The form with a field for each of these attributes; `decimal_sign` is that of the language in force.
    pub(crate) fn with_attributes(self, definitions: &[AttributeDefinition], decimal_sign: char) -> Self {
        let attribute = |definition: &AttributeDefinition| {
            let value = self.base.with_value(|base| base.attributes.get(&definition.key).cloned());
            DraftAttribute::of(definition, value.as_ref(), decimal_sign)
        };
        self.attributes.set_value(definitions.iter().map(attribute).collect());
        self
    }

    /// What is wrong with attributes that were typed or chosen here.
    pub(crate) fn attribute_errors(self, record: &CustomerRecord) -> Vec<FieldError> {
        let attributes = self.attributes.get_value();
        let definitions: Vec<AttributeDefinition> =
            attributes.iter().map(|attribute| attribute.definition.get_value()).collect();
        self.base.with_value(|base| attribute_errors(&definitions, &record.attributes, &base.attributes))
    }

    /// Person or organization; a name that stands already is taken along, as far as there is none yet.
    pub(crate) fn set_kind(self, kind: CustomerKind) {
        self.kind.set(kind);
        let person = [self.first_name, self.middle_name, self.last_name];
        let said: Vec<String> = person.iter().map(|line| line.value.get_untracked()).collect();
        let said =
            said.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ");
        let organization = self.organization_name.value.get_untracked();
        if kind == CustomerKind::Organization && organization.trim().is_empty() {
            self.organization_name.value.set(said);
        } else if kind == CustomerKind::Person && said.is_empty() {
            self.first_name.value.set(organization);
        }
    }

    /// Makes a part that lives as long as the form, from inside of an event.
    pub(crate) fn owned<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.get_value().with(make)
    }

    /// Every line of text, for what is asked of all of them.
    pub(crate) fn lines(self) -> Vec<Line> {
        let mut lines = vec![
            self.title,
            self.first_name,
            self.middle_name,
            self.last_name,
            self.organization_name,
            self.email,
            self.phone,
            self.receipt_email,
            self.tax_exempt_number,
            self.vat_number,
            self.identification_number,
        ];
        lines.extend(self.attributes.get_value().iter().map(|attribute| attribute.line));
        lines.extend(self.contacts.read().iter().map(|contact| contact.line));
        lines.extend(self.addresses.read().iter().flat_map(|address| address.lines()));
        lines
    }

    /// What the form makes.
    pub(crate) fn record(self, blanks: Blanks) -> CustomerRecord {
        let code = |signal: RwSignal<String>| Some(signal.get()).filter(|code| !code.is_empty());
        let mut record = self.base.get_value();
        let kind = self.kind.get();
        record.kind = Some(kind);
        let person = |line: Line| line.typed().filter(|_| kind == CustomerKind::Person);
        record.title = person(self.title);
        record.first_name = person(self.first_name);
        record.middle_name = person(self.middle_name);
        record.last_name = person(self.last_name);
        record.organization_name =
            self.organization_name.typed().filter(|_| kind == CustomerKind::Organization);
        record.email = self.email.typed();
        let phone = self.phone.typed();
        if phone != shown_phone(&record) {
            (record.phone, record.phone_typed) = (phone, None);
        }
        record.contacts = self
            .contacts
            .read()
            .iter()
            .filter(|contact| blanks == Blanks::Kept || !contact.line.is_blank())
            .map(|contact| contact.record())
            .collect();
        record.addresses = self
            .addresses
            .read()
            .iter()
            .filter(|address| blanks == Blanks::Kept || !address.is_blank())
            .map(|address| address.record())
            .collect();
        record.language = code(self.language);
        record.currency = code(self.currency);
        record.customer_group = code(self.customer_group);
        record.receipt_preference = words::receipt_of(&self.receipt_preference.read());
        record.receipt_email = self.receipt_email.typed();
        record.tax_exempt_number = self.tax_exempt_number.typed();
        record.vat_number = self.vat_number.typed();
        record.identification_number = self.identification_number.typed();
        record.affiliations = self.affiliations.get();
        record.privacy_opt_outs = self.privacy_opt_outs.get();
        for attribute in self.attributes.get_value() {
            match attribute.value() {
                Some(value) => record.attributes.insert(attribute.key(), value),
                None => record.attributes.remove(&attribute.key()),
            };
        }
        record
    }
}

fn shown_phone(record: &CustomerRecord) -> Option<String> {
    let typed = record.phone_typed.as_deref();
    record.phone.as_deref().map(|e164| readable_phone(e164, typed))
}

#[cfg(test)]
mod tests;
