//! Jobs that do not do their work while something of this channel waits for them: what headquarters says of its own, and
//! what this channel sees of those that it does itself, P-0001 and 1010.

use std::sync::PoisonError;

use kase_domain::Timestamp;
use kase_replication::{HeadquartersReach, Job, JobTrouble, OVERDUE_MS, Trouble};

use crate::store::outbox;
use crate::{Channel, ChannelError};

/// What is known of the jobs, in memory.
#[derive(Debug, Default)]
pub(crate) struct JobWatch {
    /// What headquarters said last.
    told: Vec<JobTrouble>,
    push_fails: bool,
    pull_fails: bool,
    /// What registers are told.
    said: Vec<JobTrouble>,
}

impl JobWatch {
    fn found(
        &self,
        job: Job,
        waiting: u64,
        oldest: Option<Timestamp>,
        late: Timestamp,
    ) -> Option<JobTrouble> {
        let fails = match job {
            Job::Push => self.push_fails,
            Job::Customers => self.pull_fails,
            Job::Synchronize => false,
        };
        let is_paused = self.told.iter().any(|told| told.job == job && told.trouble == Trouble::Paused);
        let trouble = match (is_paused, fails) {
            (true, _) => Trouble::Paused,
            (false, true) => Trouble::Failing,
            (false, false) if oldest.is_some_and(|oldest| oldest < late) => Trouble::Overdue,
            (false, false) => return None,
        };
        (waiting > 0).then_some(JobTrouble { job, trouble, waiting })
    }
}

impl Channel {
    /// The jobs that do not do their work while something waits, as they were found last.
    pub fn job_troubles(&self) -> Vec<JobTrouble> {
        self.with_jobs(|jobs| jobs.said.clone())
    }

    /// What headquarters says of its jobs; to be called with each of its heartbeats, before [`Channel::catch_up`].
    pub fn note_jobs(&self, told: &[JobTrouble]) {
        self.with_jobs(|jobs| jobs.told = told.to_vec());
    }

    pub(crate) fn note_push(&self, fails: bool) {
        self.with_jobs(|jobs| jobs.push_fails = fails);
    }

    pub(crate) fn note_pull(&self, fails: bool) {
        self.with_jobs(|jobs| jobs.pull_fails = fails);
    }

    /// Looks what waits here for jobs that do not do their work.
    pub(crate) async fn look_after_jobs(&self) -> Result<(), ChannelError> {
        let mut read = self.database.snapshot().await?;
        let waiting = outbox::waiting(&mut read).await?;
        drop(read);
        let of = |wanted: &str| waiting.iter().find(|(progress, _, _)| progress == wanted);
        let count = |wanted: &str| of(wanted).map_or(0, |(_, count, _)| *count);
        let oldest = of("ready").map(|(_, _, oldest)| *oldest);
        // Out of reach it waits for the line, and no job is to blame.
        let oldest = oldest.filter(|_| self.reach() == HeadquartersReach::Reached);
        let late = Timestamp(self.environment.now().0 - i64::try_from(OVERDUE_MS).unwrap_or(i64::MAX));
        self.with_jobs(|jobs| {
            let own = [
                jobs.found(Job::Push, count("ready"), oldest, late),
                jobs.found(Job::Customers, count("delivered"), None, late),
            ];
            let synchronize = jobs.told.iter().find(|told| told.job == Job::Synchronize).copied();
            let synchronize = synchronize.filter(|_| count("delivered") > 0);
            jobs.said = own.into_iter().chain([synchronize]).flatten().collect();
        });
        Ok(())
    }

    fn with_jobs<T>(&self, act: impl FnOnce(&mut JobWatch) -> T) -> T {
        act(&mut self.job_watch.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
