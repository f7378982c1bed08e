//! The fields of one address.

use kase_domain::AddressPurpose;
use kase_text::Field;
use kase_ui::{CheckField, Choice, Keyboard, SelectField, use_text};
use leptos::prelude::*;

use crate::components::checks::Checks;
use crate::components::draft_address::DraftAddress;
use crate::components::draft_field::DraftField;
use crate::components::name_lists::{offered, use_name_lists};
use crate::components::words;
use crate::state::use_state;

/// Two columns, the usual parts first.
#[component]
pub(crate) fn AddressFields(
    /// The address.
    address: DraftAddress,
    /// How the paths of its fields begin: `addresses[0].`, or nothing.
    #[prop(into)]
    path: Signal<String>,
    /// What says whether they are right.
    checks: Checks,
    /// What it is for where nothing is chosen.
    #[prop(into)]
    usual_purpose: Signal<AddressPurpose>,
    /// Whether the first field has the focus when its sheet opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let text = use_text();
    let at = move |field: Field| Signal::derive(move || format!("{}{}", path.read(), field.json_name()));
    let line = move |field: Field, line| view! { <DraftField field line path=at(field) checks/> };
    view! {
        <DraftField field=Field::Street line=address.street path=at(Field::Street) checks wide=true autofocus/>
        {line(Field::Building, address.building)}
        {line(Field::PostalCode, address.postal_code)}
        {line(Field::City, address.city)}
        {line(Field::County, address.county)}
        {line(Field::State, address.state)}
        <CountryField address/>
        <PurposeField address usual_purpose/>
        {line(Field::AttentionTo, address.attention_to)}
        {line(Field::ContactName, address.contact_name)}
        <DraftField
            field=Field::ContactPhone
            line=address.contact_phone
            path=at(Field::ContactPhone)
            checks
            keyboard=Keyboard::Phone
        />
        <CheckField label=text.of(|text| text.field(Field::PrimaryAddress)) checked=address.primary/>
    }
}

#[component]
fn CountryField(address: DraftAddress) -> impl IntoView {
    let (text, state, lists) = (use_text(), use_state(), use_name_lists());
    let choices = Memo::new(move |_| {
        let list = lists.countries.read();
        let store = state.settings.read().as_ref().map(|settings| settings.country.as_str().to_owned());
        let named = store.and_then(|code| list.iter().find(|choice| choice.value == code).cloned());
        let usual = named.map_or_else(|| text.get().store_default().to_owned(), |choice| choice.label);
        offered(&list, Choice::new("", usual), &address.country.read())
    });
    view! { <SelectField label=text.of(|text| text.field(Field::Country)) value=address.country choices/> }
}

#[component]
fn PurposeField(address: DraftAddress, usual_purpose: Signal<AddressPurpose>) -> impl IntoView {
    let text = use_text();
    let choices = Memo::new(move |_| {
        let text = text.get();
        let usual = usual_purpose.get();
        let choice = |purpose| {
            Choice::new(words::purpose_code(purpose), text.address_purpose(words::purpose(purpose)))
        };
        let chosen = words::purpose_of(&address.purpose.read());
        let others = words::PURPOSES.into_iter().filter(|purpose| *purpose != usual || chosen == Some(usual));
        let first = Choice::new("", text.address_purpose(words::purpose(usual)));
        // The usual one stands first by itself, unless it was chosen by name.
        let first = (chosen != Some(usual)).then_some(first);
        first.into_iter().chain(others.map(choice)).collect::<Vec<_>>()
    });
    view! { <SelectField label=text.of(|text| text.field(Field::Purpose)) value=address.purpose choices/> }
}
