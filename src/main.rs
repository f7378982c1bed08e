//! The point of sale: a Leptos single-page app, rendered in the browser.

mod app;
mod components;
mod navigation;
mod pages;
mod platform;
mod preferences;
mod runtime;
mod state;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
