//! Finished operations: what has taken effect is kept for a while, with what was told of it. Should the channel go back in
//! time, and headquarters with it, this register may be the only place that still has it; then it is delivered again.
//! Nothing is kept where customers may not stay, and all of it goes before anybody is told that the browser is full.

use std::collections::BTreeMap;

use kase_domain::{Account, AccountNumber, CustomerId, OperationId, OperationKind};
use kase_replication::{Claim, CustomerState};

use crate::commit::Then;
use crate::register::Register;
use crate::{Effect, WriteBatch};

/// So many finished operations are kept, the latest: a busy register records some 200 a day, so that these are weeks, and
/// backups are made each day. At about 1 kB each they take 5 MB of the browser's allowance. No client clock can age them.
pub const MOST_FINISHED: u32 = 5_000;

/// What was told of an operation that an operator waited for, but for what its account says.
pub(crate) fn performed() -> Claim {
    Claim { performed: true, ..Claim::default() }
}

impl Register {
    /// An operation came to its end: it is kept where customers may stay, and goes where they may not.
    pub(crate) fn finish(&self, batch: &mut WriteBatch, id: OperationId, told: Claim) {
        if !self.keeps_customers() {
            return batch.removed_entries.push(id);
        }
        let before = self.outbox.entry(id).and_then(|entry| entry.claim.clone());
        batch.finished.push((id, told.joined(before.unwrap_or_default())));
    }

    /// A creation came to its end with its account number.
    pub(crate) fn finish_creation(
        &self,
        batch: &mut WriteBatch,
        id: OperationId,
        account: &Account,
        told: Claim,
    ) {
        let told = Claim { took_effect: true, account_number: account.number().cloned(), ..told };
        self.finish(batch, id, told);
    }

    /// What is said of those of a push that are delivered again. A customer may have been given another number since.
    pub(crate) fn claims(&self, ids: &[OperationId]) -> BTreeMap<OperationId, Claim> {
        let claim = |id: &OperationId| {
            let entry = self.outbox.entry(*id)?;
            let claim = entry.claim.clone()?;
            let creates = entry.kind == OperationKind::CreateCustomer;
            let number = self.number_of(entry.customer_id).filter(|_| creates && claim.took_effect);
            Some((*id, Claim { account_number: number.cloned().or(claim.account_number), ..claim }))
        };
        ids.iter().filter_map(claim).collect()
    }

    fn number_of(&self, id: CustomerId) -> Option<&AccountNumber> {
        self.own.get(&id)?.account.number()
    }

    /// Whether it had come to its end before: nobody has to be told of it again.
    pub(crate) fn was_finished(&self, id: OperationId) -> bool {
        self.outbox.entry(id).and_then(|entry| entry.claim.as_ref()).is_some_and(|claim| claim.took_effect)
    }

    /// The leading tab lets go of what another one may have kept, where nothing may stay.
    pub(crate) fn drop_finished(&mut self, out: &mut Vec<Effect>) {
        if self.leads && self.may_hold_finished && !self.keeps_customers() {
            self.may_hold_finished = false;
            let batch = WriteBatch { drop_finished: true, ..WriteBatch::default() };
            self.commit(batch, Then::OutboxStored(Vec::new()), out);
        }
    }
}

/// The cards that a customer has by an answer.
pub(crate) fn with_cards(told: Claim, customers: &[CustomerState], id: CustomerId) -> Claim {
    let state = customers.iter().find(|state| state.customer_id == id);
    let cards = state.map(|state| state.loyalty_cards.iter().map(|card| card.number.clone()).collect());
    Claim { loyalty_cards: cards.unwrap_or_default(), ..told }
}
