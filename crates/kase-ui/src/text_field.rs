//! A line of text, a number, a PIN.
//!
//! Never `type="email"`: browsers rewrite what is typed there, and what was typed is kept. `autocomplete`
//! is off, or a cashier's browser would fill in somebody else's data.

use js_sys::{JsString, Reflect};
use leptos::{ev::Event, html, prelude::*};
use wasm_bindgen::JsCast;

use crate::field_frame::{FieldFrame, FieldIds};

/// What is typed, for the keyboard of a tablet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keyboard {
    /// Words; names begin with a capital.
    #[default]
    Text,
    /// An email address.
    Email,
    /// A phone number.
    Phone,
    /// Digits and a decimal sign.
    Number,
    /// Letters and digits as they are: a code, an account number.
    Code,
    /// Digits that are not shown.
    Pin,
}

impl Keyboard {
    /// `type`, `inputmode` and `autocapitalize`.
    fn attributes(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Text => ("text", "text", "words"),
            Self::Email => ("text", "email", "none"),
            Self::Phone => ("tel", "tel", "none"),
            Self::Number => ("text", "decimal", "none"),
            Self::Code => ("text", "text", "none"),
            Self::Pin => ("password", "numeric", "none"),
        }
    }
}

/// A labelled field that says at itself what is wrong with it.
#[component]
pub fn TextField(
    /// Its name.
    #[prop(into)]
    label: TextProp,
    /// What was typed.
    value: RwSignal<String>,
    /// What is wrong with it, in a sentence.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Which keyboard fits.
    #[prop(optional)]
    keyboard: Keyboard,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Whether it takes the whole width of the form.
    #[prop(optional)]
    wide: bool,
    /// Whether it has the focus when its sheet or page opens.
    #[prop(optional)]
    autofocus: bool,
    /// Set to whether what was typed holds a lone surrogate, which is lost on its way into Rust.
    #[prop(optional)]
    ill_formed: Option<RwSignal<bool>>,
    /// Called when the field is left with something changed.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// The input, to focus it.
    #[prop(optional)]
    node: NodeRef<html::Input>,
) -> impl IntoView {
    let ids = FieldIds::new();
    let (kind, mode, capitals) = keyboard.attributes();
    let described_by = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.read().is_some())
    };
    let input = move |event: Event| {
        if let Some(ill_formed) = ill_formed {
            ill_formed.set(!is_well_formed(&event));
        }
        value.set(event_target_value(&event));
    };
    view! {
        <FieldFrame ids=ids.clone() label hint error wide>
            <input
                node_ref=node
                class="input"
                id=ids.control
                type=kind
                inputmode=mode
                autocapitalize=capitals
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                autofocus=autofocus
                aria-required=required.then_some("true")
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=described_by
                prop:value=value
                on:input=input
                on:change=move |_| {
                    if let Some(on_leave) = on_leave {
                        on_leave.run(());
                    }
                }
            />
        </FieldFrame>
    }
}

fn is_well_formed(event: &Event) -> bool {
    let typed = event.target().and_then(|input| Reflect::get(&input, &"value".into()).ok());
    typed.and_then(|typed| typed.dyn_into::<JsString>().ok()).is_none_or(|typed| typed.is_well_formed())
}
