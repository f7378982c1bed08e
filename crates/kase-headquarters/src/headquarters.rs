//! Headquarters as one value: its database, its ports, and what others listen to. What it does stands in the
//! modules beside this one, a noun each.

use std::path::Path;
use std::sync::Arc;

use kase_domain::Timestamp;
use kase_replication::Environment;
use kase_service::{Database, Secrets, Throttle};
use sqlx::migrate::Migrator;
use tokio::sync::watch;

use crate::HeadquartersError;
use crate::call_watch::CallWatch;
use crate::finder::Finder;
use crate::job_trouble::JobWatch;
use crate::jobs::JobRuns;

/// How headquarters names itself in its hints.
pub const PLACE_NAME: &str = "headquarters";

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Headquarters over one database.
pub struct Headquarters {
    pub(crate) database: Database,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) secrets: Secrets,
    pub(crate) throttle: Throttle,
    pub(crate) finder: Finder,
    pub(crate) job_runs: JobRuns,
    pub(crate) job_watch: JobWatch,
    pub(crate) call_watch: CallWatch,
    feed: watch::Sender<i64>,
    staged: watch::Sender<u64>,
}

impl Headquarters {
    /// Opens the database file, makes it where there is none, and brings its tables to this version.
    pub async fn open(path: &Path, environment: Arc<dyn Environment>) -> Result<Self, HeadquartersError> {
        let database = Database::open(path, &MIGRATIONS).await?;
        let mut write = database.write().await?;
        sqlx::query(
            "INSERT INTO identity (only, database, position, settings_version, switches)
             VALUES (1, ?, 0, 1, '{}') ON CONFLICT DO NOTHING",
        )
        .bind(environment.new_id())
        .execute(&mut *write)
        .await?;
        let position = sqlx::query_scalar("SELECT position FROM identity").fetch_one(&mut *write).await?;
        write.commit().await?;
        let headquarters = Self {
            database,
            environment,
            secrets: Secrets::default(),
            throttle: Throttle::default(),
            finder: Finder::default(),
            job_runs: JobRuns::default(),
            job_watch: JobWatch::default(),
            call_watch: CallWatch::default(),
            feed: watch::Sender::new(position),
            // What a former run left waiting is worth a first look.
            staged: watch::Sender::new(0),
        };
        headquarters.make_rescue_key().await?;
        Ok(headquarters)
    }

    /// Ends all connections to the database; what was committed is on the disk.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// The feed's position; it changes when there is something to pull.
    pub fn subscribe_feed(&self) -> watch::Receiver<i64> {
        self.feed.subscribe()
    }

    /// Changes when operations were staged, or released by a person: time to call
    /// [`Headquarters::run_conversion`]. Call it once at the start too.
    pub fn subscribe_staged(&self) -> watch::Receiver<u64> {
        self.staged.subscribe()
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        sqlx::query("SELECT 1").execute(self.database.readers()).await.is_ok()
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.environment.now()
    }

    pub(crate) fn feed_grew_to(&self, position: i64) {
        // Commits may be told out of order; the position never goes back.
        self.feed.send_if_modified(|known| {
            let grew = position > *known;
            *known = position.max(*known);
            grew
        });
    }

    pub(crate) fn something_was_staged(&self) {
        self.staged.send_modify(|count| *count = count.wrapping_add(1));
    }
}
