//! Pull: what changed after a cursor, in the order in which it was committed. Each change is the whole state, so
//! that the feed is as long as the chain is large, not as long as its history.

use kase_domain::{ChannelId, CustomerId, OperationId};
use kase_replication::{Change, Cursor, Directory, MOST_PULLED_CHANGES, OperationState, PullAnswer};
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::directory::directory_of;
use crate::jobs::{CHANNEL_CONFIGURATION, CUSTOMERS, GLOBAL_CONFIGURATION};
use crate::pending::pending_after;
use crate::staging::stored_refusal;
use crate::{Headquarters, HeadquartersError, OperationStatus};

impl Headquarters {
    /// The changes of `channel` after `cursor`; without one, or with one of another database, from the start.
    pub async fn pull(
        &self,
        channel: &ChannelId,
        cursor: Option<Cursor>,
        limit: u32,
    ) -> Result<PullAnswer, HeadquartersError> {
        let answer = self.changes_after(channel, cursor, limit).await;
        if answer.is_err() {
            self.job_runs.failed(CUSTOMERS, self.now());
        }
        answer
    }

    async fn changes_after(
        &self,
        channel: &ChannelId,
        cursor: Option<Cursor>,
        limit: u32,
    ) -> Result<PullAnswer, HeadquartersError> {
        let limit = usize::try_from(limit.clamp(1, MOST_PULLED_CHANGES)).unwrap_or(1);
        let mut snapshot = self.database.snapshot().await?;
        let (database, position): (Uuid, i64) =
            sqlx::query_as("SELECT database, position FROM identity").fetch_one(&mut *snapshot).await?;
        let known = cursor.filter(|cursor| cursor.database == database && cursor.position <= position);
        let restarted = cursor.is_some() && known.is_none();
        let after = known.map_or(0, |cursor| cursor.position);

        let mut changes = customers_after(&mut snapshot, after, limit).await?;
        let pending = pending_after(&mut snapshot, after, bound(limit)).await?;
        changes.extend(
            pending.into_iter().map(|(at, state)| (at, state.map(|state| Change::Customer(Box::new(state))))),
        );
        changes.extend(operations_after(&mut snapshot, channel, after, limit).await?);
        changes.extend(channel_after(&mut snapshot, channel, after).await?);
        drop(snapshot);
        changes.sort_by_key(|(position, _)| *position);
        let more = changes.len() > limit;
        changes.truncate(limit);
        // At the end the cursor goes to where the feed stands, past what other channels alone can see.
        let reached = if more { changes.last().map_or(after, |(position, _)| *position) } else { position };
        let changes: Vec<Change> = changes.into_iter().filter_map(|(_, change)| change).collect();
        self.note_jobs(&changes);
        self.job_watch.note_pull(channel, reached, self.now());
        let cursor = Cursor { database, position: reached }.to_string();
        Ok(PullAnswer { changes, cursor, more, restarted, delivers_only: false })
    }

    fn note_jobs(&self, changes: &[Change]) {
        let now = self.now();
        let count = |wanted: fn(&Change) -> bool| changes.iter().filter(|change| wanted(change)).count();
        // Stages travel outside every job: of the customers, only numbers are this one's work.
        let customers =
            count(|change| matches!(change, Change::Customer(state) if !state.account.is_pending()));
        let configuration = count(|change| matches!(change, Change::Settings(_) | Change::Directory(_)));
        if customers > 0 {
            self.job_runs.succeeded(CUSTOMERS, now, customers);
        } else {
            self.job_runs.works(CUSTOMERS);
        }
        if configuration > 0 {
            self.job_runs.succeeded(CHANNEL_CONFIGURATION, now, configuration);
            self.job_runs.succeeded(GLOBAL_CONFIGURATION, now, configuration);
        }
    }
}

/// Changes at their places; none where there is one that says nothing to anybody. It counts all the same, so that a page
/// ends where it was read to.
type Positioned = Vec<(i64, Option<Change>)>;

/// One more than `limit`, which tells that there is more.
fn bound(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)
}

async fn customers_after(
    connection: &mut SqliteConnection,
    after: i64,
    limit: usize,
) -> Result<Positioned, HeadquartersError> {
    let rows: Vec<(i64, Uuid, String)> = sqlx::query_as(
        "SELECT position, customer_id, state FROM customers WHERE position > ? ORDER BY position LIMIT ?",
    )
    .bind(after)
    .bind(bound(limit))
    .fetch_all(connection)
    .await?;
    let change = |(position, id, text): (i64, Uuid, String)| {
        (position, Change::of_stored_customer(CustomerId(id), &text))
    };
    let changes = rows.into_iter().map(change).inspect(|(_, change)| tell_unreadable(change));
    Ok(changes.map(|(position, change)| (position, Some(change))).collect())
}

/// What this program cannot read goes to the channels as it stands: it holds up nobody, and they may read it.
fn tell_unreadable(change: &Change) {
    if let Change::Unreadable(unreadable) = change {
        tracing::warn!(change = unreadable.key(), "what stands in the database cannot be read");
    }
}

async fn operations_after(
    connection: &mut SqliteConnection,
    channel: &ChannelId,
    after: i64,
    limit: usize,
) -> Result<Positioned, HeadquartersError> {
    type Row = (i64, Uuid, Uuid, String, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT position, id, customer_id, status, error_code, error_detail, error_field
         FROM operations WHERE channel = ? AND position > ? ORDER BY position LIMIT ?",
    )
    .bind(channel.as_str())
    .bind(after)
    .bind(bound(limit))
    .fetch_all(connection)
    .await?;
    let state = |(position, id, customer_id, status, code, detail, field): Row| {
        let progress = OperationStatus::of(&status).stage(stored_refusal(code, detail, field));
        let state = OperationState { id: OperationId(id), customer_id: CustomerId(customer_id), progress };
        (position, Some(Change::Operation(state)))
    };
    Ok(rows.into_iter().map(state).collect())
}

async fn channel_after(
    connection: &mut SqliteConnection,
    channel: &ChannelId,
    after: i64,
) -> Result<Positioned, HeadquartersError> {
    let row: Option<(String, i64, i64)> =
        sqlx::query_as("SELECT settings, settings_position, directory_position FROM channels WHERE id = ?")
            .bind(channel.as_str())
            .fetch_optional(&mut *connection)
            .await?;
    let mut changes = Vec::new();
    let Some((text, settings_position, directory_position)) = row else { return Ok(changes) };
    if settings_position > after {
        let settings = Change::of_stored_settings(&text);
        tell_unreadable(&settings);
        changes.push((settings_position, Some(settings)));
    }
    if directory_position > after {
        let directory: Directory = directory_of(connection, channel).await?;
        changes.push((directory_position, Some(Change::Directory(directory))));
    }
    Ok(changes)
}
