//! A database that was copied back from a backup has gone back in time. Before it serves again it takes another
//! identity, so that registers notice and deliver again what it forgot.

use std::path::Path;
use std::sync::Arc;

use kase_domain::ChannelId;
use kase_replication::Environment;
use kase_service::Database;
use sqlx::SqliteConnection;

use crate::ChannelError;
use crate::channel::MIGRATIONS;

/// Short references that a restore passes over, so that none is said of two customers: more than a store makes between
/// two backups.
const SKIPPED_REFERENCES: u32 = 1_000;

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Whose database it is.
    pub channel: ChannelId,
    /// The last short reference that may have been given.
    pub references: u32,
}

/// Makes the database at `path`, just copied back from a backup, fit to serve: another identity, short references
/// passed over beyond what `earlier` restores went on from, sessions of operators ended (who signed out since would be
/// signed in again). Devices stay activated.
pub async fn restored(
    path: &Path,
    environment: Arc<dyn Environment>,
    earlier: u32,
) -> Result<Restored, ChannelError> {
    let database = Database::open(path, &MIGRATIONS).await?;
    let begun = begin_anew(&database, environment.as_ref(), earlier).await;
    database.close().await;
    begun
}

/// Whose database it is; none before a channel began in it.
pub async fn channel_of(connection: &mut SqliteConnection) -> Result<Option<ChannelId>, ChannelError> {
    let channel: Option<String> =
        sqlx::query_scalar("SELECT channel FROM place").fetch_optional(connection).await?;
    Ok(channel.map(ChannelId))
}

async fn begin_anew(
    database: &Database,
    environment: &dyn Environment,
    earlier: u32,
) -> Result<Restored, ChannelError> {
    let mut write = database.write().await?;
    let place: Option<(String, u32)> = sqlx::query_as(
        "UPDATE place SET database = ?, reference_count = max(reference_count, ?) + ?, restored_at = ?
         RETURNING channel, reference_count",
    )
    .bind(environment.new_id().as_bytes().as_slice())
    .bind(earlier)
    .bind(SKIPPED_REFERENCES)
    .bind(environment.now().0)
    .fetch_optional(&mut *write)
    .await?;
    let Some((channel, references)) = place else {
        return Err(ChannelError::Corrupt("it is no database of a channel".into()));
    };
    sqlx::query("UPDATE sessions SET ended_at = ? WHERE ended_at IS NULL")
        .bind(environment.now().0)
        .execute(&mut *write)
        .await?;
    write.commit().await?;
    tracing::warn!(%channel, "restored: registers deliver again what it forgot");
    Ok(Restored { channel: ChannelId(channel), references })
}
