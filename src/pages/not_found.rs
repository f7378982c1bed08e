//! An address that is no page.

use kase_ui::{EmptyState, Shape, use_text};
use leptos::prelude::*;

/// Says so, and where to go.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let text = use_text();
    view! {
        <main class="gate">
            <EmptyState
                icon=Shape::Search
                title=text.of(|text| text.page_not_found())
                actions=move || {
                    view! {
                        <a class="button button-primary" href="/">
                            {text.of(|text| text.go_to_customers())}
                        </a>
                    }
                }
            />
        </main>
    }
}
