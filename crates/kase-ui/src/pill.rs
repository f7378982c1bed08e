//! A state of the whole register, such as its connection; read out when it changes.

use leptos::prelude::*;

use crate::{Icon, IconSize, Shape};

/// What a pill says by its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PillTone {
    /// All is well.
    #[default]
    Well,
    /// Something waits.
    Waiting,
}

/// A status region with an accessible name.
#[component]
pub fn Pill(
    /// What it is the state of: "Connection".
    #[prop(into)]
    label: TextProp,
    /// The state in a word.
    #[prop(into)]
    text: TextProp,
    /// The state in a sentence, on hover.
    #[prop(optional, into)]
    meaning: Option<TextProp>,
    /// Drawn before the word.
    #[prop(into)]
    icon: Signal<Shape>,
    /// How it is.
    #[prop(optional, into)]
    tone: Signal<PillTone>,
) -> impl IntoView {
    view! {
        <span
            class="pill"
            class:pill-waiting=move || tone.get() == PillTone::Waiting
            role="status"
            aria-label=move || label.get()
            title=move || meaning.as_ref().map(TextProp::get)
        >
            <Icon shape=icon size=IconSize::Small/>
            <span class="pill-text">{move || text.get()}</span>
        </span>
    }
}
