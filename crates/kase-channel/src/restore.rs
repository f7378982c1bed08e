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

/// Makes the database at `path`, just copied back from a backup, fit to serve: another identity, short references
/// passed over, sessions of operators ended (who signed out since would be signed in again). Devices stay activated.
/// Whose database it is.
pub async fn restored(path: &Path, environment: Arc<dyn Environment>) -> Result<ChannelId, ChannelError> {
    let database = Database::open(path, &MIGRATIONS).await?;
    let begun = begin_anew(&database, environment.as_ref()).await;
    database.close().await;
    begun
}

/// Whose database it is; none before a channel began in it.
pub async fn channel_of(connection: &mut SqliteConnection) -> Result<Option<ChannelId>, ChannelError> {
    let channel: Option<String> =
        sqlx::query_scalar("SELECT channel FROM place").fetch_optional(connection).await?;
    Ok(channel.map(ChannelId))
}

async fn begin_anew(database: &Database, environment: &dyn Environment) -> Result<ChannelId, ChannelError> {
    let mut write = database.write().await?;
    let channel: Option<String> = sqlx::query_scalar(
        "UPDATE place SET database = ?, reference_count = reference_count + ?, restored_at = ? RETURNING channel",
    )
    .bind(environment.new_id().as_bytes().as_slice())
    .bind(SKIPPED_REFERENCES)
    .bind(environment.now().0)
    .fetch_optional(&mut *write)
    .await?;
    let Some(channel) = channel else {
        return Err(ChannelError::Corrupt("it is no database of a channel".into()));
    };
    sqlx::query("UPDATE sessions SET ended_at = ? WHERE ended_at IS NULL")
        .bind(environment.now().0)
        .execute(&mut *write)
        .await?;
    write.commit().await?;
    tracing::warn!(%channel, "restored: registers deliver again what it forgot");
    Ok(ChannelId(channel))
}
