//! Jobs that are paused, failing or overdue while something waits for them: looked for now and then, and said to people
//! here and, by the hints, in the stores.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kase_domain::{ChannelId, Timestamp};
use kase_replication::{Job, JobTrouble, OVERDUE_MS, Trouble};
use sqlx::SqliteConnection;

use crate::{Headquarters, HeadquartersError};

/// The mode of a job that headquarters paused.
const PAUSED: &str = "paused";

/// What is known of the jobs besides their runs, in memory.
#[derive(Debug, Default)]
pub(crate) struct JobWatch {
    /// What channels are told.
    said: Mutex<Vec<JobTrouble>>,
    /// How many operations a channel wanted to deliver when headquarters failed at them.
    undelivered: Mutex<BTreeMap<ChannelId, u64>>,
    /// How far in the feed each channel was told of changes last, and when that was.
    pulled: Mutex<BTreeMap<ChannelId, (i64, Timestamp)>>,
}

impl JobWatch {
    /// Headquarters failed at what a channel wanted to deliver, or took it: then nothing is undelivered.
    pub(crate) fn note_delivery(&self, channel: &ChannelId, undelivered: usize) {
        let mut all = self.undelivered.lock().unwrap_or_else(PoisonError::into_inner);
        match u64::try_from(undelivered).unwrap_or(u64::MAX) {
            0 => drop(all.remove(channel)),
            undelivered => drop(all.insert(channel.clone(), undelivered)),
        }
    }

    /// A channel is told everything up to this position.
    pub(crate) fn note_pull(&self, channel: &ChannelId, position: i64, at: Timestamp) {
        let mut pulled = self.pulled.lock().unwrap_or_else(PoisonError::into_inner);
        pulled.insert(channel.clone(), (position, at));
    }

    fn undelivered(&self) -> u64 {
        self.undelivered.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    fn pulled(&self) -> Vec<(i64, Timestamp)> {
        self.pulled.lock().unwrap_or_else(PoisonError::into_inner).values().copied().collect()
    }
}

/// What waits for a job.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Work {
    pub(crate) job: Job,
    pub(crate) waiting: u64,
    pub(crate) trouble: Option<Trouble>,
    is_paused: bool,
}

impl Work {
    /// What channels are told. Whether their own delivering and pulling fails they see themselves; how much waits with
    /// them for a paused job they say.
    fn told(self) -> Option<JobTrouble> {
        let trouble = match self.job {
            Job::Synchronize => self.trouble?,
            Job::Push | Job::Customers if self.is_paused => Trouble::Paused,
            Job::Push | Job::Customers => return None,
        };
        Some(JobTrouble { job: self.job, trouble, waiting: self.waiting })
    }
}

impl Headquarters {
    /// The jobs that do not do their work, as channels are told of them: as they were found last.
    pub fn job_troubles(&self) -> Vec<JobTrouble> {
        self.job_watch.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks for jobs that do not do their work; to be called every few seconds.
    pub async fn look_after_jobs(&self) -> Result<(), HeadquartersError> {
        let found: Vec<JobTrouble> = self.work().await?.into_iter().filter_map(Work::told).collect();
        let mut said = self.job_watch.said.lock().unwrap_or_else(PoisonError::into_inner);
        for new in found
            .iter()
            .filter(|new| !said.iter().any(|old| (old.job, old.trouble) == (new.job, new.trouble)))
        {
            tracing::warn!(job = new.job.name(), trouble = ?new.trouble, waiting = new.waiting, "a job does not do its work");
        }
        *said = found;
        Ok(())
    }

    pub(crate) async fn work(&self) -> Result<[Work; 3], HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        let paused: Vec<String> = sqlx::query_scalar("SELECT name FROM jobs WHERE mode = ?")
            .bind(PAUSED)
            .fetch_all(&mut *snapshot)
            .await?;
        let late = Timestamp(self.now().0 - i64::try_from(OVERDUE_MS).unwrap_or(i64::MAX));
        let work = |job: Job, waiting: u64, oldest: Option<Timestamp>| {
            let is_paused = paused.iter().any(|name| name == job.name());
            let trouble = if waiting == 0 {
                None
            } else if is_paused {
                Some(Trouble::Paused)
            } else if self.job_runs.is_failing(job.name()) {
                Some(Trouble::Failing)
            } else {
                oldest.is_some_and(|oldest| oldest < late).then_some(Trouble::Overdue)
            };
            Work { job, waiting, trouble, is_paused }
        };
        let (in_line, longest) = in_line(&mut snapshot).await?;
        let (untold, asked) = untold(&mut snapshot, &self.job_watch.pulled()).await?;
        Ok([
            work(Job::Push, self.job_watch.undelivered(), None),
            work(Job::Synchronize, in_line, longest),
            work(Job::Customers, untold, asked),
        ])
    }
}

/// How many operations can be converted, and since when the longest can. What is parked waits for a person, not for the job.
async fn in_line(connection: &mut SqliteConnection) -> Result<(u64, Option<Timestamp>), HeadquartersError> {
    let (count, oldest): (i64, Option<i64>) = sqlx::query_as(
        "SELECT count(*), min(coalesce(settled_at, received_at))
         FROM operations AS o
         WHERE status = 'at_headquarters'
           AND (kind = 'create_customer' OR NOT EXISTS (
             SELECT 1 FROM operations AS earlier
             WHERE earlier.customer_id = o.customer_id AND earlier.seq < o.seq AND earlier.status IN ('refused', 'review')
           ))",
    )
    .fetch_one(connection)
    .await?;
    Ok((count.unsigned_abs(), oldest.map(Timestamp)))
}

/// How many customers the channel that is furthest behind has not been told of, and when it asked last.
async fn untold(
    connection: &mut SqliteConnection,
    pulled: &[(i64, Timestamp)],
) -> Result<(u64, Option<Timestamp>), HeadquartersError> {
    let Some((position, at)) = pulled.iter().min().copied() else { return Ok((0, None)) };
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM customers WHERE position > ?")
        .bind(position)
        .fetch_one(connection)
        .await?;
    Ok((count.unsigned_abs(), Some(at)))
}
