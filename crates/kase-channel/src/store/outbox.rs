//! The part of the operation log that has not taken effect: what may be sent, what is held, how much waits.

use kase_domain::{Action, CustomerId, OperationId, Timestamp};
use kase_replication::Waiting;
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::operation::{Entry, Row};
use crate::ChannelError;

/// What may be pushed, in the order of recording; what waits behind a held or refused operation of the same
/// customer is left out.
pub(crate) async fn ready(
    connection: &mut SqliteConnection,
    limit: u32,
) -> Result<Vec<Waiting>, ChannelError> {
    let rows: Vec<(Vec<u8>, Vec<u8>, i64)> = sqlx::query_as(
        "SELECT id, customer_id, octet_length(text) FROM operations AS waiting
         WHERE progress = 'ready' AND NOT EXISTS (
             SELECT 1 FROM operations AS earlier
             WHERE earlier.customer_id = waiting.customer_id
               AND earlier.recorded_order < waiting.recorded_order
               AND earlier.progress IN ('held', 'refused'))
         ORDER BY recorded_order LIMIT ?",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, customer_id, bytes)| {
            Ok(Waiting {
                id: OperationId(Uuid::from_slice(&id)?),
                customer_id: CustomerId(Uuid::from_slice(&customer_id)?),
                bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
                ready: true,
            })
        })
        .collect()
}

/// A held operation, to be read when it is its turn.
pub(crate) struct Held {
    pub(crate) recorded_order: i64,
    pub(crate) id: OperationId,
    pub(crate) customer_id: CustomerId,
}

/// Held operations, of one customer or of all, whose customer has its account number: those after a place in the
/// order of recording.
pub(crate) async fn held_with_number(
    connection: &mut SqliteConnection,
    of: Option<CustomerId>,
    after: i64,
    limit: u32,
) -> Result<Vec<Held>, ChannelError> {
    let rows: Vec<(i64, Vec<u8>, Vec<u8>)> = sqlx::query_as(
        "SELECT recorded_order, id, customer_id FROM operations
         WHERE progress = 'held' AND recorded_order > ?1 AND (?2 IS NULL OR customer_id = ?2)
           AND customer_id IN (SELECT customer_id FROM customers WHERE account_number IS NOT NULL)
         ORDER BY recorded_order LIMIT ?3",
    )
    .bind(after)
    .bind(of.map(|id| id.0.as_bytes().to_vec()))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(recorded_order, id, customer_id)| {
            let id = OperationId(Uuid::from_slice(&id)?);
            Ok(Held { recorded_order, id, customer_id: CustomerId(Uuid::from_slice(&customer_id)?) })
        })
        .collect()
}

/// The fields of a customer that are held, as keys of its JSON, each once.
pub(crate) async fn held_fields(
    connection: &mut SqliteConnection,
    customer_id: CustomerId,
) -> Result<Vec<String>, ChannelError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, customer_id, kind, text, fingerprint, body_fingerprint, progress, stage, remark
         FROM operations WHERE customer_id = ? AND progress = 'held' ORDER BY recorded_order",
    )
    .bind(customer_id.0.as_bytes().as_slice())
    .fetch_all(connection)
    .await?;
    let mut fields = Vec::new();
    for row in rows {
        let recorded = Entry::read(row)?.operation()?;
        if let Action::EditCustomer { changes } = &recorded.operation().action {
            let names = changes.iter().filter_map(|change| change.field.split('/').next());
            fields.extend(names.map(str::to_owned));
        }
    }
    fields.dedup();
    Ok(fields)
}

/// Operations that have not taken effect: how many of each progress, and when the oldest was recorded.
pub(crate) async fn waiting(
    connection: &mut SqliteConnection,
) -> Result<Vec<(String, u64, Timestamp)>, sqlx::Error> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT progress, count(*), min(recorded_at) FROM operations
         WHERE progress <> 'done' GROUP BY progress ORDER BY progress",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|(name, count, oldest)| (name, count.unsigned_abs(), Timestamp(oldest)))
        .collect())
}
