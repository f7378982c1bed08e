//! What is known of a customer: contact, cards, groups and the rest; addresses have a file of their own.

use kase_domain::{ContactValue, Customer};
use kase_replication::CustomerState;
use kase_text::{Catalogue, Field};
use kase_ui::{KeyValue, KeyValues, NameOf, name_of, use_text};
use leptos::prelude::*;

use crate::components::customer_addresses::CustomerAddresses;
use crate::components::customer_attributes::CustomerAttributes;
use crate::components::viewed::Viewed;
use crate::components::words;
use crate::state::use_state;

/// Sections that have nothing to say are left out.
#[component]
pub(crate) fn CustomerFacts(
    /// The customer.
    viewed: Viewed,
) -> impl IntoView {
    let text = use_text();
    let contact = facts(viewed, |state, text| contact(&state.customer, text));
    let cards = viewed.memo(|state| {
        state.loyalty_cards.iter().map(|card| card.number.as_str().to_owned()).collect::<Vec<_>>()
    });
    let other = facts(viewed, |state, text| other(&state.customer, text));
    view! {
        <section class="section">
            <h3>{text.of(|text| text.contact())}</h3>
            <Facts facts=contact/>
        </section>
        <CustomerAddresses viewed/>
        <section class="section">
            <h3>{text.of(|text| text.loyalty_cards())}</h3>
            <p class="secondary" hidden=move || !cards.read().is_empty()>{text.of(|text| text.no_loyalty_card())}</p>
            <ul class="numeric" hidden=move || cards.read().is_empty()>
                {move || cards.get().into_iter().map(|card| view! { <li>{card}</li> }).collect_view()}
            </ul>
        </section>
        <Groups viewed/>
        <CustomerAttributes viewed/>
        <section class="section" hidden=move || other.read().is_empty()>
            <h3>{text.of(|text| text.other_data())}</h3>
            <Facts facts=other/>
        </section>
    }
}

/// A name and its value.
pub(crate) type Fact = (String, String);

fn facts(viewed: Viewed, read: fn(&CustomerState, &dyn Catalogue) -> Vec<Fact>) -> Memo<Vec<Fact>> {
    let text = use_text();
    Memo::new(move |_| {
        viewed.customer.read().as_ref().map(|state| read(state, text.get())).unwrap_or_default()
    })
}

/// Names on one side, values on the other.
#[component]
pub(crate) fn Facts(
    /// What is known.
    facts: Memo<Vec<Fact>>,
) -> impl IntoView {
    let text = use_text();
    let fact = |(name, value): Fact| {
        view! {
            <KeyValue key=name>
                <bdi class="numeric">{value}</bdi>
            </KeyValue>
        }
    };
    view! {
        <p class="secondary" hidden=move || !facts.read().is_empty()>{text.of(|text| text.nothing_entered())}</p>
        <KeyValues>{move || facts.get().into_iter().map(fact).collect_view()}</KeyValues>
    }
}

fn contact(customer: &Customer, text: &dyn Catalogue) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut fact = |field: Field, value: Option<String>| {
        facts.extend(value.map(|value| (text.field(field).to_owned(), value)));
    };
    fact(Field::Phone, customer.phone.as_ref().map(|phone| phone.display()));
    fact(Field::Email, customer.email.as_ref().map(|email| email.as_str().to_owned()));
    for contact in &customer.contacts {
        match &contact.value {
            ContactValue::Phone(phone) => fact(Field::SecondaryPhone, Some(phone.display())),
            ContactValue::Email(email) => fact(Field::SecondaryEmail, Some(email.as_str().to_owned())),
        }
    }
    let receipt = customer.receipt_preference.map(|way| text.receipt_given(words::receipt(way)).to_owned());
    fact(Field::ReceiptPreference, receipt);
    fact(Field::ReceiptEmail, customer.receipt_email.as_ref().map(|email| email.as_str().to_owned()));
    facts
}

fn other(customer: &Customer, text: &dyn Catalogue) -> Vec<Fact> {
    let locale = kase_text::Locale::parse(text.tag()).unwrap_or_default();
    let record = customer.to_record();
    let named = |what, code: &Option<String>| code.as_deref().map(|code| name_of(what, code, locale));
    let mut facts: Vec<Fact> = [
        (Field::Title, record.title.clone()),
        (Field::Language, named(NameOf::Language, &record.language)),
        (Field::Currency, named(NameOf::Currency, &record.currency)),
        (Field::IdentificationNumber, record.identification_number.clone()),
        (Field::VatNumber, record.vat_number.clone()),
        (Field::TaxExemptNumber, record.tax_exempt_number.clone()),
    ]
    .into_iter()
    .filter_map(|(field, value)| Some((text.field(field).to_owned(), value?)))
    .collect();
    let opt_outs: Vec<&str> = kase_text::OptOut::ALL
        .iter()
        .filter(|opt_out| customer.privacy_opt_outs.iter().any(|kept| kept == words::opt_out_code(**opt_out)))
        .map(|opt_out| text.opt_out(*opt_out))
        .collect();
    if !opt_outs.is_empty() {
        facts.push((text.field(Field::PrivacyOptOuts).to_owned(), text.list(&opt_outs)));
    }
    facts
}

/// Group and affiliations.
#[component]
fn Groups(viewed: Viewed) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let groups = Memo::new(move |_| {
        let customer = viewed.customer.read();
        let Some(customer) = customer.as_ref().map(|state| &state.customer) else { return Vec::new() };
        let settings = state.settings.read();
        let known = settings.as_ref().map(|settings| settings.affiliations.as_slice()).unwrap_or_default();
        let known_groups =
            settings.as_ref().map(|settings| settings.customer_groups.as_slice()).unwrap_or_default();
        let name = |id: &String| {
            let known = known.iter().find(|affiliation| affiliation.id == *id);
            known.map_or_else(|| id.clone(), |affiliation| affiliation.name.clone())
        };
        let group = customer.customer_group.as_ref().map(|id| {
            let known = known_groups.iter().find(|group| group.id == *id);
            known.map_or_else(|| id.clone(), |group| group.name.clone())
        });
        let affiliations: Vec<String> = customer.affiliations.iter().map(name).collect();
        let said = text.get();
        let affiliations = (!affiliations.is_empty())
            .then(|| said.list(&affiliations.iter().map(String::as_str).collect::<Vec<_>>()));
        [(Field::CustomerGroup, group), (Field::Affiliations, affiliations)]
            .into_iter()
            .filter_map(|(field, value)| Some((said.field(field).to_owned(), value?)))
            .collect::<Vec<Fact>>()
    });
    view! {
        <section class="section" hidden=move || groups.read().is_empty()>
            <h3>{text.of(|text| text.groups())}</h3>
            <Facts facts=groups/>
        </section>
    }
}
