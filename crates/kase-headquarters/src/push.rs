//! Push: records what a channel brings, once. Nothing is converted here; that is the next job's work.

use std::collections::HashMap;

use kase_domain::{Account, ChannelId, ErrorCode, OperationId, Stage};
use kase_replication::{OperationResult, Outcome, PushAnswer, PushRequest};
use kase_service::refusal;
use kase_text::Locale;

use crate::jobs::P_JOB;
use crate::staging::{Arrival, Known, known, stage, unreadable};
use crate::{Headquarters, HeadquartersError};

impl Headquarters {
    /// Records the operations of `channel` in one transaction and says of each what became of it.
    pub async fn push(
        &self,
        channel: &ChannelId,
        request: &PushRequest,
    ) -> Result<PushAnswer, HeadquartersError> {
        let arrivals: Vec<Option<Arrival>> =
            request.operations.iter().map(|raw| Arrival::read(raw)).collect();
        let ids: Vec<_> = arrivals.iter().flatten().map(|arrival| arrival.header.id.0).collect();

        let mut write = self.write().await?;
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
                Some(known) => repeated(known, arrival, false),
                None => {
                    here.insert(arrival.header.id, just_staged(arrival));
                    new.push(arrival);
                    Outcome::Accepted(Account::Pending(Stage::AtHeadquarters))
                }
            };
            results.push(OperationResult { id: Some(arrival.header.id), outcome });
        }
        let now = self.now();
        self.job_runs.succeeded(P_JOB, now, new.len());
        if !new.is_empty() {
            stage(write.connection(), channel, &new, false, now).await?;
            write.mark_staged();
            write.commit().await?;
        }
        Ok(PushAnswer { results })
    }
}

/// The answer to an operation that is here already.
pub(crate) fn repeated(known: &Known, arrival: &Arrival, number_may_travel: bool) -> Outcome {
    if !known.is_same(arrival) {
        return Outcome::Refused(refusal(Locale::default(), ErrorCode::IdempotencyMismatch, None));
    }
    match &known.refusal {
        Some(refusal) => Outcome::Refused(refusal.clone()),
        None => Outcome::Duplicate(known.account(number_may_travel)),
    }
}

fn just_staged(arrival: &Arrival) -> Known {
    Known {
        fingerprint: arrival.fingerprint.0.to_vec(),
        status: crate::OperationStatus::AtHeadquarters,
        is_creation: arrival.header.kind == "create_customer",
        refusal: None,
        account: None,
    }
}
