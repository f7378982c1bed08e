//! The address of the page, and the browser's way back and forth.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, History, HtmlAnchorElement, MouseEvent};

/// The path of the page's address, as people write it.
pub(crate) fn path() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    // Whoever typed a lone percent sign into the address meant it.
    js_sys::decode_uri_component(&path).map_or(path, String::from)
}

/// Writes the address; the way back leads to the one before.
pub(crate) fn push(path: &str) {
    if let Some(history) = history() {
        // Refused only for another server's address.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Writes the address over the one before.
pub(crate) fn replace(path: &str) {
    if let Some(history) = history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Loads the page again; one that cannot goes on as it is, and has the browser's own button.
pub(crate) fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Shows the page from its top.
pub(crate) fn to_top() {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The path that a click asks this app for; none when it asks for something else, or the browser for more: a new
/// tab, a download, a place on the page.
pub(crate) fn path_of_click(click: &MouseEvent) -> Option<String> {
    let chord = click.ctrl_key() || click.meta_key() || click.alt_key() || click.shift_key();
    if click.default_prevented() || click.button() != 0 || chord {
        return None;
    }
    let clicked = click.target()?.dyn_into::<Element>().ok()?;
    let link = clicked.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let path = link.get_attribute("href")?;
    let elsewhere = !link.target().is_empty() || link.has_attribute("download");
    (path.starts_with('/') && !path.starts_with("//") && !elsewhere).then_some(path)
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}
