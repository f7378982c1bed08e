//! How far something long has come.

use leptos::prelude::*;

use crate::next_id;

/// A bar with its text above it.
#[component]
pub fn Progress(
    /// What is under way, and how far in words.
    #[prop(into)]
    label: TextProp,
    /// What is done, of `total`; none while nobody knows how much there is.
    #[prop(into)]
    done: Signal<Option<f64>>,
    /// All there is to do.
    #[prop(into)]
    total: Signal<f64>,
) -> impl IntoView {
    let id = next_id("progress");
    view! {
        <div class="progress">
            <label for=id.clone()>{move || label.get()}</label>
            <progress id=id max=move || total.get().to_string() value=move || done.get().map(|done| done.to_string())>
            </progress>
        </div>
    }
}
