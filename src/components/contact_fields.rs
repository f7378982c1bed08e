//! Further emails and phones, each with its consent for marketing.

use kase_domain::ContactKind;
use kase_text::Field;
use kase_ui::{Button, CheckField, IconButton, Keyboard, Shape, TextField, use_text};
use leptos::prelude::*;

use crate::components::checks::Checks;
use crate::components::draft::Draft;
use crate::components::draft_contact::DraftContact;

/// All of them, and how to add one.
#[component]
pub(crate) fn ContactFields(
    /// The form.
    draft: Draft,
    /// What says whether they are right.
    checks: Checks,
) -> impl IntoView {
    let text = use_text();
    let add = move |kind| {
        let contact = draft.owned(|| DraftContact::new(kind));
        draft.contacts.update(|contacts| contacts.push(contact));
    };
    view! {
        <For each=move || draft.contacts.get() key=|contact| contact.key let:contact>
            <ContactField draft contact checks/>
        </For>
        <div class="actions field-wide">
            <Button
                label=text.of(|text| text.add_email())
                icon=Shape::Mail
                on_press=move |()| add(ContactKind::Email)
            />
            <Button
                label=text.of(|text| text.add_phone())
                icon=Shape::Phone
                on_press=move |()| add(ContactKind::Phone)
            />
        </div>
    }
}

#[component]
fn ContactField(draft: Draft, contact: DraftContact, checks: Checks) -> impl IntoView {
    let text = use_text();
    let (field, keyboard) = match contact.kind {
        ContactKind::Email => (Field::SecondaryEmail, Keyboard::Email),
        ContactKind::Phone => (Field::SecondaryPhone, Keyboard::Phone),
    };
    let path = Memo::new(move |_| {
        let at = draft.contacts.read().iter().position(|other| other.key == contact.key);
        at.map(|at| format!("contacts[{at}].value")).unwrap_or_default()
    });
    let remove =
        move |()| draft.contacts.update(|contacts| contacts.retain(|other| other.key != contact.key));
    view! {
        <div class="contact field-wide">
            <TextField
                label=text.of(move |text| text.field(field))
                value=contact.line.value
                ill_formed=contact.line.ill_formed
                error=checks.error(path.into(), contact.line)
                keyboard
                on_leave=move |()| checks.leave(&path.read_untracked())
            />
            <IconButton
                label=text.of(move |text| text.remove_named(text.field(field)))
                icon=Shape::Remove
                on_press=remove
            />
            <CheckField
                label=text.of(|text| text.field(Field::MarketingConsent))
                hint=text.of(|text| text.marketing_consent_hint())
                checked=contact.consent
            />
        </div>
    }
}
