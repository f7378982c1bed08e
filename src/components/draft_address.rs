//! An address in a form.

use kase_domain::{AddressId, AddressRecord};
use leptos::prelude::*;

use crate::components::draft::Line;
use crate::components::draft_contact::readable_phone;
use crate::components::words;

/// An address as it is typed.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub(crate) struct DraftAddress {
    /// For the keyed list; never shown.
    pub(crate) id: AddressId,
    base: StoredValue<AddressRecord>,
    /// A code of [`words::purpose_code`]; empty for the kind's own.
    pub(crate) purpose: RwSignal<String>,
    /// Empty for the store's.
    pub(crate) country: RwSignal<String>,
    pub(crate) postal_code: Line,
    pub(crate) state: Line,
    pub(crate) county: Line,
    pub(crate) city: Line,
    pub(crate) street: Line,
    pub(crate) building: Line,
    pub(crate) attention_to: Line,
    pub(crate) contact_name: Line,
    pub(crate) contact_phone: Line,
    pub(crate) primary: RwSignal<bool>,
}

impl DraftAddress {
    /// An empty one.
    pub(crate) fn new(id: AddressId) -> Self {
        Self::of(&AddressRecord::new(id))
    }

    /// One that the customer has.
    pub(crate) fn of(record: &AddressRecord) -> Self {
        let line = |text: &Option<String>| Line::new(text.as_deref());
        Self {
            id: record.id,
            base: StoredValue::new(record.clone()),
            purpose: RwSignal::new(record.purpose.map(words::purpose_code).unwrap_or_default().to_owned()),
            country: RwSignal::new(record.country.clone().unwrap_or_default()),
            postal_code: line(&record.postal_code),
            state: line(&record.state),
            county: line(&record.county),
            city: line(&record.city),
            street: line(&record.street),
            building: line(&record.building),
            attention_to: line(&record.attention_to),
            contact_name: line(&record.contact_name),
            contact_phone: line(&shown_phone(record)),
            primary: RwSignal::new(record.primary),
        }
    }

    /// Every line of text.
    pub(crate) fn lines(self) -> [Line; 9] {
        [
            self.postal_code,
            self.state,
            self.county,
            self.city,
            self.street,
            self.building,
            self.attention_to,
            self.contact_name,
            self.contact_phone,
        ]
    }

    /// Whether nothing was typed into it.
    pub(crate) fn is_blank(self) -> bool {
        self.lines().into_iter().all(Line::is_blank)
    }

    /// What it makes.
    pub(crate) fn record(self) -> AddressRecord {
        let mut base = self.base.get_value();
        let phone = self.contact_phone.typed();
        if phone != shown_phone(&base) {
            (base.contact_phone, base.contact_phone_typed) = (phone, None);
        }
        AddressRecord {
            purpose: words::purpose_of(&self.purpose.read()),
            country: Some(self.country.get()).filter(|code| !code.is_empty()),
            postal_code: self.postal_code.typed(),
            state: self.state.typed(),
            county: self.county.typed(),
            city: self.city.typed(),
            street: self.street.typed(),
            building: self.building.typed(),
            attention_to: self.attention_to.typed(),
            contact_name: self.contact_name.typed(),
            primary: self.primary.get(),
            ..base
        }
    }
}

/// The contact's phone as people read it.
pub(crate) fn shown_phone(record: &AddressRecord) -> Option<String> {
    let typed = record.contact_phone_typed.as_deref();
    record.contact_phone.as_deref().map(|e164| readable_phone(e164, typed))
}
