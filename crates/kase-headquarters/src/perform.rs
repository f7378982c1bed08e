//! Perform: the real-time call. Operations are staged and converted one after the other in one transaction while
//! the operator waits. What is refused leaves nothing behind: the operator has been told.

use std::collections::BTreeMap;

use kase_domain::{Account, ChannelId, CustomerId, Stage};
use kase_replication::{Change, Claim, CustomerState, OperationResult, Outcome, PerformAnswer, PushRequest};
use serde_json::value::RawValue;

use crate::conversion::{Book, Verdict, Waiting, decide, read, settle, waiting_of};
use crate::customers::state_of;
use crate::push::mismatch;
use crate::staging::{Arrival, Known, known, stage, unreadable};
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

impl Headquarters {
    /// Performs the operations of `channel`, up to the first that is refused.
    pub async fn perform(
        &self,
        channel: &ChannelId,
        request: &PushRequest,
    ) -> Result<PerformAnswer, HeadquartersError> {
        let mut write = self.write().await?;
        let mut results = Vec::new();
        let mut customers: BTreeMap<CustomerId, CustomerState> = BTreeMap::new();
        for raw in &request.operations {
            let result = self.perform_one(&mut write, channel, raw).await?;
            let customer_id = Arrival::read(raw).map(|arrival| arrival.header.customer_id);
            if let Some(id) = customer_id
                && let Some(state) = state_of(write.connection(), id).await?
            {
                customers.insert(state.customer_id, state);
            }
            let refused = matches!(result.outcome, Outcome::Refused(_));
            results.push(result);
            if refused {
                break;
            }
        }
        write.commit().await?;
        let changes = customers.into_values().map(|state| Change::Customer(Box::new(state))).collect();
        Ok(PerformAnswer { results, changes })
    }

    async fn perform_one(
        &self,
        write: &mut Write<'_>,
        channel: &ChannelId,
        raw: &RawValue,
    ) -> Result<OperationResult, HeadquartersError> {
        let Some(arrival) = Arrival::read(raw) else {
            return Ok(OperationResult { id: None, outcome: Outcome::Refused(unreadable()) });
        };
        let id = arrival.header.id;
        // What this customer has in line goes first: operations of one customer stay in order.
        let line = waiting_of(write.connection(), arrival.header.customer_id).await?;
        if !line.is_empty() {
            self.convert(write, &line).await?;
        }
        let outcome = match known(write.connection(), &[id.0]).await?.pop() {
            Some((_, known)) => repeated(&known, &arrival),
            None => self.perform_new(write, channel, &arrival).await?,
        };
        Ok(OperationResult { id: Some(id), outcome })
    }

    async fn perform_new(
        &self,
        write: &mut Write<'_>,
        channel: &ChannelId,
        arrival: &Arrival,
    ) -> Result<Outcome, HeadquartersError> {
        let waiting = [Waiting {
            id: arrival.header.id,
            customer_id: arrival.header.customer_id,
            channel: channel.clone(),
            real_time: true,
            approved: false,
            text: arrival.text.clone(),
            corrected: None,
            claim: Claim::default(),
        }];
        let readings = [read(&waiting[0])];
        let mut book = Book::load(write.connection(), &waiting, &readings, self.now()).await?;
        let verdict = decide(&mut book, &waiting[0], &readings[0]);
        let account = match &verdict {
            Verdict::Refused(refusal) => return Ok(Outcome::Refused(refusal.clone())),
            Verdict::Held(_) => Account::Pending(Stage::AtHeadquarters),
            Verdict::Applied => book
                .customer(arrival.header.customer_id)
                .map_or(Account::Pending(Stage::AtHeadquarters), |state| state.account.clone()),
        };
        stage(write, channel, &[arrival], true, self.now()).await?;
        settle(write, &book, &waiting, &[(0, verdict)]).await?;
        Ok(Outcome::Accepted(account))
    }
}

/// The answer to an operation that is here already. What waits for a person is refused to the operator who waits.
fn repeated(known: &Known, arrival: &Arrival) -> Outcome {
    if !known.is_same(arrival) {
        return Outcome::Refused(mismatch());
    }
    match &known.refusal {
        Some(refusal) => Outcome::Refused(refusal.clone()),
        None => Outcome::Duplicate(known.account(true)),
    }
}
