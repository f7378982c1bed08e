//! Keys that lead to the search box and through the list: `/`, whatever is typed or scanned while nothing else
//! takes it, and the arrows.

use kase_text::Page;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::components::finder::Finder;

/// The links of the list, in order.
const ROWS: &str = ".list .row";

/// What takes keys itself.
const TAKES_KEYS: &str = "input, textarea, select, [contenteditable], dialog, dialog *";

/// A scanner types into the search box wherever the focus was.
pub(crate) fn listen_for_typing(finder: Finder, page: Memo<Page>) {
    let handle = window_event_listener(ev::keydown, move |event| {
        let chord = event.ctrl_key() || event.meta_key() || event.alt_key();
        if page.get_untracked() != Page::Customers || chord || event.is_composing() || takes_keys(&event) {
            return;
        }
        let key = event.key();
        if key == "/" {
            event.prevent_default();
            finder.focus();
        } else if key.chars().count() == 1 && key != " " {
            // The character itself goes on into the box, now that it has the focus.
            finder.focus();
        }
    });
    on_cleanup(move || handle.remove());
}

fn takes_keys(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let modal = document().query_selector("dialog[open]").ok().flatten().is_some();
    modal || target.is_some_and(|target| target.matches(TAKES_KEYS).unwrap_or(false))
}

/// From the search box into the list.
pub(crate) fn focus_first_row() {
    if let Ok(Some(row)) = document().query_selector(ROWS) {
        focus(row);
    }
}

/// From row to row; from the first one back into the search box.
pub(crate) fn move_in_list(event: &KeyboardEvent, finder: Finder) {
    let key = event.key();
    if key != "ArrowDown" && key != "ArrowUp" {
        return;
    }
    event.prevent_default();
    let entry = document().active_element().and_then(|row| row.closest("li").ok().flatten());
    let Some(entry) = entry else { return };
    let next =
        if key == "ArrowDown" { entry.next_element_sibling() } else { entry.previous_element_sibling() };
    match next.and_then(|entry| entry.query_selector(".row").ok().flatten()) {
        Some(row) => focus(row),
        None if key == "ArrowUp" => finder.focus(),
        None => {}
    }
}

fn focus(element: web_sys::Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}
