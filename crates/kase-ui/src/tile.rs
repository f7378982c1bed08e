//! A number that is looked at from afar.

use leptos::prelude::*;

/// How a tile is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TileTone {
    /// Only a number.
    #[default]
    Plain,
    /// Something waits here.
    Waiting,
    /// Something here needs a person.
    Refused,
}

/// A number and what it counts, as an entry of a `<dl class="tiles">`.
#[component]
pub fn Tile(
    /// The number, in the form of the language.
    #[prop(into)]
    value: TextProp,
    /// What it counts.
    #[prop(into)]
    label: TextProp,
    /// How it is meant.
    #[prop(optional, into)]
    tone: Signal<TileTone>,
) -> impl IntoView {
    let class = move || match tone.get() {
        TileTone::Plain => "tile",
        TileTone::Waiting => "tile tile-waiting",
        TileTone::Refused => "tile tile-refused",
    };
    view! {
        <div class=class>
            <dt class="tile-label">{move || label.get()}</dt>
            <dd class="tile-value">{move || value.get()}</dd>
        </div>
    }
}
