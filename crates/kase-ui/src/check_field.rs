//! Yes or no.

use leptos::prelude::*;

use crate::next_id;

/// A box to tick, with the whole line as its target.
#[component]
pub fn CheckField(
    /// What a tick means.
    #[prop(into)]
    label: TextProp,
    /// Whether it is ticked.
    checked: RwSignal<bool>,
    /// What helps to decide.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Called after a change by hand.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
) -> impl IntoView {
    let hint_id = next_id("hint");
    let described_by = hint.as_ref().map(|_| hint_id.clone());
    let change = move |event| {
        checked.set(event_target_checked(&event));
        if let Some(on_change) = on_change {
            on_change.run(checked.get_untracked());
        }
    };
    view! {
        <div class="check field-wide">
            <label class="check-line">
                <input class="check-box" type="checkbox" prop:checked=checked aria-describedby=described_by on:change=change/>
                <span>{move || label.get()}</span>
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{move || hint.get()}</p> })}
        </div>
    }
}
