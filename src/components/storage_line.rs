//! Whether the browser may delete what waits, and how much room there is.

use kase_ui::{Notice, NoticeTone, Shape, use_text};
use leptos::prelude::*;

use crate::state::{Storage, use_state};

/// Beyond this part of what was granted, somebody should free room.
const NEARLY_FULL: f64 = 0.9;

/// One line, amber where what waits is in danger.
#[component]
pub(crate) fn StorageLine() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let sentence = move |storage: Storage| {
        let text = text.get();
        let kept = if storage.persistent { text.storage_persistent() } else { text.storage_not_persistent() };
        let used = storage.used_bytes.zip(storage.quota_bytes);
        let used = used.map(|(used, quota)| text.storage_used(whole(used), whole(quota)));
        let full = nearly_full(storage).then(|| text.storage_nearly_full());
        [Some(kept.to_owned()), used, full.map(str::to_owned)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    };
    move || {
        match state.storage.get() {
        None => view! { <Notice icon=Shape::Storage>{move || text.get().storage_unknown()}</Notice> }.into_any(),
        Some(storage) if storage.persistent && !nearly_full(storage) => {
            view! { <Notice tone=NoticeTone::Done icon=Shape::Check>{move || sentence(storage)}</Notice> }.into_any()
        }
        Some(storage) => {
            view! { <Notice tone=NoticeTone::Waiting icon=Shape::Storage>{move || sentence(storage)}</Notice> }.into_any()
        }
    }
    }
}

fn nearly_full(storage: Storage) -> bool {
    storage
        .used_bytes
        .zip(storage.quota_bytes)
        .is_some_and(|(used, quota)| quota > 0.0 && used / quota > NEARLY_FULL)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes are positive and far below 2^53"
)]
fn whole(bytes: f64) -> u64 {
    bytes.max(0.0) as u64
}
