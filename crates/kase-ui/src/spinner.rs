//! Shows that something is under way, once it has taken 0.3 s: before that, nothing flickers.

use leptos::prelude::*;

/// A turning ring; the delay is the style sheet's.
#[component]
pub fn Spinner(
    /// What is under way, for screen readers; without it the text beside says so.
    #[prop(optional, into)]
    label: Option<TextProp>,
) -> impl IntoView {
    let role = label.as_ref().map(|_| "status");
    view! {
        <span class="spinner" role=role>
            <span class="spinner-ring" aria-hidden="true"></span>
            {label.map(|label| view! { <span class="visually-hidden">{move || label.get()}</span> })}
        </span>
    }
}
