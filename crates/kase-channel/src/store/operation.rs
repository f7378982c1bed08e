//! The operation log: append-only, deduplicated for ever, with how far each operation has come.

use std::collections::HashSet;

use kase_domain::{
    CustomerId, LoyaltyCard, OperationId, OperationKind, Refusal, RegisterName, Stage, Timestamp,
};
use kase_replication::{Fingerprint, RecordedOperation, Remark};
use serde_json::value::RawValue;
use sqlx::{FromRow, SqliteConnection};
use uuid::Uuid;

use super::kept::Kept;
use crate::ChannelError;
use crate::progress::Progress;

/// A recorded operation.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: OperationId,
    pub(crate) customer_id: CustomerId,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) fingerprint: Vec<u8>,
    pub(crate) body_fingerprint: Option<Vec<u8>>,
    pub(crate) progress: Progress,
    /// What this channel says of it to headquarters.
    pub(crate) remark: Option<Remark>,
}

/// What is recorded beside an operation's bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Origin<'a> {
    /// The register that delivered it.
    pub(crate) register: Option<&'a RegisterName>,
    /// The API request that it was made of.
    pub(crate) body_fingerprint: Option<Fingerprint>,
    /// What this channel says of it to headquarters.
    pub(crate) remark: Option<&'a Remark>,
}

impl<'a> Origin<'a> {
    /// Delivered by a register.
    pub(crate) fn of_register(register: &'a RegisterName) -> Self {
        Self { register: Some(register), ..Self::default() }
    }

    /// Made of an API request.
    pub(crate) fn of_request(body: Fingerprint) -> Self {
        Self { body_fingerprint: Some(body), ..Self::default() }
    }
}

#[derive(FromRow)]
pub(super) struct Row {
    id: Vec<u8>,
    customer_id: Vec<u8>,
    kind: String,
    text: String,
    fingerprint: Vec<u8>,
    body_fingerprint: Option<Vec<u8>>,
    progress: String,
    stage: Option<String>,
    remark: Option<String>,
}

impl Entry {
    pub(super) fn read(row: Row) -> Result<Self, ChannelError> {
        Ok(Self {
            id: OperationId(Uuid::from_slice(&row.id)?),
            customer_id: CustomerId(Uuid::from_slice(&row.customer_id)?),
            progress: Progress::read(&row.progress, row.stage.as_deref())?,
            remark: row.remark.as_deref().map(serde_json::from_str).transpose()?,
            kind: row.kind,
            text: row.text,
            fingerprint: row.fingerprint,
            body_fingerprint: row.body_fingerprint,
        })
    }

    /// Whether it is its customer's creation.
    pub(crate) fn creates(&self) -> bool {
        self.kind == OperationKind::CreateCustomer.as_str()
    }

    /// The stage that its sender is told; none when it has taken effect.
    pub(crate) fn stage(&self) -> Option<Stage> {
        told_stage(&self.progress, self.remark.as_ref())
    }

    /// Why it waits for a person after this channel refused it; none once headquarters' people let it pass.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match (self.remark.as_ref()?, self.stage()?) {
            (Remark::Refused(_), Stage::Refused(refusal)) => Some(refusal),
            _ => None,
        }
    }

    /// The bytes as they go into a message, whether or not this place can read them.
    pub(crate) fn raw(&self) -> Result<Box<RawValue>, ChannelError> {
        Ok(RawValue::from_string(self.text.clone())?)
    }

    /// The operation that was recorded.
    pub(crate) fn operation(&self) -> Result<RecordedOperation, ChannelError> {
        RecordedOperation::parse_text(self.text.clone())
            .map_err(|error| ChannelError::Corrupt(error.to_string()))
    }
}

/// What this channel refused is refused at once, and headquarters may say otherwise later.
fn told_stage(progress: &Progress, remark: Option<&Remark>) -> Option<Stage> {
    match (progress, remark) {
        (Progress::Ready, Some(Remark::Refused(refusal))) => Some(Stage::Refused(refusal.clone())),
        _ => progress.stage(),
    }
}

fn column<T: serde::Serialize>(value: Option<&T>) -> Result<Option<String>, ChannelError> {
    Ok(value.map(serde_json::to_string).transpose()?)
}

/// One operation.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: OperationId,
) -> Result<Option<Entry>, ChannelError> {
    let row = sqlx::query_as(
        "SELECT id, customer_id, kind, text, fingerprint, body_fingerprint, progress, stage, remark
         FROM operations WHERE id = ?",
    )
    .bind(id.0.as_bytes().as_slice())
    .fetch_optional(connection)
    .await?;
    row.map(Entry::read).transpose()
}

/// Appends an operation.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    kept: Kept<'_>,
    origin: Origin<'_>,
    progress: &Progress,
    now: Timestamp,
    position: i64,
) -> Result<(), ChannelError> {
    sqlx::query(
        "INSERT INTO operations
             (id, customer_id, kind, text, fingerprint, body_fingerprint, register, recorded_at,
              progress, stage, remark, position)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(kept.id.0.as_bytes().as_slice())
    .bind(kept.customer_id.0.as_bytes().as_slice())
    .bind(kept.kind)
    .bind(kept.text)
    .bind(kept.fingerprint().0.as_slice())
    .bind(origin.body_fingerprint.map(|fingerprint| fingerprint.0.to_vec()))
    .bind(origin.register.map(RegisterName::as_str))
    .bind(now.0)
    .bind(progress.name())
    .bind(column(told_stage(progress, origin.remark).as_ref())?)
    .bind(column(origin.remark)?)
    .bind(position)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes back an operation that headquarters refused while its caller waited: nothing of it remains recorded.
pub(crate) async fn withdraw(connection: &mut SqliteConnection, id: OperationId) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM operations WHERE id = ? AND progress = 'asked'")
        .bind(id.0.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes back a creation that headquarters refused, with the edit that was held behind it.
pub(crate) async fn withdraw_all(
    connection: &mut SqliteConnection,
    customer_id: CustomerId,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM operations WHERE customer_id = ? AND progress IN ('asked', 'held')")
        .bind(customer_id.0.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// Says how far an operation has come.
pub(crate) async fn set_progress(
    connection: &mut SqliteConnection,
    id: OperationId,
    progress: &Progress,
    position: i64,
) -> Result<(), ChannelError> {
    sqlx::query("UPDATE operations SET progress = ?, stage = ?, position = ? WHERE id = ?")
        .bind(progress.name())
        .bind(progress.stage_column()?)
        .bind(position)
        .bind(id.0.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// Headquarters did it while an operator waited.
pub(crate) async fn note_performed(
    connection: &mut SqliteConnection,
    id: OperationId,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE operations SET performed = 1 WHERE id = ?")
        .bind(id.0.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// The cards that its customer had, where its register had been told.
pub(crate) async fn note_cards(
    connection: &mut SqliteConnection,
    id: OperationId,
    cards: &[LoyaltyCard],
) -> Result<(), ChannelError> {
    if cards.is_empty() {
        return Ok(());
    }
    sqlx::query("UPDATE operations SET told_cards = coalesce(told_cards, ?) WHERE id = ?")
        .bind(serde_json::to_string(cards)?)
        .bind(id.0.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// Headquarters refused what was held and nobody waits for: it is carried on with the refusal.
pub(crate) async fn carry_on_refused(
    connection: &mut SqliteConnection,
    id: OperationId,
    refusal: &Refusal,
    position: i64,
) -> Result<(), ChannelError> {
    let remark = Remark::Refused(refusal.clone());
    sqlx::query("UPDATE operations SET progress = ?, stage = ?, remark = ?, position = ? WHERE id = ?")
        .bind(Progress::Ready.name())
        .bind(column(told_stage(&Progress::Ready, Some(&remark)).as_ref())?)
        .bind(column(Some(&remark))?)
        .bind(position)
        .bind(id.0.as_bytes().as_slice())
        .execute(connection)
        .await?;
    Ok(())
}

/// The customer's operations that have not taken effect, in the order of recording.
pub(crate) async fn unfinished_of(
    connection: &mut SqliteConnection,
    customer_id: CustomerId,
) -> Result<Vec<Entry>, ChannelError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, customer_id, kind, text, fingerprint, body_fingerprint, progress, stage, remark
         FROM operations WHERE customer_id = ? AND progress <> 'done' ORDER BY recorded_order",
    )
    .bind(customer_id.0.as_bytes().as_slice())
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Entry::read).collect()
}

/// Those of `ids` with operations that have not taken effect.
pub(crate) async fn customers_with_unfinished(
    connection: &mut SqliteConnection,
    ids: &[CustomerId],
) -> Result<HashSet<CustomerId>, ChannelError> {
    let rows: Vec<Vec<u8>> = sqlx::query_scalar(
        "SELECT DISTINCT customer_id FROM operations
         WHERE progress <> 'done' AND customer_id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(super::customer::hex_list(ids)?)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|id| Ok(CustomerId(Uuid::from_slice(id)?))).collect()
}

/// How far the register's operations have come, after a position, at most `limit` of them.
pub(crate) async fn states_after(
    connection: &mut SqliteConnection,
    register: &RegisterName,
    position: i64,
    limit: u32,
) -> Result<Vec<(i64, kase_replication::OperationState)>, ChannelError> {
    type StateRow = (i64, Vec<u8>, Vec<u8>, Option<String>);
    let rows: Vec<StateRow> = sqlx::query_as(
        "SELECT position, id, customer_id, stage FROM operations
         WHERE register = ? AND position > ? ORDER BY position LIMIT ?",
    )
    .bind(register.as_str())
    .bind(position)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(position, id, customer_id, stage)| {
            let progress: Option<Stage> = stage.as_deref().map(serde_json::from_str).transpose()?;
            let id = OperationId(Uuid::from_slice(&id)?);
            let customer_id = CustomerId(Uuid::from_slice(&customer_id)?);
            Ok((position, kase_replication::OperationState { id, customer_id, progress }))
        })
        .collect()
}

/// How many operations the channel itself has made for a customer.
pub(crate) async fn count_made_here(
    connection: &mut SqliteConnection,
    customer_id: CustomerId,
) -> Result<u32, sqlx::Error> {
    sqlx::query_scalar("SELECT count(*) FROM operations WHERE customer_id = ? AND register IS NULL")
        .bind(customer_id.0.as_bytes().as_slice())
        .fetch_one(connection)
        .await
}
