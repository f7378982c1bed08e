//! A count beside a word in the navigation.

use leptos::prelude::*;

/// Shows nothing for zero, and keeps its place.
#[component]
pub fn Badge(
    /// How many.
    #[prop(into)]
    count: Signal<u64>,
    /// What they are, for a screen reader: "3 waiting".
    #[prop(into)]
    label: TextProp,
    /// Whether one of them needs a person.
    #[prop(optional, into)]
    urgent: Signal<bool>,
) -> impl IntoView {
    let shown = move || match count.get() {
        0 => None,
        // More digits do not fit, and the exact number is a page away.
        count @ 1..=99 => Some(count.to_string()),
        _ => Some("99+".to_owned()),
    };
    view! {
        <span class="badge" class:badge-urgent=urgent hidden=move || count.get() == 0>
            <span aria-hidden="true">{shown}</span>
            <span class="visually-hidden">{move || (count.get() > 0).then(|| label.get())}</span>
        </span>
    }
}
