//! What is delivered once more to a headquarters that came back from a backup: a stretch of the log, passed through from
//! its beginning to its end. What an operation has come to here stays; only headquarters forgot.

use kase_domain::{Account, AccountNumber, CustomerId, LoyaltyCard, OperationId, OperationKind};
use kase_replication::{Claim, CustomerState, Waiting};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::ChannelError;

/// A stretch of the log, by the order of recording: after the first, up to and with the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) after: i64,
    pub(crate) to: i64,
}

/// An operation to be delivered again, with its place in the order of recording.
pub(crate) type Again = (i64, Waiting);

/// Begins anew with everything that headquarters ever had. The cards that customers have are noted first: what
/// headquarters says of these customers now may be older.
pub(crate) async fn begin(connection: &mut SqliteConnection) -> Result<(), ChannelError> {
    sqlx::query(
        "UPDATE operations SET told_cards = cards.held FROM (
             SELECT customer_id AS of, state ->> '$.loyalty_cards' AS held FROM customers
         ) AS cards
         WHERE cards.of = operations.customer_id AND cards.held IS NOT NULL
           AND kind = 'issue_loyalty_card' AND progress = 'done' AND told_cards IS NULL",
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE place SET again_after = 0, again_to = (SELECT coalesce(max(recorded_order), 0) FROM operations)",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What is still to be passed through.
pub(crate) async fn stretch(connection: &mut SqliteConnection) -> Result<Option<Stretch>, ChannelError> {
    let row: (Option<i64>, Option<i64>) =
        sqlx::query_as("SELECT again_after, again_to FROM place").fetch_one(connection).await?;
    Ok(row.0.zip(row.1).map(|(after, to)| Stretch { after, to }))
}

/// Everything up to and with `passed` was delivered again; at the end nothing is left.
pub(crate) async fn pass(connection: &mut SqliteConnection, passed: i64) -> Result<(), ChannelError> {
    sqlx::query("UPDATE place SET again_after = ? WHERE again_to IS NOT NULL AND again_after < ?1")
        .bind(passed)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "UPDATE place SET again_after = NULL, again_to = NULL
         WHERE NOT EXISTS (
             SELECT 1 FROM operations
             WHERE recorded_order > again_after AND recorded_order <= again_to AND progress IN ('delivered', 'done'))",
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets the stretch reach to an operation, which a register has delivered again; whatever lies between is delivered once
/// more with it.
pub(crate) async fn include(connection: &mut SqliteConnection, id: OperationId) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE place SET again_after = min(coalesce(again_after, it.at - 1), it.at - 1),
                          again_to = max(coalesce(again_to, it.at), it.at)
         FROM (SELECT recorded_order AS at FROM operations WHERE id = ?) AS it",
    )
    .bind(id.0.as_bytes().as_slice())
    .execute(connection)
    .await?;
    Ok(())
}

/// The next of the stretch, of one customer or of all.
pub(crate) async fn next(
    connection: &mut SqliteConnection,
    stretch: Stretch,
    of: Option<CustomerId>,
    limit: u32,
) -> Result<Vec<Again>, ChannelError> {
    // Two statements: each has an index of its own.
    let whole = "SELECT recorded_order, id, customer_id, octet_length(text) FROM operations
         WHERE recorded_order > ?1 AND recorded_order <= ?2 AND progress IN ('delivered', 'done') AND ?3 IS NULL
         ORDER BY recorded_order LIMIT ?4";
    let of_one = "SELECT recorded_order, id, customer_id, octet_length(text) FROM operations
         WHERE recorded_order > ?1 AND recorded_order <= ?2 AND progress IN ('delivered', 'done')
           AND customer_id = ?3
         ORDER BY recorded_order LIMIT ?4";
    let rows: Vec<(i64, Vec<u8>, Vec<u8>, i64)> = sqlx::query_as(if of.is_some() { of_one } else { whole })
        .bind(stretch.after)
        .bind(stretch.to)
        .bind(of.map(|id| id.0.as_bytes().to_vec()))
        .bind(limit)
        .fetch_all(connection)
        .await?;
    rows.into_iter()
        .map(|(order, id, customer_id, bytes)| {
            let waiting = Waiting {
                id: OperationId(Uuid::from_slice(&id)?),
                customer_id: CustomerId(Uuid::from_slice(&customer_id)?),
                bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
                ready: true,
            };
            Ok((order, waiting))
        })
        .collect()
}

/// What this channel had been told of an operation.
pub(crate) async fn claim(connection: &mut SqliteConnection, id: OperationId) -> Result<Claim, ChannelError> {
    type Row = (String, String, bool, Option<String>, Option<String>);
    let row: Option<Row> = sqlx::query_as(
        "SELECT o.kind, o.progress, o.performed, o.told_cards, c.state
         FROM operations o LEFT JOIN customers c ON c.customer_id = o.customer_id WHERE o.id = ?",
    )
    .bind(id.0.as_bytes().as_slice())
    .fetch_optional(connection)
    .await?;
    let Some((kind, progress, performed, told_cards, state)) = row else { return Ok(Claim::default()) };
    let state: Option<CustomerState> = state.as_deref().map(serde_json::from_str).transpose()?;
    let creates = kind == OperationKind::CreateCustomer.as_str();
    let number = state.and_then(|state| match state.account {
        Account::Synced(number) => Some(number),
        Account::Pending(_) => None,
    });
    let cards: Vec<LoyaltyCard> = match told_cards {
        Some(cards) => serde_json::from_str(&cards)?,
        None => Vec::new(),
    };
    Ok(Claim {
        performed,
        took_effect: progress == "done",
        account_number: number.filter(|_: &AccountNumber| creates),
        loyalty_cards: cards.into_iter().map(|card| card.number).collect(),
    })
}
