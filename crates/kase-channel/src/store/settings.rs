//! The channel's settings, every version that headquarters sent.

use kase_domain::{ChannelSettings, SettingsVersion};
use sqlx::SqliteConnection;

use crate::ChannelError;

/// The settings in force, with their position in the feed; none before headquarters was reached the first time.
pub(crate) async fn current(
    connection: &mut SqliteConnection,
) -> Result<Option<(i64, ChannelSettings)>, ChannelError> {
    let row: Option<(i64, String)> =
        sqlx::query_as("SELECT position, settings FROM settings ORDER BY position DESC LIMIT 1")
            .fetch_optional(connection)
            .await?;
    row.map(|(position, settings)| Ok((position, serde_json::from_str(&settings)?))).transpose()
}

/// The settings of a version.
pub(crate) async fn of_version(
    connection: &mut SqliteConnection,
    version: SettingsVersion,
) -> Result<Option<ChannelSettings>, ChannelError> {
    let Ok(version) = i64::try_from(version.0) else { return Ok(None) };
    let settings: Option<String> = sqlx::query_scalar("SELECT settings FROM settings WHERE version = ?")
        .bind(version)
        .fetch_optional(connection)
        .await?;
    settings.map(|settings| Ok(serde_json::from_str(&settings)?)).transpose()
}

/// Puts settings in force.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    settings: &ChannelSettings,
    position: i64,
) -> Result<(), ChannelError> {
    sqlx::query(
        "INSERT INTO settings (version, settings, position) VALUES (?, ?, ?)
         ON CONFLICT (version) DO UPDATE SET settings = excluded.settings, position = excluded.position",
    )
    .bind(i64::try_from(settings.version.0).unwrap_or(i64::MAX))
    .bind(serde_json::to_string(settings)?)
    .bind(position)
    .execute(connection)
    .await?;
    Ok(())
}
