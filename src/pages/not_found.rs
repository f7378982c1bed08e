//! An address that is no page.

use kase_ui::use_text;
use leptos::prelude::*;

/// Says so, and where to go.
#[component]
pub(crate) fn NotFoundPage() -> impl IntoView {
    let text = use_text();
    view! {
        <main class="gate">
            <div class="gate-card">
                <header class="gate-head">
                    <span class="mark" aria-hidden="true">"k"</span>
                    <h1>{text.of(|text| text.page_not_found())}</h1>
                </header>
                <a class="button button-primary" href="/">{text.of(|text| text.go_to_customers())}</a>
            </div>
        </main>
    }
}
