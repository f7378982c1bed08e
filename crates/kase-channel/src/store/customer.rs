//! Customers: the replica of headquarters', and the channel's own pending ones.

use std::collections::HashMap;

use kase_domain::{AccountNumber, CustomerId};
use kase_replication::{Change, CustomerState};
use sqlx::SqliteConnection;
use uuid::Uuid;

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

/// Those of `ids` that are there and can be read.
pub(crate) async fn find_many(
    connection: &mut SqliteConnection,
    ids: &[CustomerId],
) -> Result<HashMap<CustomerId, CustomerState>, ChannelError> {
    let states: Vec<String> = sqlx::query_scalar(
        "SELECT state FROM customers WHERE customer_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(hex_list(ids)?)
    .fetch_all(connection)
    .await?;
    let readable = states.iter().filter_map(|text| serde_json::from_str::<CustomerState>(text).ok());
    Ok(readable.map(|state| (state.customer_id, state)).collect())
}

/// Ids as a JSON list of hex, for `unhex(value)` of `json_each`.
pub(crate) fn hex_list(ids: &[CustomerId]) -> Result<String, ChannelError> {
    let ids: Vec<String> = ids.iter().map(|id| id.0.simple().to_string()).collect();
    Ok(serde_json::to_string(&ids)?)
}

/// Puts many customers, each at its position, in one statement.
pub(crate) async fn put_many(
    connection: &mut SqliteConnection,
    states: impl Iterator<Item = (i64, &CustomerState)>,
) -> Result<(), ChannelError> {
    let mut rows = Vec::new();
    for (position, state) in states {
        let number = state.account.number().map(AccountNumber::as_str);
        let id = state.customer_id.0.simple().to_string();
        rows.push(serde_json::json!([id, number, serde_json::to_string(state)?, position]));
    }
    sqlx::query(
        "INSERT INTO customers (customer_id, account_number, state, position)
         SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
         ON CONFLICT (customer_id) DO UPDATE SET
             account_number = excluded.account_number, state = excluded.state, position = excluded.position",
    )
    .bind(serde_json::to_string(&rows)?)
    .execute(connection)
    .await?;
    Ok(())
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

/// At most `limit` customers after the position, in the order of the feed, each with its position. One that cannot be
/// read is among them as it stands, and hides no other.
pub(crate) async fn after(
    connection: &mut SqliteConnection,
    position: i64,
    limit: u32,
) -> Result<Vec<(i64, Change)>, ChannelError> {
    let rows: Vec<(i64, Vec<u8>, String)> = sqlx::query_as(
        "SELECT position, customer_id, state FROM customers WHERE position > ? ORDER BY position LIMIT ?",
    )
    .bind(position)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    let change = |(position, id, state): (i64, Vec<u8>, String)| {
        let change = Change::of_stored_customer(CustomerId(Uuid::from_slice(&id)?), &state);
        if let Change::Unreadable(unreadable) = &change {
            tracing::warn!(change = unreadable.key(), "what stands in the database cannot be read");
        }
        Ok((position, change))
    };
    rows.into_iter().map(change).collect()
}

/// How many there are.
pub(crate) async fn count(connection: &mut SqliteConnection) -> Result<u64, sqlx::Error> {
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM customers").fetch_one(connection).await?;
    Ok(count.unsigned_abs())
}
