//! Whether the browser may delete what waits, and how much room there is.

use kase_ui::{Button, Notice, NoticeTone, Shape, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::forget_sheet::only_here;
use crate::runtime::use_runtime;
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
    let at_risk = Memo::new(move |_| only_here(state));
    let risk =
        move || Some(at_risk.get()).filter(|count| *count > 0).map(|count| text.get().storage_at_risk(count));
    move || match state.storage.get() {
        None => {
            view! { <Notice icon=Shape::Storage>{move || text.get().storage_unknown()}</Notice> }.into_any()
        }
        Some(storage) if storage.persistent && !nearly_full(storage) => {
            view! { <Notice tone=NoticeTone::Done icon=Shape::Check>{move || sentence(storage)}</Notice> }
                .into_any()
        }
        Some(storage) => {
            let ask = move || (!storage.persistent).then(|| view! { <AskButton/> });
            view! {
                <Notice tone=NoticeTone::Waiting icon=Shape::Storage actions=ask>
                    {move || (!storage.persistent).then(risk).flatten()}
                    " "
                    {move || sentence(storage)}
                </Notice>
            }
            .into_any()
        }
    }
}

/// Asks the browser once more, now that somebody has pressed a button: some listen only then.
#[component]
fn AskButton() -> impl IntoView {
    let (text, runtime, toasts) = (use_text(), use_runtime(), use_toasts());
    let busy = RwSignal::new(false);
    let ask = move |()| {
        busy.set(true);
        spawn_local(async move {
            if !runtime.ask_for_storage().await {
                toasts.show(NoticeTone::Waiting, text.get_untracked().storage_asked_in_vain());
            }
            busy.try_set(false);
        });
    };
    view! { <Button label=text.of(|text| text.storage_ask()) busy on_press=ask/> }
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
