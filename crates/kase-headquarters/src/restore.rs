//! A database that was copied back from a backup has gone back in time. Before it serves again it takes another
//! identity, so that channels notice and deliver again what it forgot, and passes over the numbers that it may have
//! given out since.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use kase_replication::Environment;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use utoipa::ToSchema;

use crate::audit::note;
use crate::number_sequence::{CUSTOMER_ACCOUNT, LOYALTY_CARD, NumberSequence};
use crate::settings::Concerns;
use crate::{Headquarters, HeadquartersError, PLACE_NAME};

/// Numbers of each sequence that a restore passes over where nobody says otherwise: far more than a large chain gives out
/// between two backups.
pub const SKIPPED_NUMBERS: u64 = 100_000;

/// Versions of the settings that a restore passes over: those made since the backup are not known any more, and no
/// later one may pass for them.
const SKIPPED_VERSIONS: i64 = 10_000;

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The numbers that are not given out any more, by sequence.
    pub skipped: Vec<SkippedNumbers>,
    /// What it goes on from.
    pub given_out: GivenOut,
}

/// What may have been given out: a restore goes on from no less.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenOut {
    /// The next number of each sequence.
    pub numbers: BTreeMap<String, u64>,
    /// The last version of the settings.
    pub settings_version: i64,
}

/// Numbers that a restore passed over, in their format.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SkippedNumbers {
    /// `customer_account` or `loyalty_card`.
    pub sequence: String,
    /// The first that is not given out any more, except to whoever had it.
    pub first: String,
    /// The next that is given out.
    pub next: String,
}

impl std::fmt::Display for SkippedNumbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} passes over {} and goes on with {}", self.sequence, self.first, self.next)
    }
}

/// A restore as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RestoreOverview {
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// The numbers that it passed over.
    pub skipped: Vec<SkippedNumbers>,
    /// What came back since.
    pub returned: Vec<Returned>,
}

/// Operations that headquarters had forgotten and a channel delivered again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Returned {
    /// Which channel.
    pub channel: String,
    /// How many operations.
    pub operations: i64,
    /// How many customers of other stores, from its copies: nothing else of them was left.
    pub copies: i64,
}

/// Makes the database at `path`, just copied back from a backup, fit to serve: another identity, at least
/// `skip_numbers` numbers of each sequence passed over beyond what `earlier` restores went on from, and all that
/// `replaced` had given out (the database that stood there before, where it can still be read), sessions ended.
pub async fn restored(
    path: &Path,
    environment: Arc<dyn Environment>,
    skip_numbers: u64,
    earlier: &GivenOut,
    replaced: Option<&Path>,
) -> Result<Restored, HeadquartersError> {
    let given_out = match replaced {
        Some(replaced) => given_out(replaced).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "what the replaced database had given out cannot be read");
            GivenOut::default()
        }),
        None => GivenOut::default(),
    };
    let headquarters = Headquarters::open(path, environment).await?;
    let restored = headquarters.begin_anew(skip_numbers, earlier, &given_out).await;
    headquarters.close().await;
    restored
}

async fn given_out(replaced: &Path) -> Result<GivenOut, sqlx::Error> {
    let mut connection = SqliteConnectOptions::new().filename(replaced).connect().await?;
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT name, next FROM number_sequences").fetch_all(&mut connection).await?;
    let settings_version: i64 =
        sqlx::query_scalar("SELECT settings_version FROM identity").fetch_one(&mut connection).await?;
    let numbers = rows.into_iter().map(|(name, next)| (name, next.unsigned_abs())).collect();
    Ok(GivenOut { numbers, settings_version })
}

impl Headquarters {
    async fn begin_anew(
        &self,
        skip_numbers: u64,
        earlier: &GivenOut,
        replaced: &GivenOut,
    ) -> Result<Restored, HeadquartersError> {
        let now = self.now();
        let mut write = self.write().await?;
        sqlx::query("UPDATE identity SET database = ?, settings_version = max(settings_version, ?) + ?")
            .bind(self.environment.new_id())
            .bind(earlier.settings_version.max(replaced.settings_version))
            .bind(SKIPPED_VERSIONS)
            .execute(write.connection())
            .await?;
        // Who signed out since the backup would be signed in again.
        sqlx::query("DELETE FROM sessions").execute(write.connection()).await?;
        let restore: i64 = sqlx::query_scalar("INSERT INTO restores (at) VALUES (?) RETURNING id")
            .bind(now.0)
            .fetch_one(write.connection())
            .await?;
        let mut skipped = Vec::new();
        let mut numbers = BTreeMap::new();
        for name in [CUSTOMER_ACCOUNT, LOYALTY_CARD] {
            let mut sequence = NumberSequence::load(write.connection(), name).await?;
            let next_of = |given_out: &GivenOut| given_out.numbers.get(name).copied().unwrap_or_default();
            let (first, next) = sequence.jump(skip_numbers, next_of(earlier), next_of(replaced));
            numbers.insert(name.to_owned(), next);
            sequence.store(write.connection()).await?;
            put_skipped(write.connection(), restore, name, first, next).await?;
            let (first, next) = (sequence.formatted(first), sequence.formatted(next));
            tracing::warn!(sequence = name, %first, %next, "restored: numbers are passed over");
            skipped.push(SkippedNumbers { sequence: name.to_owned(), first, next });
        }
        let detail = skipped.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        note(write.connection(), now, PLACE_NAME, "was restored from a backup", "", &detail).await?;
        self.make_settings_version(&mut write, Concerns::Everyone).await?;
        let settings_version =
            sqlx::query_scalar("SELECT settings_version FROM identity").fetch_one(write.connection()).await?;
        write.commit().await?;
        Ok(Restored { skipped, given_out: GivenOut { numbers, settings_version } })
    }

    /// The restores of this database, the latest first.
    pub async fn restores(&self) -> Result<Vec<RestoreOverview>, HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        let restores: Vec<(i64, i64)> =
            sqlx::query_as("SELECT id, at FROM restores ORDER BY id DESC").fetch_all(&mut *snapshot).await?;
        let mut overviews = Vec::with_capacity(restores.len());
        for (id, at) in restores {
            let skipped = skipped_by(&mut snapshot, id).await?;
            let returned: Vec<(String, i64, i64)> = sqlx::query_as(
                "SELECT channel, sum(operations), sum(copies) FROM (
                     SELECT channel, operations, 0 AS copies FROM returned_operations WHERE restore = ?1
                     UNION ALL SELECT channel, 0, 1 FROM returned_copies WHERE restore = ?1)
                 GROUP BY channel ORDER BY channel",
            )
            .bind(id)
            .fetch_all(&mut *snapshot)
            .await?;
            let returned = returned.into_iter().map(|(channel, operations, copies)| Returned {
                channel,
                operations,
                copies,
            });
            let returned = returned.collect();
            overviews.push(RestoreOverview { at, skipped, returned });
        }
        Ok(overviews)
    }
}

async fn put_skipped(
    connection: &mut SqliteConnection,
    restore: i64,
    sequence: &str,
    first: u64,
    next: u64,
) -> Result<(), HeadquartersError> {
    sqlx::query("INSERT INTO skipped_numbers (restore, sequence, first, next) VALUES (?, ?, ?, ?)")
        .bind(restore)
        .bind(sequence)
        .bind(i64::try_from(first).unwrap_or(i64::MAX))
        .bind(i64::try_from(next).unwrap_or(i64::MAX))
        .execute(connection)
        .await?;
    Ok(())
}

async fn skipped_by(
    connection: &mut SqliteConnection,
    restore: i64,
) -> Result<Vec<SkippedNumbers>, HeadquartersError> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT sequence, first, next FROM skipped_numbers WHERE restore = ? ORDER BY sequence",
    )
    .bind(restore)
    .fetch_all(&mut *connection)
    .await?;
    let mut skipped = Vec::with_capacity(rows.len());
    for (sequence, first, next) in rows {
        let name = if sequence == LOYALTY_CARD { LOYALTY_CARD } else { CUSTOMER_ACCOUNT };
        let formats = NumberSequence::load(connection, name).await?;
        let (first, next) = (first.unsigned_abs(), next.unsigned_abs());
        skipped.push(SkippedNumbers {
            sequence,
            first: formats.formatted(first),
            next: formats.formatted(next),
        });
    }
    Ok(skipped)
}
