//! Customers: the replica of headquarters', and the channel's own pending ones.

use kase_domain::{AccountNumber, CustomerId};
use kase_replication::CustomerState;
use sqlx::SqliteConnection;

use crate::ChannelError;

/// One customer by its permanent id.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: CustomerId,
) -> Result<Option<CustomerState>, ChannelError> {
    let state: Option<String> = sqlx::query_scalar("SELECT state FROM customers WHERE customer_id = ?")
        .bind(id.0.as_bytes().as_slice())
        .fetch_optional(connection)
        .await?;
    state.map(|state| Ok(serde_json::from_str(&state)?)).transpose()
}

/// One customer by its account number.
pub(crate) async fn find_by_account(
    connection: &mut SqliteConnection,
    number: &AccountNumber,
) -> Result<Option<CustomerState>, ChannelError> {
    let state: Option<String> =
        sqlx::query_scalar("SELECT state FROM customers WHERE account_number = ? ORDER BY customer_id")
            .bind(number.as_str())
            .fetch_optional(connection)
            .await?;
    state.map(|state| Ok(serde_json::from_str(&state)?)).transpose()
}

/// Puts a customer, whatever stood there.
pub(crate) async fn put(
    connection: &mut SqliteConnection,
    state: &CustomerState,
    position: i64,
) -> Result<(), ChannelError> {
    sqlx::query(
        "INSERT INTO customers (customer_id, account_number, state, position) VALUES (?, ?, ?, ?)
         ON CONFLICT (customer_id) DO UPDATE SET
             account_number = excluded.account_number, state = excluded.state, position = excluded.position",
    )
    .bind(state.customer_id.0.as_bytes().as_slice())
    .bind(state.account.number().map(AccountNumber::as_str))
    .bind(serde_json::to_string(state)?)
    .bind(position)
    .execute(connection)
    .await?;
    Ok(())
}

/// At most `limit` customers after the position, in the order of the feed, each with its position.
pub(crate) async fn after(
    connection: &mut SqliteConnection,
    position: i64,
    limit: u32,
) -> Result<Vec<(i64, CustomerState)>, ChannelError> {
    let rows: Vec<(i64, String)> =
        sqlx::query_as("SELECT position, state FROM customers WHERE position > ? ORDER BY position LIMIT ?")
            .bind(position)
            .bind(limit)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(|(position, state)| Ok((position, serde_json::from_str(&state)?))).collect()
}

/// How many there are.
pub(crate) async fn count(connection: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM customers").fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}
