//! Something that waits or was refused: who, what, how it stands, since when, and the way to it.

use kase_domain::{CustomerKind, OperationKind, Refusal};
use kase_register::WaitingOperation;
use kase_ui::{Avatar, AvatarShape, use_text};
use leptos::prelude::*;

use crate::components::local_time;
use crate::components::operation_state::OperationState;
use crate::components::remove_button::RemoveButton;
use crate::components::words::{self, customer_path};
use crate::state::use_state;

/// One line of the Sync status page.
#[component]
pub(crate) fn OperationRow(
    /// The operation; keeps its last look when it leaves the list.
    #[prop(into)]
    operation: Signal<Option<WaitingOperation>>,
) -> impl IntoView {
    let text = use_text();
    let name = Memo::new(move |_| {
        operation.read().as_ref().map(|operation| operation.name.clone()).unwrap_or_default()
    });
    let label = Memo::new(move |_| {
        operation.read().as_ref().map(|operation| operation.label.clone()).unwrap_or_default()
    });
    let shape = move || match operation.read().as_ref().map(|operation| operation.customer_kind) {
        Some(CustomerKind::Organization) => AvatarShape::Square,
        _ => AvatarShape::Round,
    };
    let kind = Memo::new(move |_| operation.read().as_ref().map(|operation| operation.kind));
    let what = move || kind.get().map(|kind: OperationKind| text.get().operation(words::operation(kind)));
    let detail = move || [what().unwrap_or_default(), &label.read()].join(" · ");
    let detail = move || detail().trim_end_matches(" · ").to_owned();
    view! {
        <li class="operation">
            <Avatar name shape=Signal::derive(shape)/>
            <span class="row-text">
                <span class="row-name">
                    <bdi>{move || name.get()}</bdi>
                </span>
                <span class="row-detail">{detail}</span>
            </span>
            <OperationState operation/>
            <Age operation/>
            <span class="operation-end">
                <a
                    class="button button-quiet"
                    href=move || customer_path(&label.read())
                    hidden=move || label.read().is_empty()
                >
                    {text.of(|text| text.open())}
                    <span class="visually-hidden">" " {move || name.get()} " " {move || label.get()}</span>
                </a>
                <RemoveButton operation/>
            </span>
        </li>
    }
}

/// Why it was refused or discarded, if it was.
pub(crate) fn refusal(operation: &WaitingOperation) -> Option<Refusal> {
    operation.progress.refusal().cloned()
}

#[component]
fn Age(operation: Signal<Option<WaitingOperation>>) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let recorded = Memo::new(move |_| operation.read().as_ref().map(|operation| operation.recorded_at));
    let exact = move || recorded.get().map(|recorded| local_time::exact(recorded, text.get()));
    let age = move || {
        recorded.get().map(|recorded| text.get().ago(local_time::age_seconds(recorded, state.now.get())))
    };
    view! { <span class="operation-age" title=exact>{age}</span> }
}
