//! What goes into the next push. New operations go first, each behind what its customer has to be delivered again; once
//! nothing new is ready, the log is delivered again, a batch at a time, so that a restored headquarters never keeps a
//! store waiting.

use std::collections::HashSet;

use kase_domain::{CustomerId, OperationId};
use kase_replication::{MOST_BATCH_OPERATIONS, PushRequest, Remark, Waiting, plan_batch};
use sqlx::SqliteConnection;

use crate::ChannelError;
use crate::store::again::{self, Stretch};
use crate::store::{operation, outbox, unheard};

/// Operations that go to headquarters together.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) ids: Vec<OperationId>,
    pub(crate) request: PushRequest,
    /// How far the log is delivered again once this is answered.
    pub(crate) passes: Option<i64>,
    /// Whose copies are offered.
    pub(crate) offered: Vec<CustomerId>,
}

impl Batch {
    /// Whether there is nothing to ask headquarters for.
    pub(crate) fn is_empty(&self) -> bool {
        self.request.operations.is_empty() && self.offered.is_empty()
    }
}

/// The next batch; empty when nothing is to be sent.
pub(crate) async fn next_batch(connection: &mut SqliteConnection) -> Result<Batch, ChannelError> {
    let ready = outbox::ready(connection, most()).await?;
    let stretch = again::stretch(connection).await?;
    let (line, again) = match stretch {
        Some(stretch) => behind_what_comes_again(connection, stretch, ready).await?,
        None => (ready, HashSet::new()),
    };
    if !line.is_empty() {
        return filled(connection, plan_batch(line), &again, None).await;
    }
    // Who recorded a customer knows best: copies come last.
    let Some(stretch) = stretch else { return offered(connection).await };
    let next = again::next(connection, stretch, None, most()).await?;
    let ids = plan_batch(next.iter().map(|(_, waiting)| *waiting));
    let again: HashSet<OperationId> = ids.iter().copied().collect();
    // In order and without gaps: what was planned is the beginning of what was read.
    let passes = ids.last().and_then(|last| next.iter().find(|(_, waiting)| waiting.id == *last));
    filled(connection, ids, &again, Some(passes.map_or(stretch.to, |(order, _)| *order))).await
}

/// What one customer has to send before headquarters is asked about it in real time; empty most of the time.
pub(crate) async fn batch_of(
    connection: &mut SqliteConnection,
    customer_id: CustomerId,
) -> Result<Batch, ChannelError> {
    let Some(stretch) = again::stretch(connection).await? else { return Ok(Batch::default()) };
    let next = again::next(connection, stretch, Some(customer_id), most()).await?;
    let ids = plan_batch(next.into_iter().map(|(_, waiting)| waiting));
    let again = ids.iter().copied().collect();
    filled(connection, ids, &again, None).await
}

/// The ready operations, each customer's behind its own that are delivered again. Whoever has too many of those waits
/// until the log was passed through.
async fn behind_what_comes_again(
    connection: &mut SqliteConnection,
    stretch: Stretch,
    ready: Vec<Waiting>,
) -> Result<(Vec<Waiting>, HashSet<OperationId>), ChannelError> {
    let mut line = Vec::new();
    let mut again = HashSet::new();
    let mut seen = HashSet::new();
    let mut waits = HashSet::new();
    for waiting in ready {
        if line.len() >= MOST_BATCH_OPERATIONS {
            break;
        }
        if seen.insert(waiting.customer_id) {
            let earlier = again::next(connection, stretch, Some(waiting.customer_id), most()).await?;
            let earlier: Vec<Waiting> = earlier.into_iter().map(|(_, earlier)| earlier).collect();
            if plan_batch(earlier.iter().copied().chain([waiting])).len() <= earlier.len() {
                waits.insert(waiting.customer_id);
            } else {
                again.extend(earlier.iter().map(|earlier| earlier.id));
                line.extend(earlier);
            }
        }
        if !waits.contains(&waiting.customer_id) {
            line.push(waiting);
        }
    }
    Ok((line, again))
}

async fn filled(
    connection: &mut SqliteConnection,
    ids: Vec<OperationId>,
    again: &HashSet<OperationId>,
    passes: Option<i64>,
) -> Result<Batch, ChannelError> {
    let mut request = PushRequest::default();
    for id in &ids {
        let Some(entry) = operation::find(connection, *id).await? else { continue };
        request.operations.push(entry.raw()?);
        let claim = if again.contains(id) { Some(again::claim(connection, *id).await?) } else { None };
        // What took effect in spite of a remark was decided by a person.
        let decided = claim.as_ref().is_some_and(|claim| claim.took_effect);
        let told = entry.stage().and_then(|stage| stage.refusal().cloned()).filter(|_| claim.is_some());
        // What was refused or given up waits for a person again: taken anew, it might go before what was taken then.
        let remark = entry.remark.filter(|_| !decided).or(told.map(Remark::Refused));
        request.remarks.extend(remark.map(|remark| (*id, remark)));
        request.claims.extend(claim.map(|claim| (*id, claim)));
    }
    Ok(Batch { ids, request, passes, offered: Vec::new() })
}

/// Copies of whom headquarters has forgotten, as it seems.
async fn offered(connection: &mut SqliteConnection) -> Result<Batch, ChannelError> {
    let next = unheard::next(connection).await?;
    let offered = next.iter().map(|(id, _)| *id).collect();
    let copies = next.into_iter().filter_map(|(_, copy)| copy).collect();
    Ok(Batch { offered, request: PushRequest { copies, ..PushRequest::default() }, ..Batch::default() })
}

fn most() -> u32 {
    u32::try_from(MOST_BATCH_OPERATIONS).unwrap_or(u32::MAX)
}
