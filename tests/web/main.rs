//! What the point of sale asks of a browser, asked in a browser.

#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

mod hints;
mod http;
mod network_stub;
mod platform;
mod preferences;
mod seal;
mod small_parts;
mod tabs;
mod witness;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
