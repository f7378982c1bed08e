//! The attributes that a customer has, by their labels; one without a definition by its key.

use kase_text::Field;
use kase_ui::use_text;
use leptos::prelude::*;

use crate::components::attribute_words as say;
use crate::components::customer_facts::{Fact, Facts};
use crate::components::viewed::Viewed;
use crate::state::use_state;

/// Nothing for a customer without one.
#[component]
pub(crate) fn CustomerAttributes(
    /// The customer.
    viewed: Viewed,
) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let facts = Memo::new(move |_| {
        let customer = viewed.customer.read();
        let Some(customer) = customer.as_ref().map(|state| &state.customer) else { return Vec::new() };
        let settings = state.settings.read();
        let definitions =
            settings.as_ref().map(|settings| settings.attributes.as_slice()).unwrap_or_default();
        let said = text.get();
        let defined = definitions.iter().filter_map(|definition| {
            let value = customer.attributes.get(&definition.key)?;
            Some((say::said(&definition.label, said), say::value(value, Some(definition), said)))
        });
        let others = customer
            .attributes
            .iter()
            .filter(|(key, _)| definitions.iter().all(|definition| definition.key != **key))
            .map(|(key, value)| (key.clone(), say::value(value, None, said)));
        defined.chain(others).collect::<Vec<Fact>>()
    });
    view! {
        <section class="section" hidden=move || facts.read().is_empty()>
            <h3>{text.of(|text| text.field(Field::Attributes))}</h3>
            <Facts facts/>
        </section>
    }
}
