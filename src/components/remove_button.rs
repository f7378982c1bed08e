//! Takes a refused or discarded operation off the list, once somebody has read about it.

use kase_register::{Answer, WaitingOperation};
use kase_ui::{Button, NoticeTone, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::words;
use crate::runtime::use_runtime;

/// Nothing for what still waits.
#[component]
pub(crate) fn RemoveButton(
    /// The operation.
    operation: Signal<Option<WaitingOperation>>,
) -> impl IntoView {
    let (text, runtime, toasts) = (use_text(), use_runtime(), use_toasts());
    let offered = Memo::new(move |_| {
        operation.read().as_ref().is_some_and(|operation| operation.progress.may_be_removed())
    });
    let busy = RwSignal::new(false);
    let remove = move |()| {
        let Some(id) = operation.read_untracked().as_ref().map(|operation| operation.id) else { return };
        busy.set(true);
        spawn_local(async move {
            let said = match runtime.remove_from_list(id).await {
                Answer::StoreFailed(error) => {
                    Some(text.get_untracked().store_fault(words::storage_problem(&error)))
                }
                Answer::StillWaits => Some(text.get_untracked().still_waits()),
                _ => None,
            };
            if let Some(said) = said {
                toasts.show(NoticeTone::Problem, said);
            }
            busy.try_set(false);
        });
    };
    view! {
        <Show when=move || offered.get()>
            <Button label=text.of(|text| text.remove_from_list()) busy on_press=remove/>
        </Show>
    }
}
