//! While the local database is being opened: calm, and nothing at all in the first 0.3 s.

use kase_ui::{Spinner, use_text};
use leptos::prelude::*;

/// The spinner waits by itself before it shows.
#[component]
pub(crate) fn SplashPage() -> impl IntoView {
    let text = use_text();
    view! {
        <main class="gate">
            <Spinner label=text.of(|text| text.loading())/>
        </main>
    }
}
