//! The one row that says which database this is, and its counters.

use kase_domain::ChannelId;
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::ChannelError;

/// The database's identity; made as `new_database` the first time. A file of another channel is refused.
pub(crate) async fn identity(
    connection: &mut SqliteConnection,
    channel: &ChannelId,
    new_database: Uuid,
) -> Result<Uuid, ChannelError> {
    sqlx::query("INSERT INTO place (id, database, channel) VALUES (1, ?, ?) ON CONFLICT DO NOTHING")
        .bind(new_database.as_bytes().as_slice())
        .bind(channel.as_str())
        .execute(&mut *connection)
        .await?;
    let (database, owner): (Vec<u8>, String) =
        sqlx::query_as("SELECT database, channel FROM place").fetch_one(connection).await?;
    if owner != channel.as_str() {
        return Err(ChannelError::Corrupt(format!("the database is of channel {owner}, not {channel}")));
    }
    Ok(Uuid::from_slice(&database)?)
}

/// Whether it was ever copied back from a backup.
pub(crate) async fn was_restored(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT restored_at IS NOT NULL FROM place").fetch_one(connection).await
}

/// The last position given out.
pub(crate) async fn position(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar("SELECT position FROM place").fetch_one(connection).await
}

/// Remembers the last position given out; in the transaction that gave it.
pub(crate) async fn set_position(
    connection: &mut SqliteConnection,
    position: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE place SET position = ?").bind(position).execute(connection).await?;
    Ok(())
}

/// Gives out the next number of a short reference.
pub(crate) async fn next_reference(connection: &mut SqliteConnection) -> Result<u32, sqlx::Error> {
    sqlx::query_scalar("UPDATE place SET reference_count = reference_count + 1 RETURNING reference_count")
        .fetch_one(connection)
        .await
}

/// Where headquarters' feed was read to.
pub(crate) async fn cursor(connection: &mut SqliteConnection) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar("SELECT cursor FROM place").fetch_one(connection).await
}

/// Remembers where headquarters' feed was read to.
pub(crate) async fn set_cursor(connection: &mut SqliteConnection, cursor: &str) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE place SET cursor = ?").bind(cursor).execute(connection).await?;
    Ok(())
}
