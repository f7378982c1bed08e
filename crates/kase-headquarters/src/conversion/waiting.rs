//! The line: operations that wait for conversion, in the order in which they arrived.

use kase_domain::{ChannelId, CustomerId, OperationId};
use kase_replication::Claim;
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::HeadquartersError;

/// An operation in line.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) id: OperationId,
    pub(crate) customer_id: CustomerId,
    pub(crate) channel: ChannelId,
    /// The operator waits for it.
    pub(crate) real_time: bool,
    /// A person at headquarters let it pass.
    pub(crate) approved: bool,
    pub(crate) text: String,
    /// The payload as headquarters corrected it.
    pub(crate) corrected: Option<String>,
    /// What its channel had been told of it before a restore.
    pub(crate) claim: Claim,
}

type Row = (Uuid, Uuid, String, bool, bool, String, Option<String>, Option<String>);

fn of_row((id, customer_id, channel, real_time, approved, text, corrected, claim): Row) -> Waiting {
    let claim = claim.and_then(|claim| serde_json::from_str(&claim).ok());
    Waiting {
        claim: claim.unwrap_or_default(),
        id: OperationId(id),
        customer_id: CustomerId(customer_id),
        channel: ChannelId(channel),
        real_time,
        approved,
        text,
        corrected,
    }
}

/// The first `limit` operations that may be converted: none behind one of the same customer that waits for a
/// person. Nothing stands before a creation, whatever came earlier, nor before what had taken effect already when this
/// headquarters went back in time.
pub(crate) async fn waiting(
    connection: &mut SqliteConnection,
    limit: usize,
) -> Result<Vec<Waiting>, HeadquartersError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, customer_id, channel, real_time, approved, text, corrected, claim
         FROM operations AS o
         WHERE status = 'at_headquarters'
           AND (kind = 'create_customer' OR NOT EXISTS (
             SELECT 1 FROM operations AS earlier
             WHERE earlier.customer_id = o.customer_id AND earlier.seq < o.seq AND earlier.status IN ('refused', 'review')
           ) OR (
             coalesce(o.claim ->> '$.took_effect', 0)
             AND EXISTS (SELECT 1 FROM aliases WHERE alias = o.customer_id AND kind = 'customer')
           ))
         ORDER BY seq
         LIMIT ?",
    )
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(of_row).collect())
}

/// What is in line for one customer and not parked.
pub(crate) async fn waiting_of(
    connection: &mut SqliteConnection,
    customer_id: CustomerId,
) -> Result<Vec<Waiting>, HeadquartersError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, customer_id, channel, real_time, approved, text, corrected, claim
         FROM operations AS o
         WHERE status = 'at_headquarters' AND customer_id = ?
           AND (kind = 'create_customer' OR NOT EXISTS (
             SELECT 1 FROM operations AS earlier
             WHERE earlier.customer_id = o.customer_id AND earlier.seq < o.seq AND earlier.status IN ('refused', 'review')
           ) OR (
             coalesce(o.claim ->> '$.took_effect', 0)
             AND EXISTS (SELECT 1 FROM aliases WHERE alias = o.customer_id AND kind = 'customer')
           ))
         ORDER BY seq",
    )
    .bind(customer_id.0)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(of_row).collect())
}
