//! Sync status: how much is where on its way, everything that waits or was refused with what to do, and whether
//! the browser keeps it.

use std::time::Duration;

use kase_domain::{OperationId, Stage, Timestamp};
use kase_register::{Connection, Progress};
use kase_text::{Stage as Said, StageDetail};
use kase_ui::{Button, EmptyState, NoticeTone, Shape, Tile, TileTone, use_text, use_toasts};
use leptos::prelude::*;

use crate::components::export_button::ExportButton;
use crate::components::job_lines::JobLines;
use crate::components::local_time;
use crate::components::name_lists::capitalized;
use crate::components::operation_row::OperationRow;
use crate::components::storage_line::StorageLine;
use crate::components::unreadable_lines::UnreadableLines;
use crate::runtime::use_runtime;
use crate::state::use_state;

/// A try that has not come to anything by then is said to have failed.
const RETRY_SHOWN: Duration = Duration::from_secs(4);

/// The page.
#[component]
pub(crate) fn SyncStatusPage() -> impl IntoView {
    let text = use_text();
    use_runtime().measure_storage();
    view! {
        <div class="page">
            <dl class="tiles">
                <StageTile stage=Said::OnThisRegister tone=TileTone::Waiting/>
                <StageTile stage=Said::InTheChannel tone=TileTone::Waiting/>
                <StageTile stage=Said::AtHeadquarters tone=TileTone::Waiting/>
                <StageTile stage=Said::Refused tone=TileTone::Refused/>
            </dl>
            <JobLines/>
            <section class="card operations" aria-label=text.of(|text| text.waiting())>
                <WaitingHead/>
                <Waiting/>
            </section>
            <UnreadableLines/>
            <StorageLine/>
        </div>
    }
}

/// Where an operation is.
fn stage_of(progress: &Progress) -> Said {
    match progress {
        Progress::Ready | Progress::Held | Progress::Delivered(Stage::OnRegister) => Said::OnThisRegister,
        Progress::Delivered(Stage::InChannel) => Said::InTheChannel,
        Progress::Delivered(Stage::AtHeadquarters | Stage::NumberAssigned) => Said::AtHeadquarters,
        Progress::Refused(_) | Progress::Delivered(Stage::Refused(_) | Stage::Discarded(_)) => Said::Refused,
    }
}

#[component]
fn StageTile(stage: Said, tone: TileTone) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let count = Memo::new(move |_| {
        let waiting = state.waiting.read();
        waiting.iter().filter(|operation| stage_of(&operation.progress) == stage).count()
    });
    let number = move || text.get().number(u64::try_from(count.get()).unwrap_or(u64::MAX));
    let tone = move || if count.get() == 0 { TileTone::Plain } else { tone };
    let label = move || match stage {
        Said::Refused => text.get().refused_counted(u64::try_from(count.get()).unwrap_or(u64::MAX)),
        stage => text.get().stage(stage),
    };
    view! { <Tile value=number label tone=Signal::derive(tone)/> }
}

/// The oldest, what all of them wait for, the last exchange, and what can be done.
#[component]
fn WaitingHead() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let oldest = Memo::new(move |_| state.waiting.read().iter().map(|operation| operation.recorded_at).min());
    let cut_off = Memo::new(move |_| {
        let here = state.waiting.read().iter().any(|operation| operation.progress == Progress::Ready);
        here && state.connection.get() == Some(Connection::Offline)
    });
    let exchanged = move |at: Option<Timestamp>| match at {
        Some(at) => text.get().last_exchange(&local_time::clock_or_day(at, state.now.get(), text.get())),
        None => text.get().no_exchange_yet().to_owned(),
    };
    let summary = move || {
        let oldest = oldest.get().map(|oldest| local_time::age_seconds(oldest, state.now.get()));
        let oldest = oldest.map(|age| text.get().oldest_waiting(age));
        let network =
            cut_off.get().then(|| text.get().stage_detail(StageDetail::WaitingForNetwork).to_owned());
        let parts = [oldest, network, Some(exchanged(state.last_exchange.get()))];
        capitalized(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    };
    view! {
        <div class="card-head operations-head">
            <span>{summary}</span>
            <span class="actions">
                <RetryButton/>
                <ExportButton/>
            </span>
        </div>
    }
}

#[component]
fn RetryButton() -> impl IntoView {
    let (text, state, runtime, toasts) = (use_text(), use_state(), use_runtime(), use_toasts());
    let trying = RwSignal::new(false);
    // An exchange that came about ends the try.
    Effect::watch(move || state.last_exchange.get(), move |_, _, _| trying.set(false), false);
    let retry = move |()| {
        trying.set(true);
        runtime.retry_now();
        set_timeout(
            move || {
                let failed = trying.try_get_untracked() == Some(true);
                trying.try_set(false);
                if failed && state.connection.get_untracked() == Some(Connection::Offline) {
                    toasts.show(NoticeTone::Waiting, text.get_untracked().retry_not_possible_offline());
                }
            },
            RETRY_SHOWN,
        );
    };
    view! { <Button label=text.of(|text| text.retry_now()) busy=trying on_press=retry/> }
}

/// Keyed by operation; a row follows its own signal, so that nothing jumps when something arrives.
#[component]
fn Waiting() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let ids =
        Memo::new(move |_| state.waiting.read().iter().map(|operation| operation.id).collect::<Vec<_>>());
    let operation_of = move |id: OperationId| {
        Memo::new(move |_| state.waiting.read().iter().find(|operation| operation.id == id).cloned())
    };
    view! {
        <Show when=move || ids.read().is_empty()>
            <EmptyState
                icon=Shape::Check
                title=text.of(|text| text.nothing_waits())
                detail=text.of(|text| text.nothing_waits_detail())
            />
        </Show>
        <ul class="operation-list">
            <For each=move || ids.get() key=|id| *id let:id>
                <OperationRow operation=operation_of(id)/>
            </For>
        </ul>
    }
}
