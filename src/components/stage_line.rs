//! How far a pending customer is on its way to an account number, and why it was refused if it was.

use kase_domain::{Account, OperationKind, Refusal, Stage, Timestamp};
use kase_register::Connection;
use kase_text::{Catalogue, Stage as Said, StageDetail};
use kase_ui::{Notice, NoticeTone, StageTrack, Step, StepState, use_text};
use leptos::prelude::*;

use crate::components::local_time;
use crate::components::viewed::Viewed;
use crate::components::words;
use crate::state::use_state;

/// Where a pending customer is, in the order of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    step: usize,
    refused: bool,
}

/// Since when a customer is at its stage, and whether this register recorded it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Began {
    since: Option<Timestamp>,
    recorded_here: bool,
}

/// Nothing for a customer whose number is here.
#[component]
pub(crate) fn StageLine(
    /// The customer.
    viewed: Viewed,
) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let stage = viewed.memo(|state| match &state.account {
        Account::Pending(stage) => Some(stage.clone()),
        Account::Synced(_) => None,
    });
    // Of what waits here, what this register saw; of another register's customer, what the servers say.
    let began = Memo::new(move |_| {
        let viewed = viewed.customer.read();
        let customer = viewed.as_ref()?;
        let waiting = state.waiting.read();
        let own = |operation: &&kase_register::WaitingOperation| {
            operation.customer_id == customer.customer_id && operation.kind == OperationKind::CreateCustomer
        };
        let here = waiting.iter().find(own).map(|operation| operation.since);
        Some(Began { since: here.or(customer.stage_since), recorded_here: here.is_some() })
    });
    let steps = Memo::new(move |_| {
        let connection = state.connection.get().unwrap_or(Connection::Offline);
        let stage = stage.read();
        stage
            .as_ref()
            .map(|stage| {
                steps(stage, connection, began.get().unwrap_or_default(), state.now.get(), text.get())
            })
            .unwrap_or_default()
    });
    let refusal = Memo::new(move |_| match &*stage.read() {
        Some(stage) => stage.refusal().map(|refusal| (refusal.clone(), matches!(stage, Stage::Discarded(_)))),
        None => None,
    });
    view! {
        <Show when=move || stage.read().is_some()>
            <StageTrack label=text.of(|text| text.stages_label()) steps/>
        </Show>
        {move || refusal.get().map(|(refusal, discarded)| view! { <RefusalNotice refusal discarded/> })}
    }
}

/// Why it was refused, and what to do.
#[component]
pub(crate) fn RefusalNotice(
    /// The last known error.
    refusal: Refusal,
    /// Headquarters gave it up.
    discarded: bool,
) -> impl IntoView {
    let text = use_text();
    let said = move || {
        let text = text.get();
        if discarded {
            (text.discarded_because(&refusal.detail), text.discarded_meaning().to_owned())
        } else {
            (text.refused_because(&words::reason(&refusal, text)), words::kept_remedy(&refusal, text))
        }
    };
    let said = Memo::new(move |_| said());
    view! {
        <Notice tone=NoticeTone::Problem>
            <p>{move || said.get().0}</p>
            <p>{move || said.get().1}</p>
        </Notice>
    }
}

fn steps(
    stage: &Stage,
    connection: Connection,
    Began { since, recorded_here }: Began,
    now: Timestamp,
    text: &dyn Catalogue,
) -> Vec<Step> {
    let place = place(stage);
    let recorded = if recorded_here { Said::OnThisRegister } else { Said::OnItsRegister };
    let labels = [
        text.stage(recorded),
        text.stage(Said::InTheChannel),
        text.stage(Said::AtHeadquarters),
        text.account_number(),
    ];
    let step = |(at, label): (usize, &str)| {
        let state = match at.cmp(&place.step) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal if place.refused => StepState::Refused,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Ahead,
        };
        let detail = (at == place.step).then(|| {
            let detail = detail(stage, connection);
            let age = since.map(|since| local_time::age_seconds(since, now));
            age.map_or_else(|| text.stage_detail(detail).to_owned(), |age| text.age_and_detail(age, detail))
        });
        let state_text = match state {
            StepState::Done => text.stage_done(),
            StepState::Now => text.stage_now(),
            StepState::Refused => text.stage(Said::Refused),
            StepState::Ahead => text.stage_ahead(),
        };
        Step {
            label: label.to_owned(),
            detail: detail.unwrap_or_default(),
            exact_time: since
                .filter(|_| at == place.step)
                .map(|at| local_time::exact(at, text))
                .unwrap_or_default(),
            state,
            state_text: state_text.to_owned(),
        }
    };
    labels.into_iter().enumerate().map(step).collect()
}

fn place(stage: &Stage) -> Place {
    let (step, refused) = match stage {
        Stage::OnRegister => (0, false),
        Stage::InChannel => (1, false),
        Stage::AtHeadquarters => (2, false),
        Stage::Refused(_) | Stage::Discarded(_) => (2, true),
        Stage::NumberAssigned => (3, false),
    };
    Place { step, refused }
}

/// What it waits for there.
pub(crate) fn detail(stage: &Stage, connection: Connection) -> StageDetail {
    match (stage, connection) {
        (Stage::OnRegister, Connection::Offline) => StageDetail::WaitingForNetwork,
        (Stage::OnRegister, _) => StageDetail::BeingSent,
        (Stage::InChannel, Connection::HeadquartersOutOfReach) => StageDetail::WaitingForHeadquarters,
        (Stage::InChannel, _) => StageDetail::WaitingForJob,
        (Stage::AtHeadquarters, _) => StageDetail::WaitingForAccountNumber,
        (Stage::NumberAssigned, _) => StageDetail::ComingToThisRegister,
        (Stage::Refused(_) | Stage::Discarded(_), _) => StageDetail::NeedsAPerson,
    }
}
