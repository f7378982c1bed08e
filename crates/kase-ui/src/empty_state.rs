//! What stands where nothing is yet, and what to do about it.

use leptos::prelude::*;

use crate::{Icon, IconSize, Shape};

/// An icon, a sentence, and perhaps a button.
#[component]
pub fn EmptyState(
    /// What is missing.
    icon: Shape,
    /// What is so.
    #[prop(into)]
    title: TextProp,
    /// What it means, or what can be done.
    #[prop(optional, into)]
    detail: Option<TextProp>,
    /// Buttons.
    #[prop(optional, into)]
    actions: ViewFn,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon shape=icon size=IconSize::Large/>
            <p class="empty-title">{move || title.get()}</p>
            {detail.map(|detail| view! { <p class="empty-detail">{move || detail.get()}</p> })}
            <div class="empty-actions">{actions.run()}</div>
        </div>
    }
}
