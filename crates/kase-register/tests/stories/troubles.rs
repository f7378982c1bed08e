//! Stories of jobs that do not do their work.

use kase_register::{Connection, Effect, Event, Shown, TabMessage};
use kase_replication::{HeadquartersReach, Hint, Job, JobTrouble, Trouble};

use crate::desk::Desk;

fn beat(jobs: &[JobTrouble]) -> Event {
    Event::Hinted(Hint::Heartbeat { headquarters: HeadquartersReach::Reached, jobs: jobs.to_vec() })
}

fn shown(desk: &Desk) -> Vec<Vec<JobTrouble>> {
    let jobs = desk.effects().iter().filter_map(|effect| match effect {
        Effect::Show(Shown::Jobs(jobs)) => Some(jobs.clone()),
        _ => None,
    });
    jobs.collect()
}

const FAILS: JobTrouble = JobTrouble { job: Job::Synchronize, trouble: Trouble::Failing, waiting: 2 };

#[test]
fn what_a_heartbeat_says_of_the_jobs_is_shown_once_and_told_to_other_tabs() {
    let mut desk = Desk::online();
    for jobs in [&[FAILS][..], &[FAILS], &[]] {
        desk.handle(beat(jobs));
    }
    assert_eq!(shown(&desk), [vec![FAILS], vec![]]);
    let told = desk.said().into_iter().filter_map(|message| match message {
        TabMessage::Connection { jobs, .. } => Some(jobs),
        _ => None,
    });
    let told: Vec<Vec<JobTrouble>> = told.collect();
    assert_eq!(told[told.len() - 2..], [vec![FAILS], vec![]]);
}

#[test]
fn a_tab_that_does_not_lead_shows_what_the_leading_one_says_of_the_jobs() {
    let mut desk = Desk::online();
    desk.handle(Event::Leads(false));
    desk.handle(Event::TabSaid(TabMessage::Connection {
        connection: Connection::Online,
        last_exchange: None,
        acceptance: kase_register::Acceptance::Works,
        jobs: vec![FAILS],
    }));
    assert_eq!(shown(&desk), [vec![FAILS]]);
}
