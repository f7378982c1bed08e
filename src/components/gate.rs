//! The card in the middle of the screens before the work.

use kase_ui::{Icon, IconSize, Shape};
use leptos::prelude::*;

/// The mark, a heading, a sentence, and what follows.
#[component]
pub(crate) fn GateCard(
    /// The heading.
    #[prop(into)]
    title: TextProp,
    /// The sentence below it.
    #[prop(into)]
    detail: TextProp,
    /// What follows.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <main class="gate">
            <div class="gate-card">
                <header class="gate-head">
                    <span class="mark" aria-hidden="true">"k"</span>
                    <h1>{move || title.get()}</h1>
                    <p>{move || detail.get()}</p>
                </header>
                {children.map(|children| children())}
            </div>
        </main>
    }
}

/// What went wrong. Its place is kept, and it is in the document from the start, so that it is read out.
#[component]
pub(crate) fn GateMessage(
    /// The sentence, while there is one.
    #[prop(into)]
    message: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <p class="gate-message" role="alert">
            {move || {
                message
                    .get()
                    .map(|message| view! { <Icon shape=Shape::Warning size=IconSize::Small/> " " {message} })
            }}
        </p>
    }
}
