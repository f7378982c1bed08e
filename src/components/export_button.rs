//! Writes what waits into a sealed file.

use kase_ui::{Button, NoticeTone, Text, Toasts, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::runtime::{ExportFailure, Exported, Runtime, use_runtime};
use crate::state::use_state;

/// Closed while there is nothing to write, or no key to seal it with.
#[component]
pub(crate) fn ExportButton() -> impl IntoView {
    let (text, state, runtime, toasts) = (use_text(), use_state(), use_runtime(), use_toasts());
    let busy = RwSignal::new(false);
    let export = move |()| {
        busy.set(true);
        spawn_local(async move {
            export_and_say(runtime, text, toasts).await;
            busy.try_set(false);
        });
    };
    let has_key = Memo::new(move |_| {
        state.settings.read().as_ref().is_some_and(|settings| settings.rescue_key.is_some())
    });
    let closed = move || {
        let text = text.get();
        if state.waiting.read().is_empty() && state.unreadable_operations.get() == 0 {
            Some(text.nothing_waits_detail().to_owned())
        } else {
            (!has_key.get()).then(|| text.export_without_key().to_owned())
        }
    };
    view! { <Button label=text.of(|text| text.export()) busy closed=Signal::derive(closed) on_press=export/> }
}

/// Writes the file, and says what came of it.
pub(crate) async fn export_and_say(runtime: Runtime, text: Text, toasts: Toasts) {
    let text = text.get_untracked();
    match runtime.export().await {
        Ok(Exported { written, left_out }) => {
            toasts.show(NoticeTone::Done, text.exported(written));
            if left_out > 0 {
                toasts.show(NoticeTone::Problem, text.not_exported(left_out));
            }
        }
        Err(ExportFailure::NoKey) => toasts.show(NoticeTone::Problem, text.export_without_key()),
        Err(ExportFailure::Store(_) | ExportFailure::Browser) => {
            toasts.show(NoticeTone::Problem, text.export_failed());
        }
    }
}
