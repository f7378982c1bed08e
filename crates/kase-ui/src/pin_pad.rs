//! Large digits for a PIN; the field above it takes the keyboard all the same.

use leptos::prelude::*;

use crate::{Icon, Shape};

/// Bounds what a stuck finger can type; a PIN is far shorter.
const MOST_DIGITS: usize = 32;

/// Ten digits, clear, and back.
#[component]
pub fn PinPad(
    /// Its accessible name.
    #[prop(into)]
    label: TextProp,
    /// The PIN so far.
    value: RwSignal<String>,
    /// The name of the key that empties it.
    #[prop(into)]
    clear_label: TextProp,
    /// The name of the key that takes the last digit away.
    #[prop(into)]
    delete_label: TextProp,
) -> impl IntoView {
    let digit = move |digit: char| {
        let press = move |_| {
            value.update(|pin| {
                if pin.len() < MOST_DIGITS {
                    pin.push(digit);
                }
            });
        };
        view! { <button class="pin-key" type="button" on:click=press>{digit}</button> }
    };
    let clear_name = clear_label.clone();
    view! {
        <div class="pin-pad" role="group" aria-label=move || label.get() dir="ltr">
            {('1'..='9').map(digit).collect_view()}
            <button class="pin-key pin-key-quiet" type="button" aria-label=move || clear_name.get() on:click=move |_| value.set(String::new())>
                {move || clear_label.get()}
            </button>
            {digit('0')}
            <button
                class="pin-key pin-key-quiet"
                type="button"
                aria-label=move || delete_label.get()
                on:click=move |_| value.update(|pin| { pin.pop(); })
            >
                <Icon shape=Shape::Backspace/>
            </button>
        </div>
    }
}
