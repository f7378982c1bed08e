//! Changes of headquarters' feed that this program could not read. They hold up nothing; a version of the program that
//! may read them pulls from the beginning.

use kase_replication::{Change, PROGRAM_VERSION};
use sqlx::SqliteConnection;

use crate::ChannelError;

/// Whether another version passed over what this one may read.
pub(crate) async fn by_another_version(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM passed_over WHERE version <> ?)")
        .bind(PROGRAM_VERSION)
        .fetch_one(connection)
        .await
}

/// Forgets all: the feed is read from its beginning.
pub(crate) async fn forget_all(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM passed_over").execute(connection).await?;
    Ok(())
}

/// Notes which of `changes` cannot be read, and that others can be by now.
pub(crate) async fn note(
    connection: &mut SqliteConnection,
    changes: &[Change],
) -> Result<Vec<String>, ChannelError> {
    let is_unreadable = |change: &&Change| matches!(change, Change::Unreadable(_));
    if count(connection).await? > 0 {
        let keys: Vec<String> = changes.iter().map(Change::key).collect();
        sqlx::query("DELETE FROM passed_over WHERE key IN (SELECT value FROM json_each(?))")
            .bind(serde_json::to_string(&keys)?)
            .execute(&mut *connection)
            .await?;
    }
    let unreadable: Vec<String> = changes.iter().filter(is_unreadable).map(Change::key).collect();
    if !unreadable.is_empty() {
        sqlx::query("INSERT OR REPLACE INTO passed_over (key, version) SELECT value, ? FROM json_each(?)")
            .bind(PROGRAM_VERSION)
            .bind(serde_json::to_string(&unreadable)?)
            .execute(connection)
            .await?;
    }
    Ok(unreadable)
}

/// How many there are.
pub(crate) async fn count(connection: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM passed_over").fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}
