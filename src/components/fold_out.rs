//! A part of a form that folds out, and opens by itself when something in it is wrong. What is inside is made
//! when it is opened first.

use kase_text::Section;
use kase_ui::{Disclosure, use_text};
use leptos::prelude::*;

use crate::components::checks::Checks;

/// A section of the customer's form.
#[component]
pub(crate) fn FoldOut(
    /// What is inside.
    section: Section,
    /// How the paths of its fields begin.
    paths: &'static [&'static str],
    /// What says whether they are right.
    checks: Checks,
    /// Its fields.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let opened = Memo::new(move |before| open.get() || before == Some(&true));
    Effect::new(move || {
        if checks.trouble_in(paths) {
            open.set(true);
        }
    });
    view! {
        <Disclosure title=use_text().of(move |text| text.section(section)) open>
            <Show when=move || opened.get()>{children()}</Show>
        </Disclosure>
    }
}
