//! Something that waits or was refused: who, what, how it stands, since when, and the way to it.

use kase_domain::{CustomerKind, OperationKind, Refusal, Stage};
use kase_register::{Connection, Progress, WaitingOperation};
use kase_text::StageDetail;
use kase_ui::{Avatar, AvatarShape, Chip, ChipTone, use_text};
use leptos::prelude::*;

use crate::components::local_time;
use crate::components::stage_line::detail;
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
    let refused = Memo::new(move |_| operation.read().as_ref().and_then(refusal));
    let what = move || kind.get().map(|kind: OperationKind| text.get().operation(words::operation(kind)));
    let go = move || if refused.read().is_some() { text.get().fix() } else { text.get().open() };
    view! {
        <li class="operation">
            <Avatar name shape=Signal::derive(shape)/>
            <span class="row-text">
                <span class="row-name">
                    <bdi>{move || name.get()}</bdi>
                </span>
                <span class="row-detail">{what} " · " {move || label.get()}</span>
            </span>
            <OperationState operation refused/>
            <Age operation/>
            <span class="operation-end">
                <a
                    class="button"
                    class:button-quiet=move || refused.read().is_none()
                    href=move || customer_path(&label.read())
                    hidden=move || label.read().is_empty()
                >
                    {go}
                    <span class="visually-hidden">" " {move || name.get()} " " {move || label.get()}</span>
                </a>
            </span>
        </li>
    }
}

/// Why it was refused, if it was.
pub(crate) fn refusal(operation: &WaitingOperation) -> Option<Refusal> {
    match &operation.progress {
        Progress::Refused(refusal) | Progress::Delivered(Stage::Refused(refusal)) => Some(refusal.clone()),
        Progress::Ready | Progress::Held | Progress::Delivered(_) => None,
    }
}

#[component]
fn OperationState(
    operation: Signal<Option<WaitingOperation>>,
    refused: Memo<Option<Refusal>>,
) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let progress = Memo::new(move |_| operation.read().as_ref().map(|operation| operation.progress.clone()));
    let chip = move || match refused.get() {
        Some(refusal) => text.get().refused_because(&words::reason(&refusal, text.get())),
        None => text.get().pending_sync().to_owned(),
    };
    let tone = move || if refused.read().is_some() { ChipTone::Refused } else { ChipTone::Waiting };
    let below = move || {
        let text = text.get();
        let connection = state.connection.get().unwrap_or(Connection::Offline);
        match (refused.get(), progress.get()?) {
            (Some(refusal), _) => Some(words::remedy(&refusal, text)),
            (None, Progress::Held) => {
                Some(text.stage_detail(StageDetail::WaitingForAccountNumber).to_owned())
            }
            (None, Progress::Ready) => {
                // What all of them wait for is said once, above them.
                let online = connection != Connection::Offline;
                let waits =
                    online.then(|| text.stage_detail(detail(&Stage::OnRegister, connection)).to_owned());
                let tries = Some(state.tries.get()).filter(|tries| *tries > 0);
                let tries = tries.map(|tries| text.tries(u64::from(tries)));
                let parts: Vec<_> = waits.into_iter().chain(tries).collect();
                (!parts.is_empty()).then(|| parts.join(", "))
            }
            (None, Progress::Delivered(stage)) => {
                Some(text.stage_detail(detail(&stage, connection)).to_owned())
            }
            (None, Progress::Refused(_)) => None,
        }
    };
    view! {
        <div class="operation-state">
            <Chip text=chip tone=Signal::derive(tone)/>
            {move || below().map(|below| view! { <p>{below}</p> })}
        </div>
    }
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
