//! Where everything starts: typed, scanned, found.

use leptos::{ev, html, prelude::*};

use crate::{Icon, IconButton, Shape, next_id};

/// A search box. Enter calls `on_enter` and never submits a form; `/` is drawn as the way to reach it.
#[component]
pub fn SearchBox(
    /// Its accessible name.
    #[prop(into)]
    label: TextProp,
    /// What can be typed, shown while it is empty.
    #[prop(into)]
    hint: TextProp,
    /// What was typed.
    value: RwSignal<String>,
    /// The name of the button that empties it.
    #[prop(into)]
    clear_label: TextProp,
    /// Enter was pressed, or the scanner's.
    #[prop(into)]
    on_enter: Callback<()>,
    /// Arrow down was pressed: on into the list.
    #[prop(optional, into)]
    on_down: Option<Callback<()>>,
    /// The input, to focus it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let id = next_id("search");
    let empty = move || value.read().is_empty();
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        // An input method's Enter chooses a word and is no answer yet.
        "Enter" if !event.is_composing() => {
            event.prevent_default();
            on_enter.run(());
        }
        "ArrowDown" => {
            if let Some(on_down) = on_down {
                event.prevent_default();
                on_down.run(());
            }
        }
        "Escape" if !empty() => value.set(String::new()),
        _ => {}
    };
    let clear = move || {
        value.set(String::new());
        if let Some(input) = node.get_untracked() {
            let _ = input.focus();
        }
    };
    view! {
        <div class="search" role="search">
            <label class="visually-hidden" for=id.clone()>{move || label.get()}</label>
            <Icon shape=Shape::Search/>
            <input
                node_ref=node
                class="search-input"
                id=id
                type="search"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                dir="auto"
                placeholder=move || hint.get()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
                on:keydown=key
            />
            <Show when=move || !empty() fallback=|| view! { <kbd class="search-key" aria-hidden="true">"/"</kbd> }>
                <IconButton label=clear_label.clone() icon=Shape::Close on_press=clear/>
            </Show>
        </div>
    }
}
