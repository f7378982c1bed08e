//! What this version of the app cannot read: it is kept, and holds up nothing else.

use kase_ui::{Notice, NoticeTone, Shape, use_text};
use leptos::prelude::*;

use crate::state::use_state;

/// A line for what waits here, and one for what came from headquarters.
#[component]
pub(crate) fn UnreadableLines() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let whole = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    view! {
        <Show when=move || state.unreadable_operations.get() != 0>
            <Notice tone=NoticeTone::Problem icon=Shape::Storage>
                {move || text.get().unreadable_operations(whole(state.unreadable_operations.get()))}
            </Notice>
        </Show>
        <Show when=move || state.passed_over.get() != 0>
            <Notice tone=NoticeTone::Waiting icon=Shape::Sync>
                {move || text.get().passed_over(whole(state.passed_over.get()))}
            </Notice>
        </Show>
    }
}
