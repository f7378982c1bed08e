//! The addresses of a customer, each with what it is for, and which of them headquarters does not have yet.

use kase_domain::AddressRecord;
use kase_ui::{Chip, KeyValue, KeyValues, NameOf, name_of, use_locale, use_text};
use leptos::prelude::*;

use crate::components::draft_address::shown_phone;
use crate::components::viewed::Viewed;
use crate::components::words;

/// An address as it is shown.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    record: AddressRecord,
    pending: bool,
}

/// Nothing for a customer without one.
#[component]
pub(crate) fn CustomerAddresses(
    /// The customer.
    viewed: Viewed,
) -> impl IntoView {
    let (text, locale) = (use_text(), use_locale());
    let addresses = viewed.memo(|state| {
        let shown = |address: &kase_domain::Address| Shown {
            record: address.record().clone(),
            pending: state.pending_addresses.contains(&address.id()),
        };
        state.customer.addresses.iter().map(shown).collect::<Vec<_>>()
    });
    let heading = move |record: &AddressRecord| {
        let (purpose, primary) =
            (record.purpose.unwrap_or(kase_domain::AddressPurpose::Other), record.primary);
        text.of(move |text| {
            let purpose = words::purpose(purpose);
            if primary { text.primary_address_heading(purpose) } else { text.address_heading(purpose) }
        })
    };
    let address = move |Shown { record, pending }: Shown| {
        let heading = heading(&record);
        let lines = move || lines(&record, |code| name_of(NameOf::Country, code, locale.get()));
        view! {
            <KeyValue key=heading>
                {move || lines().into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
                {pending.then(|| view! { <div><Chip text=text.of(|text| text.pending_sync())/></div> })}
            </KeyValue>
        }
    };
    let title =
        move || if addresses.read().len() > 1 { text.get().addresses() } else { text.get().address() };
    view! {
        <section class="section" hidden=move || addresses.read().is_empty()>
            <h3>{title}</h3>
            <KeyValues>{move || addresses.get().into_iter().map(address).collect_view()}</KeyValues>
        </section>
    }
}

/// As it would stand on a letter.
fn lines(address: &AddressRecord, country: impl Fn(&str) -> String) -> Vec<String> {
    let joined = |parts: &[Option<&str>], between: &str| {
        let parts: Vec<&str> = parts.iter().flatten().copied().filter(|part| !part.is_empty()).collect();
        parts.join(between)
    };
    let country = address.country.as_deref().map(country);
    let place = joined(&[address.postal_code.as_deref(), address.city.as_deref()], " ");
    [
        joined(&[address.attention_to.as_deref()], ""),
        joined(&[address.street.as_deref(), address.building.as_deref()], ", "),
        joined(
            &[Some(&place), address.county.as_deref(), address.state.as_deref(), country.as_deref()],
            ", ",
        ),
        joined(&[address.contact_name.as_deref(), shown_phone(address).as_deref()], ", "),
    ]
    .into_iter()
    .filter(|line| !line.is_empty())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn an_address_reads_as_on_a_letter() {
        let address: AddressRecord = serde_json::from_value(serde_json::json!({
            "id": "018f0000-0000-7000-8000-000000000001", "street": "Brīvības iela 112–4",
            "postal_code": "LV-1001", "city": "Rīga", "country": "LV", "contact_name": "Jānis",
            "contact_phone": "+37122222222", "contact_phone_typed": "2222-2222"
        }))
        .unwrap();
        assert_eq!(
            lines(&address, |_| "Latvija".into()),
            ["Brīvības iela 112–4", "LV-1001 Rīga, Latvija", "Jānis, 2222-2222"]
        );
    }
}
