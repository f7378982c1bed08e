//! The fields of a customer's attributes, in the groups and the order that headquarters gave them.

use kase_domain::{AttributeDefinition, AttributeKind, Translated};
use kase_ui::{Choice, Keyboard, SelectField, TextField, use_text};
use leptos::prelude::*;

use crate::components::attribute_words as say;
use crate::components::checks::Checks;
use crate::components::draft::Draft;
use crate::components::draft_attribute::{DraftAttribute, NO, YES};
use crate::components::name_lists::offered;

/// All of them.
#[component]
pub(crate) fn AttributeFields(
    /// The form.
    draft: Draft,
    /// What says whether they are right.
    checks: Checks,
) -> impl IntoView {
    let text = use_text();
    let group = move |(heading, attributes): (Translated, Vec<DraftAttribute>)| {
        let unnamed = heading.is_empty();
        let fields = attributes.into_iter().map(|attribute| view! { <AttributeField attribute checks/> });
        view! {
            <fieldset class="attributes field-wide">
                <legend class="field-label" hidden=unnamed>{text.of(move |text| say::said(&heading, text))}</legend>
                {fields.collect_view()}
            </fieldset>
        }
    };
    grouped(draft.attributes.get_value()).into_iter().map(group).collect_view()
}

/// By their headings, each where it stands first.
fn grouped(attributes: Vec<DraftAttribute>) -> Vec<(Translated, Vec<DraftAttribute>)> {
    let mut groups: Vec<(Translated, Vec<DraftAttribute>)> = Vec::new();
    for attribute in attributes {
        let heading = attribute.definition.with_value(|definition| definition.group.clone());
        match groups.iter_mut().find(|(known, _)| *known == heading) {
            Some((_, group)) => group.push(attribute),
            None => groups.push((heading, vec![attribute])),
        }
    }
    groups
}

#[component]
fn AttributeField(attribute: DraftAttribute, checks: Checks) -> impl IntoView {
    let text = use_text();
    let definition = attribute.definition.get_value();
    let path = Signal::stored(format!("attributes.{}", definition.key));
    let error = checks.error(path, attribute.line);
    let defined = attribute.definition;
    let label = text.of(move |text| defined.with_value(|definition| say::label(definition, text)));
    let hint = text.of(move |text| defined.with_value(|definition| say::hint(definition, text)));
    let value = attribute.line.value;
    if let Some(values) = values(&definition) {
        let choices = Memo::new(move |_| {
            let text = text.get();
            let named = |value: &String| Choice::new(value, value_named(&definition, value, text));
            let list: Vec<Choice> = values.iter().map(named).collect();
            offered(&list, Choice::new("", text.not_chosen()), &value.read())
        });
        return view! { <SelectField label value choices error hint/> }.into_any();
    }
    let keyboard = keyboard(&definition.kind);
    view! {
        <TextField
            label
            value
            ill_formed=attribute.line.ill_formed
            error
            hint
            keyboard
            on_leave=move |()| checks.leave(&path.read_untracked())
        />
    }
    .into_any()
}

/// What there is to choose from; none where a person types.
fn values(definition: &AttributeDefinition) -> Option<Vec<String>> {
    match &definition.kind {
        AttributeKind::YesNo => Some(vec![YES.to_owned(), NO.to_owned()]),
        AttributeKind::Text { choices } if !choices.is_empty() => {
            Some(choices.iter().map(|choice| choice.value.clone()).collect())
        }
        _ => None,
    }
}

fn value_named(definition: &AttributeDefinition, value: &str, text: &dyn kase_text::Catalogue) -> String {
    match (&definition.kind, value) {
        (AttributeKind::YesNo, YES) => text.yes().to_owned(),
        (AttributeKind::YesNo, NO) => text.no().to_owned(),
        _ => say::choice(definition, value, text),
    }
}

/// A tablet's pad of digits has no minus.
fn keyboard(kind: &AttributeKind) -> Keyboard {
    match kind {
        AttributeKind::WholeNumber(range) | AttributeKind::Decimal(range) => {
            if range.least.is_some_and(kase_domain::Decimal::is_negative) {
                Keyboard::Code
            } else {
                Keyboard::Number
            }
        }
        AttributeKind::Text { .. } | AttributeKind::YesNo => Keyboard::Text,
    }
}
