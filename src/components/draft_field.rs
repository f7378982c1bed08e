//! A line of text of a form, with its label from the catalogue and its check from the domain.

use kase_text::Field;
use kase_ui::{Keyboard, TextField, use_text};
use leptos::prelude::*;

use crate::components::checks::Checks;
use crate::components::draft::Line;

/// The field at `path` of what the form makes.
#[component]
pub(crate) fn DraftField(
    /// Its label.
    field: Field,
    /// What is typed.
    line: Line,
    /// Where it stands in the customer's JSON.
    #[prop(into)]
    path: Signal<String>,
    /// What says whether it is right.
    checks: Checks,
    /// Which keyboard fits.
    #[prop(optional)]
    keyboard: Keyboard,
    /// Whether it takes the whole width.
    #[prop(optional)]
    wide: bool,
    /// Whether it has the focus when its sheet opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    view! {
        <TextField
            label=use_text().of(move |text| text.field(field))
            value=line.value
            ill_formed=line.ill_formed
            error=checks.error(path, line)
            keyboard
            wide
            autofocus
            on_leave=move |()| checks.leave(&path.read_untracked())
        />
    }
}
