//! Buttons. A closed one stays reachable and says why; a busy one keeps its size and its place.

use leptos::{ev::MouseEvent, prelude::*};

use crate::{Icon, Shape, Spinner, next_id};

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    /// Something that can be done.
    #[default]
    Plain,
    /// The same, without a frame.
    Quiet,
    /// Loses something.
    Danger,
}

impl ButtonKind {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button with a text.
#[component]
pub fn Button(
    /// What it does.
    #[prop(into)]
    label: TextProp,
    /// Its rank.
    #[prop(optional)]
    kind: ButtonKind,
    /// Drawn before the text.
    #[prop(optional, into)]
    icon: MaybeProp<Shape>,
    /// What it does when pressed; never called while closed or busy.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
    /// The id of the form it submits; without one it submits nothing.
    #[prop(optional, into)]
    form: Option<String>,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be pressed now, in a sentence. It keeps its place and can be focused, so that the
    /// sentence is reached by keyboard, touch and screen reader.
    #[prop(optional, into)]
    closed: Signal<Option<String>>,
) -> impl IntoView {
    let reason_id = next_id("reason");
    let described_by = {
        let reason_id = reason_id.clone();
        move || closed.read().is_some().then(|| reason_id.clone())
    };
    let off = move || busy.get() || closed.read().is_some();
    let press = move |event: MouseEvent| {
        if off() {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <span class="button-place">
            <button
                class=kind.class()
                type=if form.is_some() { "submit" } else { "button" }
                form=form
                aria-disabled=move || off().then_some("true")
                aria-busy=move || busy.get().then_some("true")
                aria-describedby=described_by
                on:click=press
            >
                <Show when=move || busy.get() fallback=move || icon.get().map(|shape| view! { <Icon shape/> })>
                    <Spinner/>
                </Show>
                <span>{move || label.get()}</span>
            </button>
            <span class="button-reason" id=reason_id hidden=move || closed.read().is_none()>
                {move || closed.get()}
            </span>
        </span>
    }
}

/// A button that is only an icon; its text is for screen readers and the tooltip.
#[component]
pub fn IconButton(
    /// What it does.
    #[prop(into)]
    label: TextProp,
    /// What it shows.
    icon: Shape,
    /// What it does when pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    let title = label.clone();
    view! {
        <button
            class="button button-quiet button-icon"
            type="button"
            aria-label=move || label.get()
            title=move || title.get()
            on:click=move |_| on_press.run(())
        >
            <Icon shape=icon/>
        </button>
    }
}
