//! What activated browsers say they have recorded.

use kase_domain::{OperationId, RegisterName, Timestamp};
use kase_replication::Witness;
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::{ChannelError, Device};

/// Creations that are looked through for the last short reference of a register.
const CREATIONS_LOOKED_AT: u32 = 500;

/// Puts the witness of a browser, whatever it said before.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    device: &Device,
    witness: &Witness,
    now: Timestamp,
) -> Result<(), ChannelError> {
    sqlx::query(
        "INSERT INTO witnesses (device, register, reference_count, witness, told_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (device) DO UPDATE SET
             reference_count = excluded.reference_count, witness = excluded.witness, told_at = excluded.told_at",
    )
    .bind(&device.token_digest)
    .bind(device.register.as_str())
    .bind(witness.references)
    .bind(serde_json::to_string(witness)?)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// The latest witness of a register's browsers, and when it was told.
pub(crate) async fn latest(
    connection: &mut SqliteConnection,
    register: &RegisterName,
) -> Result<Option<(Witness, Timestamp)>, ChannelError> {
    let row: Option<(String, i64)> = sqlx::query_as(
        "SELECT witness, told_at FROM witnesses WHERE register = ? ORDER BY told_at DESC LIMIT 1",
    )
    .bind(register.as_str())
    .fetch_optional(connection)
    .await?;
    row.map(|(witness, told_at)| Ok((serde_json::from_str(&witness)?, Timestamp(told_at)))).transpose()
}

/// The last count of a short reference with this prefix that the register's browsers told of or used.
pub(crate) async fn last_reference(
    connection: &mut SqliteConnection,
    register: &RegisterName,
    prefix: &str,
) -> Result<u32, sqlx::Error> {
    let told: Option<u32> =
        sqlx::query_scalar("SELECT max(reference_count) FROM witnesses WHERE register = ?")
            .bind(register.as_str())
            .fetch_one(&mut *connection)
            .await?;
    let used: Vec<Option<String>> = sqlx::query_scalar(
        "SELECT text ->> '$.payload.reference' FROM operations
         WHERE register = ? AND kind = 'create_customer' ORDER BY position DESC LIMIT ?",
    )
    .bind(register.as_str())
    .bind(CREATIONS_LOOKED_AT)
    .fetch_all(connection)
    .await?;
    let count = |reference: &String| reference.strip_prefix(prefix)?.strip_prefix('-')?.parse::<u32>().ok();
    Ok(used.iter().flatten().filter_map(count).chain(told).max().unwrap_or_default())
}

/// Those of `ids` that are not recorded here, in their order.
pub(crate) async fn missing(
    connection: &mut SqliteConnection,
    ids: &[OperationId],
) -> Result<Vec<OperationId>, ChannelError> {
    let hex: Vec<String> = ids.iter().map(|id| id.0.simple().to_string()).collect();
    let missing: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT unhex(value) FROM json_each(?)
         WHERE NOT EXISTS (SELECT 1 FROM operations WHERE operations.id = unhex(value)) ORDER BY key",
    )
    .bind(serde_json::to_string(&hex)?)
    .fetch_all(connection)
    .await?;
    missing.iter().map(|id| Ok(OperationId(Uuid::from_slice(id)?))).collect()
}
