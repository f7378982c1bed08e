//! While the local database is being opened: calm, and nothing at all in the first 0.3 s.

use kase_ui::{Spinner, use_text};
use leptos::prelude::*;

use crate::state::use_state;

/// The spinner waits by itself before it shows.
#[component]
pub(crate) fn SplashPage() -> impl IntoView {
    let text = use_text();
    let state = use_state();
    view! {
        <main class="gate">
            <Spinner label=text.of(|text| text.loading())/>
            <p role="status">{move || state.waits_for_tabs.get().then(|| text.get().waits_for_tabs())}</p>
        </main>
    }
}
