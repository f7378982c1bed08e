//! The recurring jobs as people see them: when each ran last and what came of it. All run continuously: their
//! hints are sent at once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use kase_domain::Timestamp;
use kase_replication::Trouble;
use serde::Serialize;
use sqlx::SqliteConnection;
use utoipa::ToSchema;

use crate::{Headquarters, HeadquartersError};

pub(crate) const P_JOB: &str = "P-0001";
pub(crate) const SYNCHRONIZE: &str = "synchronize-customers";
pub(crate) const CUSTOMERS: &str = "1010";
pub(crate) const CHANNEL_CONFIGURATION: &str = "1070";
pub(crate) const GLOBAL_CONFIGURATION: &str = "1110";

/// A job as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct JobOverview {
    /// e.g. `1010`.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// `continuous`: it runs as soon as there is something to do.
    pub mode: String,
    /// When it ran last, in milliseconds since the Unix epoch.
    pub last_run_at: Option<i64>,
    /// `succeeded` or `failed`.
    pub last_result: Option<String>,
    /// How many records it moved then.
    pub last_count: Option<i64>,
    /// How many records wait for it, as far as headquarters knows; none of a job that nothing of customers waits for.
    pub waiting: Option<i64>,
    /// `paused`, `failing` or `overdue`, while something waits for it.
    #[schema(value_type = Option<String>)]
    pub trouble: Option<Trouble>,
}

/// Runs since the last write. A pull only reads: what it did is written down by the next transaction that
/// writes anyway.
#[derive(Debug, Default)]
pub(crate) struct JobRuns {
    runs: Mutex<BTreeMap<&'static str, Run>>,
    /// Jobs that were tried last in vain.
    failing: Mutex<BTreeSet<&'static str>>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    at: Timestamp,
    result: &'static str,
    count: usize,
}

impl JobRuns {
    pub(crate) fn succeeded(&self, job: &'static str, at: Timestamp, count: usize) {
        self.works(job);
        self.note(job, Run { at, result: "succeeded", count });
    }

    pub(crate) fn failed(&self, job: &'static str, at: Timestamp) {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).insert(job);
        self.note(job, Run { at, result: "failed", count: 0 });
    }

    /// It was asked for and there was nothing to do: no run, and no failure either.
    pub(crate) fn works(&self, job: &'static str) {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).remove(job);
    }

    /// Whether it was tried last in vain.
    pub(crate) fn is_failing(&self, job: &str) -> bool {
        self.failing.lock().unwrap_or_else(PoisonError::into_inner).contains(job)
    }

    fn note(&self, job: &'static str, run: Run) {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).insert(job, run);
    }

    fn known(&self) -> BTreeMap<&'static str, Run> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes the runs down. They stay in memory until then and a little longer: losing one costs nothing.
    pub(crate) async fn store(&self, connection: &mut SqliteConnection) -> Result<(), HeadquartersError> {
        let runs = std::mem::take(&mut *self.runs.lock().unwrap_or_else(PoisonError::into_inner));
        for (job, run) in runs {
            sqlx::query("UPDATE jobs SET last_run_at = ?, last_result = ?, last_count = ? WHERE name = ?")
                .bind(run.at.0)
                .bind(run.result)
                .bind(i64::try_from(run.count).unwrap_or(i64::MAX))
                .bind(job)
                .execute(&mut *connection)
                .await?;
        }
        Ok(())
    }
}

impl Headquarters {
    /// All jobs.
    pub async fn jobs(&self) -> Result<Vec<JobOverview>, HeadquartersError> {
        type Row = (String, String, String, Option<i64>, Option<String>, Option<i64>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT name, title, mode, last_run_at, last_result, last_count FROM jobs ORDER BY rowid",
        )
        .fetch_all(self.database.readers())
        .await?;
        let known = self.job_runs.known();
        let work = self.work().await?;
        let overview = |(name, title, mode, last_run_at, last_result, last_count): Row| {
            let work = work.iter().find(|work| work.job.name() == name);
            let waiting = work.map(|work| i64::try_from(work.waiting).unwrap_or(i64::MAX));
            let trouble = work.and_then(|work| work.trouble);
            let mut job =
                JobOverview { name, title, mode, last_run_at, last_result, last_count, waiting, trouble };
            if let Some(run) = known.get(job.name.as_str()) {
                job.last_run_at = Some(run.at.0);
                job.last_result = Some(run.result.to_owned());
                job.last_count = i64::try_from(run.count).ok();
            }
            job
        };
        Ok(rows.into_iter().map(overview).collect())
    }
}
