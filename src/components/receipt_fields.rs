//! Receipts, language and currency of a customer.

use kase_text::Field;
use kase_ui::{Choice, Keyboard, SelectField, use_text};
use leptos::prelude::*;

use crate::components::checks::Checks;
use crate::components::draft::Draft;
use crate::components::draft_field::DraftField;
use crate::components::name_lists::{offered, use_name_lists};
use crate::components::words;

/// What is not chosen is as the store has it.
#[component]
pub(crate) fn ReceiptFields(
    /// The form.
    draft: Draft,
    /// What says whether they are right.
    checks: Checks,
) -> impl IntoView {
    let (text, lists) = (use_text(), use_name_lists());
    let usual = move || Choice::new("", text.get().store_default());
    let receipts = Memo::new(move |_| {
        let said = |preference| text.get().receipt_preference(words::receipt(preference));
        let ways =
            words::RECEIPTS.map(|preference| Choice::new(words::receipt_code(preference), said(preference)));
        offered(&ways, usual(), "")
    });
    let languages = Memo::new(move |_| offered(&lists.languages.read(), usual(), &draft.language.read()));
    let currencies = Memo::new(move |_| offered(&lists.currencies.read(), usual(), &draft.currency.read()));
    view! {
        <SelectField
            label=text.of(|text| text.field(Field::ReceiptPreference))
            value=draft.receipt_preference
            choices=receipts
        />
        <DraftField
            field=Field::ReceiptEmail
            line=draft.receipt_email
            path="receipt_email".to_owned()
            checks
            keyboard=Keyboard::Email
        />
        <SelectField label=text.of(|text| text.field(Field::Language)) value=draft.language choices=languages/>
        <SelectField label=text.of(|text| text.field(Field::Currency)) value=draft.currency choices=currencies/>
    }
}
