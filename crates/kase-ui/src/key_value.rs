//! What is known of something: names on one side, values on the other.

use leptos::prelude::*;

/// The list; holds [`KeyValue`]s.
#[component]
pub fn KeyValues(
    /// The entries.
    children: Children,
) -> impl IntoView {
    view! { <dl class="key-values">{children()}</dl> }
}

/// A name and its value; lines of an address are children of their own.
#[component]
pub fn KeyValue(
    /// The name.
    #[prop(into)]
    key: TextProp,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="key-value">
            <dt>{move || key.get()}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
