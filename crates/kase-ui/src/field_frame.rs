//! What stands around every control: its label, its hint, and its error at the field.

use leptos::prelude::*;

use crate::{Icon, IconSize, Shape, next_id};

/// The ids that tie a control to what stands around it.
#[derive(Clone)]
pub(crate) struct FieldIds {
    /// The control's own.
    pub(crate) control: String,
    hint: String,
    error: String,
}

impl FieldIds {
    pub(crate) fn new() -> Self {
        Self { control: next_id("field"), hint: next_id("hint"), error: next_id("error") }
    }

    /// The value of `aria-describedby`.
    pub(crate) fn described_by(&self, has_hint: bool, has_error: bool) -> Option<String> {
        match (has_hint, has_error) {
            (false, false) => None,
            (true, false) => Some(self.hint.clone()),
            (false, true) => Some(self.error.clone()),
            (true, true) => Some(format!("{} {}", self.error, self.hint)),
        }
    }
}

/// Label, control, hint and error.
#[component]
pub(crate) fn FieldFrame(
    ids: FieldIds,
    label: TextProp,
    hint: Option<TextProp>,
    error: Signal<Option<String>>,
    wide: bool,
    children: Children,
) -> impl IntoView {
    let hint_id = ids.hint.clone();
    let failed = move || error.read().is_some();
    view! {
        <div class="field" class:field-wide=wide class:field-failed=failed>
            <label class="field-label" for=ids.control>
                {move || label.get()}
            </label>
            {children()}
            <p class="field-error" id=ids.error hidden=move || !failed()>
                <Icon shape=Shape::Warning size=IconSize::Small/>
                <span>{move || error.get()}</span>
            </p>
            // A hint may turn out to be empty, as what headquarters wrote; then it takes no room.
            {hint.map(|hint| {
                let said = hint.clone();
                view! { <p class="field-hint" id=hint_id hidden=move || said.get().is_empty()>{move || hint.get()}</p> }
            })}
        </div>
    }
}
