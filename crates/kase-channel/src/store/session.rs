//! Sessions of operators, by the digest of their token.

use kase_domain::{OperatorId, RegisterName, Timestamp};
use sqlx::SqliteConnection;

use crate::ChannelError;

/// A session as it is stored.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) device: String,
    pub(crate) operator: String,
    pub(crate) expires_at: i64,
    pub(crate) ended_at: Option<i64>,
}

/// The session that holds the token.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    token_digest: &str,
) -> Result<Option<SessionRow>, sqlx::Error> {
    sqlx::query_as("SELECT device, operator, expires_at, ended_at FROM sessions WHERE token_digest = ?")
        .bind(token_digest)
        .fetch_optional(connection)
        .await
}

/// Begins a session.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    token_digest: &str,
    device: &str,
    operator: &OperatorId,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO sessions (token_digest, device, operator, started_at, expires_at) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(token_digest)
    .bind(device)
    .bind(operator.as_str())
    .bind(now.0)
    .bind(expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends every session that was begun at these registers.
pub(crate) async fn end_all(
    connection: &mut SqliteConnection,
    registers: &[RegisterName],
    now: Timestamp,
) -> Result<(), ChannelError> {
    sqlx::query(
        "UPDATE sessions SET ended_at = ?1 WHERE ended_at IS NULL AND device IN (
             SELECT token_digest FROM devices WHERE register IN (SELECT value FROM json_each(?2)))",
    )
    .bind(now.0)
    .bind(serde_json::to_string(registers)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends a session.
pub(crate) async fn end(
    connection: &mut SqliteConnection,
    token_digest: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE sessions SET ended_at = ? WHERE token_digest = ? AND ended_at IS NULL")
        .bind(now.0)
        .bind(token_digest)
        .execute(connection)
        .await?;
    Ok(())
}
