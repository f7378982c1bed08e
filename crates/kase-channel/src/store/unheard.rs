//! Copies of other stores' customers of whom a headquarters that came back from a backup has not told again: it may have
//! forgotten them, and is offered what is here.

use kase_domain::CustomerId;
use kase_replication::{Change, CustomerState, MOST_COPIES};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::ChannelError;
use crate::store::customer::hex_list;

/// Headquarters' feed begins anew: nobody has been heard of yet. This channel's own customers come with their operations.
pub(crate) async fn begin(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE place SET heard_all = 0").execute(&mut *connection).await?;
    sqlx::query(
        "INSERT OR IGNORE INTO unheard (customer_id)
         SELECT customer_id FROM customers AS c
         WHERE account_number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM operations WHERE id = c.customer_id)",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Headquarters knows whom its feed tells of.
pub(crate) async fn hear(connection: &mut SqliteConnection, changes: &[Change]) -> Result<(), ChannelError> {
    let told = |change: &Change| match change {
        Change::Customer(state) => Some(state.customer_id),
        _ => None,
    };
    let ids: Vec<CustomerId> = changes.iter().filter_map(told).collect();
    if ids.is_empty() || !is_any(connection).await? {
        return Ok(());
    }
    remove(connection, &ids).await
}

/// The feed was read to its end; whether anybody is to be offered.
pub(crate) async fn heard_all(connection: &mut SqliteConnection) -> Result<bool, ChannelError> {
    if !is_any(connection).await? {
        return Ok(false);
    }
    sqlx::query("UPDATE place SET heard_all = 1").execute(connection).await?;
    Ok(true)
}

/// Whether somebody is to be offered now.
pub(crate) async fn is_ready(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT heard_all AND EXISTS (SELECT 1 FROM unheard) FROM place")
        .fetch_one(connection)
        .await
}

/// The next to be offered, each with what is here of it; what cannot be read is none.
pub(crate) async fn next(
    connection: &mut SqliteConnection,
) -> Result<Vec<(CustomerId, Option<CustomerState>)>, ChannelError> {
    let rows: Vec<(Vec<u8>, String)> = sqlx::query_as(
        "SELECT u.customer_id, c.state FROM unheard AS u JOIN customers AS c ON c.customer_id = u.customer_id
         WHERE (SELECT heard_all FROM place) ORDER BY u.customer_id LIMIT ?",
    )
    .bind(u32::try_from(MOST_COPIES).unwrap_or(u32::MAX))
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, state)| Ok((CustomerId(Uuid::from_slice(&id)?), serde_json::from_str(&state).ok())))
        .collect()
}

/// Headquarters was offered them, or has told of them.
pub(crate) async fn remove(
    connection: &mut SqliteConnection,
    ids: &[CustomerId],
) -> Result<(), ChannelError> {
    sqlx::query("DELETE FROM unheard WHERE customer_id IN (SELECT unhex(value) FROM json_each(?))")
        .bind(hex_list(ids)?)
        .execute(connection)
        .await?;
    Ok(())
}

async fn is_any(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM unheard)").fetch_one(connection).await
}
