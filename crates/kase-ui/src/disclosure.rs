//! A part of a form or page that folds out.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::{Icon, IconSize, Shape};

/// The browser's own `details`: keyboard, screen readers and search in the page know it.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    title: TextProp,
    /// Said beside the title, such as how much of it is filled in.
    #[prop(optional, into)]
    note: Option<TextProp>,
    /// Whether it is open; opens by itself when set, for a field with an error inside.
    #[prop(optional)]
    open: RwSignal<bool>,
    /// What folds out.
    children: Children,
) -> impl IntoView {
    let toggled = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        if let Some(details) = details {
            open.set(details.has_attribute("open"));
        }
    };
    view! {
        <details class="disclosure field-wide" open=open on:toggle=toggled>
            <summary class="disclosure-summary">
                <span class="disclosure-title">{move || title.get()}</span>
                {note.map(|note| view! { <span class="disclosure-note">{move || note.get()}</span> })}
                <Icon shape=Shape::ChevronDown size=IconSize::Small/>
            </summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}
