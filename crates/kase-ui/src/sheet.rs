//! A sheet over the page: a form, a question. On a phone it is the whole screen.
//!
//! The browser's own modal dialog keeps the focus inside and the page behind it out of reach; the sheet
//! adds that it asks before it closes, and gives the focus back where it was.

use leptos::{ev, html, prelude::*};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{IconButton, Shape, next_id};

/// Open while it is mounted. The element with `autofocus` inside gets the focus, or else the first control of
/// the body, or of the footer; never the cross, which the browser would choose.
#[component]
pub fn Sheet(
    /// Its heading, and its accessible name.
    #[prop(into)]
    title: TextProp,
    /// The name of the button that closes it.
    #[prop(into)]
    close_label: TextProp,
    /// Escape, the cross, or a press beside it: the owner decides, and unmounts it.
    #[prop(into)]
    on_close: Callback<()>,
    /// Buttons that stay in view while the rest scrolls.
    #[prop(optional, into)]
    footer: ViewFn,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let title_id = next_id("title");
    let heading_id = title_id.clone();
    keep_focus_and_give_it_back(dialog);
    let pressed = move |event: ev::MouseEvent| {
        // Only the veil belongs to the dialog itself; all else belongs to what it holds.
        let on_veil = dialog.get_untracked().is_some_and(|dialog| event.target() == Some(dialog.into()));
        if on_veil {
            on_close.run(());
        }
    };
    let cancelled = move |event: ev::Event| {
        event.prevent_default();
        on_close.run(());
    };
    view! {
        <dialog
            node_ref=dialog
            class="sheet"
            aria-labelledby=title_id
            on:cancel=cancelled
            on:mousedown=pressed
        >
            <div class="sheet-frame">
                <header class="sheet-head">
                    <h2 id=heading_id>{move || title.get()}</h2>
                    <IconButton label=close_label icon=Shape::Close on_press=on_close/>
                </header>
                <div class="sheet-body">{children()}</div>
                <footer class="sheet-foot">{footer.run()}</footer>
            </div>
        </dialog>
    }
}

fn keep_focus_and_give_it_back(dialog: NodeRef<html::Dialog>) {
    let before = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let before = SendWrapper::new(before);
    Effect::new(move || {
        if let Some(dialog) = dialog.get()
            && !dialog.open()
        {
            // Fails only for a dialog outside the document, and this one has just been mounted.
            let _ = dialog.show_modal();
            focus_first(&dialog);
        }
    });
    on_cleanup(move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
        if let Some(element) = before.take() {
            let _ = element.focus();
        }
    });
}

fn focus_first(dialog: &web_sys::HtmlDialogElement) {
    const PLACES: [&str; 3] = [
        "[autofocus]",
        ".sheet-body :is(input, select, textarea, button, summary, a[href])",
        ".sheet-foot button",
    ];
    let first = PLACES.into_iter().find_map(|place| dialog.query_selector(place).ok().flatten());
    if let Some(element) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
