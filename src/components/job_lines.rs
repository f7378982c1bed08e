//! Jobs that do not do their work while something of this register waits for them.

use kase_domain::Stage;
use kase_register::{Connection, Progress, WaitingOperation};
use kase_replication::{Job, JobTrouble, Trouble};
use kase_text as say;
use kase_ui::{Notice, NoticeTone, Shape, use_text};
use leptos::prelude::*;

use crate::state::use_state;

/// A line for each. Out of reach no job is to blame.
#[component]
pub(crate) fn JobLines() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let lines = Memo::new(move |_| match state.connection.get() {
        Some(Connection::Online) => concerning(&state.jobs.read(), &state.waiting.read()),
        _ => Vec::new(),
    });
    let line = move |(job, trouble, waiting)| {
        view! {
            <Notice tone=NoticeTone::Waiting icon=Shape::Sync>
                {move || text.get().job_trouble(job, trouble, waiting)}
            </Notice>
        }
    };
    view! { {move || lines.get().into_iter().map(line).collect::<Vec<_>>()} }
}

/// The troubles that hold up something of this register, and how much.
fn concerning(jobs: &[JobTrouble], waiting: &[WaitingOperation]) -> Vec<(say::Job, say::JobTrouble, u64)> {
    let line = |trouble: &JobTrouble| {
        let count = waiting.iter().filter(|operation| waits_for(&operation.progress, trouble.job)).count();
        let job = match trouble.job {
            Job::Push => say::Job::Push,
            Job::Synchronize => say::Job::Synchronize,
            Job::Customers => say::Job::Customers,
        };
        let what = match trouble.trouble {
            Trouble::Paused => say::JobTrouble::Paused,
            Trouble::Failing => say::JobTrouble::Failing,
            Trouble::Overdue => say::JobTrouble::Overdue,
        };
        (count > 0).then_some((job, what, u64::try_from(count).unwrap_or(u64::MAX)))
    };
    jobs.iter().filter_map(line).collect()
}

fn waits_for(progress: &Progress, job: Job) -> bool {
    matches!(
        (progress, job),
        (Progress::Delivered(Stage::InChannel), Job::Push)
            | (Progress::Delivered(Stage::AtHeadquarters), Job::Synchronize | Job::Customers)
            | (Progress::Delivered(Stage::NumberAssigned), Job::Customers)
    )
}
