//! Who may work in the channel, as headquarters sent it.

use kase_domain::{OperatorId, RegisterName};
use kase_replication::{Directory, OperatorEntry, RegisterEntry};
use sqlx::SqliteConnection;

use crate::ChannelError;

/// The whole directory.
pub(crate) async fn current(connection: &mut SqliteConnection) -> Result<Directory, ChannelError> {
    let registers: Vec<String> =
        sqlx::query_scalar("SELECT entry FROM registers ORDER BY name").fetch_all(&mut *connection).await?;
    let operators: Vec<String> =
        sqlx::query_scalar("SELECT entry FROM operators ORDER BY id").fetch_all(connection).await?;
    Ok(Directory {
        registers: registers.iter().map(|entry| serde_json::from_str(entry)).collect::<Result<_, _>>()?,
        operators: operators.iter().map(|entry| serde_json::from_str(entry)).collect::<Result<_, _>>()?,
    })
}

/// Replaces the whole directory.
pub(crate) async fn replace(
    connection: &mut SqliteConnection,
    directory: &Directory,
) -> Result<(), ChannelError> {
    sqlx::query("DELETE FROM registers").execute(&mut *connection).await?;
    for register in &directory.registers {
        sqlx::query("INSERT OR REPLACE INTO registers (name, entry) VALUES (?, ?)")
            .bind(register.name.as_str())
            .bind(serde_json::to_string(register)?)
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("DELETE FROM operators").execute(&mut *connection).await?;
    for operator in &directory.operators {
        sqlx::query("INSERT OR REPLACE INTO operators (id, entry) VALUES (?, ?)")
            .bind(operator.id.as_str())
            .bind(serde_json::to_string(operator)?)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// A register of the channel.
pub(crate) async fn register(
    connection: &mut SqliteConnection,
    name: &RegisterName,
) -> Result<Option<RegisterEntry>, ChannelError> {
    let entry: Option<String> = sqlx::query_scalar("SELECT entry FROM registers WHERE name = ?")
        .bind(name.as_str())
        .fetch_optional(connection)
        .await?;
    entry.map(|entry| Ok(serde_json::from_str(&entry)?)).transpose()
}

/// An operator who may sign in here.
pub(crate) async fn operator(
    connection: &mut SqliteConnection,
    id: &OperatorId,
) -> Result<Option<OperatorEntry>, ChannelError> {
    let entry: Option<String> = sqlx::query_scalar("SELECT entry FROM operators WHERE id = ?")
        .bind(id.as_str())
        .fetch_optional(connection)
        .await?;
    entry.map(|entry| Ok(serde_json::from_str(&entry)?)).transpose()
}
