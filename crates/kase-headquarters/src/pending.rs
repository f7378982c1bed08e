//! Customers whose creation is here and has no account number yet, or never will: every channel is told of them, so that
//! nobody creates them a second time. Nothing is written for it but a place in the feed: the customer is what its
//! operation says, as headquarters' people corrected it.

use kase_domain::{Account, CustomerId, Stage, Timestamp};
use kase_replication::CustomerState;
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::conversion::read_recorded;
use crate::staging::{hex_list, stored_refusal};
use crate::{HeadquartersError, OperationStatus};

/// A pending customer at its place in the feed; none where nobody can read what was recorded of it.
pub(crate) type Pending = (i64, Option<CustomerState>);

type Row = (i64, Uuid, String, Option<String>, Option<String>, Option<String>, String, Option<String>, i64);

/// At most `limit` pending customers after `position`, in the order of the feed.
pub(crate) async fn pending_after(
    connection: &mut SqliteConnection,
    position: i64,
    limit: i64,
) -> Result<Vec<Pending>, HeadquartersError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT pending_position, customer_id, status, error_code, error_detail, error_field, text, corrected,
                coalesce(settled_at, received_at)
         FROM operations AS o
         WHERE pending_position > ? AND NOT EXISTS (SELECT 1 FROM aliases WHERE alias = o.customer_id)
         ORDER BY pending_position LIMIT ?",
    )
    .bind(position)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(state).collect())
}

/// Those of `ids` that are pending here and can be read.
pub(crate) async fn pending_of(
    connection: &mut SqliteConnection,
    ids: &[Uuid],
) -> Result<Vec<CustomerState>, HeadquartersError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT pending_position, customer_id, status, error_code, error_detail, error_field, text, corrected,
                coalesce(settled_at, received_at)
         FROM operations AS o
         WHERE id IN (SELECT unhex(value) FROM json_each(?)) AND pending_position IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM aliases WHERE alias = o.customer_id)",
    )
    .bind(hex_list(ids))
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().filter_map(|row| state(row).1).collect())
}

fn state((position, id, status, code, detail, field, text, corrected, since): Row) -> Pending {
    let status = OperationStatus::of(&status);
    let stage = status.stage(stored_refusal(code, detail, field));
    let Ok(operation) = read_recorded(&text, corrected.as_deref()) else { return (position, None) };
    let account = Account::Pending(stage.unwrap_or(Stage::NumberAssigned));
    let state = CustomerState::recorded(&operation, account).map(|state| CustomerState {
        customer_id: CustomerId(id),
        stage_since: Some(Timestamp(since)),
        ..state
    });
    (position, state)
}
