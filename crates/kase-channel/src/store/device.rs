//! Activated browsers, by the digest of their token.

use kase_domain::{RegisterName, Timestamp};
use sqlx::SqliteConnection;

/// An activated browser as it is stored.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct DeviceRow {
    pub(crate) register: String,
    pub(crate) replaced_at: Option<i64>,
}

/// The device that holds the token.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    token_digest: &str,
) -> Result<Option<DeviceRow>, sqlx::Error> {
    sqlx::query_as("SELECT register, replaced_at FROM devices WHERE token_digest = ?")
        .bind(token_digest)
        .fetch_optional(connection)
        .await
}

/// Whether an activation code, named by its hash, was used.
pub(crate) async fn is_code_used(
    connection: &mut SqliteConnection,
    activation_hash: &str,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM devices WHERE activation_hash = ?)")
        .bind(activation_hash)
        .fetch_one(connection)
        .await
}

/// From now on the register's earlier browsers may only deliver what they hold.
pub(crate) async fn replace_all(
    connection: &mut SqliteConnection,
    register: &RegisterName,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE devices SET replaced_at = ? WHERE register = ? AND replaced_at IS NULL")
        .bind(now.0)
        .bind(register.as_str())
        .execute(connection)
        .await?;
    Ok(())
}

/// Adds a device.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    token_digest: &str,
    register: &RegisterName,
    activation_hash: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO devices (token_digest, register, activation_hash, activated_at) VALUES (?, ?, ?, ?)",
    )
    .bind(token_digest)
    .bind(register.as_str())
    .bind(activation_hash)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}
