//! Push: records what a channel brings, once. Nothing is converted here; that is the next job's work. What the
//! channel refused is recorded too, for a person to decide about.

use std::collections::HashMap;

use kase_domain::{ChannelId, CustomerId, ErrorCode, OperationId, Refusal};
use kase_replication::{OperationResult, Outcome, PushAnswer, PushRequest};
use kase_service::refusal;
use kase_text::Locale;
use sqlx::SqliteConnection;

use crate::copies::take_copies;
use crate::jobs::P_JOB;
use crate::returned::{believed_claims, note_returned};
use crate::staging::{Arrival, Known, known, stage, unreadable};
use crate::{Headquarters, HeadquartersError};

impl Headquarters {
    /// Records the operations of `channel` in one transaction and says of each what became of it.
    pub async fn push(
        &self,
        channel: &ChannelId,
        request: &PushRequest,
    ) -> Result<PushAnswer, HeadquartersError> {
        let answer = self.record(channel, request).await;
        if answer.is_err() {
            self.job_runs.failed(P_JOB, self.now());
        }
        if answer.is_ok() {
            self.call_watch.note(channel, request.failed_calls, self.now());
        }
        let undelivered = if answer.is_ok() { 0 } else { request.operations.len() };
        self.job_watch.note_delivery(channel, undelivered);
        answer
    }

    async fn record(
        &self,
        channel: &ChannelId,
        request: &PushRequest,
    ) -> Result<PushAnswer, HeadquartersError> {
        let mut write = self.write().await?;
        let claims = believed_claims(write.connection(), request).await?;
        let remarked = |mut arrival: Arrival| {
            arrival.remark = request.remarks.get(&arrival.header.id).cloned();
            arrival.claim = claims.get(&arrival.header.id).cloned();
            arrival
        };
        let mut arrivals: Vec<Option<Arrival>> =
            request.operations.iter().map(|raw| Arrival::read(raw).map(remarked)).collect();
        for arrival in arrivals.iter_mut().flatten() {
            judge_whom_the_channel_did_not_know(write.connection(), arrival).await?;
        }
        let ids: Vec<_> = arrivals.iter().flatten().map(|arrival| arrival.header.id.0).collect();

        let mut here: HashMap<OperationId, Known> =
            known(write.connection(), &ids).await?.into_iter().collect();
        let mut new: Vec<&Arrival> = Vec::new();
        let mut results = Vec::with_capacity(arrivals.len());
        for arrival in &arrivals {
            let Some(arrival) = arrival else {
                results.push(OperationResult { id: None, outcome: Outcome::Refused(unreadable()) });
                continue;
            };
            let outcome = match here.get(&arrival.header.id) {
                Some(known) if !known.is_same(arrival) => Outcome::Refused(mismatch()),
                Some(known) => Outcome::Duplicate(known.account(false)),
                None => {
                    let staged = just_staged(arrival);
                    let account = staged.account(false);
                    here.insert(arrival.header.id, staged);
                    new.push(arrival);
                    Outcome::Accepted(account)
                }
            };
            results.push(OperationResult { id: Some(arrival.header.id), outcome });
        }
        let now = self.now();
        if !new.is_empty() {
            stage(&mut write, channel, &new, false, now).await?;
            note_returned(write.connection(), channel, &new).await?;
            write.mark_staged();
        }
        if take_copies(&mut write, channel, &request.copies, now).await? || !new.is_empty() {
            write.commit().await?;
        }
        self.job_runs.succeeded(P_JOB, now, new.len());
        Ok(PushAnswer { results })
    }
}

/// The refusal of an id that means something else already.
pub(crate) fn mismatch() -> Refusal {
    refusal(Locale::default(), ErrorCode::IdempotencyMismatch, None)
}

fn just_staged(arrival: &Arrival) -> Known {
    Known {
        fingerprint: arrival.fingerprint.0.to_vec(),
        status: arrival.status(),
        is_creation: arrival.header.kind == "create_customer",
        refusal: arrival.refusal().cloned(),
        account: None,
    }
}

/// The channel did not know the customer, which is here: then nothing was refused, and it is judged like any other.
async fn judge_whom_the_channel_did_not_know(
    connection: &mut SqliteConnection,
    arrival: &mut Arrival,
) -> Result<(), HeadquartersError> {
    if arrival.refusal().is_some_and(|refusal| refusal.code == ErrorCode::UnknownCustomer)
        && is_customer(connection, arrival.header.customer_id).await?
    {
        arrival.remark = None;
    }
    Ok(())
}

async fn is_customer(connection: &mut SqliteConnection, id: CustomerId) -> Result<bool, HeadquartersError> {
    let found =
        sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM aliases WHERE alias = ? AND kind = 'customer')");
    Ok(found.bind(id.0).fetch_one(connection).await?)
}
