//! A small state beside a name: amber waits, brick needs a person. Never colour alone.

use leptos::prelude::*;

use crate::{Icon, IconSize, Shape};

/// What a chip says by its colour and icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChipTone {
    /// Waits, and needs nobody.
    #[default]
    Waiting,
    /// Needs a person.
    Refused,
    /// Is done.
    Done,
    /// Says only what is.
    Plain,
}

/// Changes in place.
#[component]
pub fn Chip(
    /// The word.
    #[prop(into)]
    text: TextProp,
    /// What it means.
    #[prop(optional, into)]
    tone: Signal<ChipTone>,
) -> impl IntoView {
    let class = move || match tone.get() {
        ChipTone::Waiting => "chip",
        ChipTone::Refused => "chip chip-refused",
        ChipTone::Done => "chip chip-done",
        ChipTone::Plain => "chip chip-plain",
    };
    let icon = move || match tone.get() {
        ChipTone::Waiting => Some(Shape::Clock),
        ChipTone::Refused => Some(Shape::Warning),
        ChipTone::Done => Some(Shape::Check),
        ChipTone::Plain => None,
    };
    view! {
        <span class=class>
            {move || icon().map(|shape| view! { <Icon shape size=IconSize::Small/> })}
            <span>{move || text.get()}</span>
        </span>
    }
}
