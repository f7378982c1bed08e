//! The point of sale: a Leptos single-page app, rendered in the browser.
//!
//! For now it mounts and says its name: the proof that everything between here and a browser works.

use leptos::prelude::*;

fn main() {
    console_error_panic_hook::set_once();
    mount_to_body(App);
}

/// The whole app.
#[component]
fn App() -> impl IntoView {
    view! { <h1>"Kase"</h1> }
}
