//! A further email or phone in a form.

use std::sync::atomic::{AtomicU32, Ordering};

use kase_domain::{ContactKind, ContactRecord, Country, Phone};
use leptos::prelude::*;

use crate::components::draft::Line;

static NEXT_KEY: AtomicU32 = AtomicU32::new(0);

/// A contact as it is typed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DraftContact {
    /// For the keyed list.
    pub(crate) key: u32,
    /// Which kind.
    pub(crate) kind: ContactKind,
    /// What was typed.
    pub(crate) line: Line,
    /// Whether the customer agrees to marketing over it.
    pub(crate) consent: RwSignal<bool>,
    base: StoredValue<Option<ContactRecord>>,
}

impl DraftContact {
    /// An empty one.
    pub(crate) fn new(kind: ContactKind) -> Self {
        Self {
            key: NEXT_KEY.fetch_add(1, Ordering::Relaxed),
            kind,
            line: Line::new(None),
            consent: RwSignal::new(false),
            base: StoredValue::new(None),
        }
    }

    /// One that the customer has.
    pub(crate) fn of(record: &ContactRecord) -> Self {
        Self {
            line: Line::new(Some(&shown(record))),
            consent: RwSignal::new(record.marketing_consent),
            base: StoredValue::new(Some(record.clone())),
            ..Self::new(record.kind)
        }
    }

    /// What it makes.
    pub(crate) fn record(self) -> ContactRecord {
        let value = self.line.value.get();
        let marketing_consent = self.consent.get();
        match self.base.get_value().filter(|base| shown(base) == value) {
            Some(base) => ContactRecord { marketing_consent, ..base },
            None => ContactRecord { kind: self.kind, value, typed: None, marketing_consent },
        }
    }
}

/// As people read it.
fn shown(record: &ContactRecord) -> String {
    match record.kind {
        ContactKind::Email => record.value.clone(),
        ContactKind::Phone => readable_phone(&record.value, record.typed.as_deref()),
    }
}

/// What was typed, or else the number in groups.
pub(crate) fn readable_phone(e164: &str, typed: Option<&str>) -> String {
    // A number in E.164 has its calling code: no country is asked for it.
    let phone = || Country::parse("ZZ").ok().and_then(|nowhere| Phone::parse(e164, &nowhere).ok());
    typed
        .map(str::to_owned)
        .or_else(|| phone().map(|phone| phone.display()))
        .unwrap_or_else(|| e164.to_owned())
}
