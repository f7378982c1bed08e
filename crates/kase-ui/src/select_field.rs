//! One of several values, in the browser's own list, which works with every finger and screen reader.

use leptos::prelude::*;

use crate::field_frame::{FieldFrame, FieldIds};
use crate::{Icon, IconSize, Shape};

/// A value and what a person reads for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is kept; empty for "not chosen".
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// A value and its text.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into() }
    }
}

/// A labelled choice.
#[component]
pub fn SelectField(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// The value chosen.
    value: RwSignal<String>,
    /// What can be chosen, in this order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// What is wrong with it, in a sentence.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Whether it takes the whole width of the form.
    #[prop(optional)]
    wide: bool,
) -> impl IntoView {
    let ids = FieldIds::new();
    let described_by = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.read().is_some())
    };
    let option = move |choice: Choice| {
        let (is_value, kept) = (choice.value.clone(), choice.value);
        view! {
            <option value=kept prop:selected=move || *value.read() == is_value>
                {choice.label}
            </option>
        }
    };
    view! {
        <FieldFrame ids=ids.clone() label hint error wide>
            <span class="select">
                <select
                    class="input"
                    id=ids.control
                    aria-invalid=move || error.read().is_some().then_some("true")
                    aria-describedby=described_by
                    on:change=move |event| value.set(event_target_value(&event))
                >
                    // A label belongs to the key, so that a switch of language renames the options.
                    <For each=move || choices.get() key=|choice| (choice.value.clone(), choice.label.clone()) let:choice>
                        {option(choice)}
                    </For>
                </select>
                <Icon shape=Shape::ChevronDown size=IconSize::Small/>
            </span>
        </FieldFrame>
    }
}
