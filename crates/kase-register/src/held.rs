//! Held edits: fields that were typed at a creation and are closed for pending customers. They wait for the account
//! number, and are never thrown away.

use kase_domain::{Account, CustomerAction, CustomerId, OperationId, Permission, Stage, Standing, permit};
use kase_replication::{Claim, Outcome, PerformAnswer};

use crate::commit::Then;
use crate::finished::performed;
use crate::register::{AskedAt, Call, Register};
use crate::{Connection, Effect, Now, Progress, SendFailure, WriteBatch};

/// A held edit that could not be asked about is tried again after this long, in milliseconds, unless something
/// happens before that makes it worth a try.
const HELD_AGAIN_MS: u64 = 15_000;

impl Register {
    /// Held edits of customers whose account number is here are performed. Whether headquarters must be asked for it
    /// the channel judges, by the settings that each was recorded under: those in force now may be others.
    pub(crate) fn release_held(&mut self, out: &mut Vec<Effect>) {
        let Some(settings) = self.settings.as_ref().filter(|_| self.leads) else { return };
        if !self.keeps_customers() {
            return self.deliver_held(out);
        }
        let permission = permit(CustomerAction::Edit, Standing::Synced, settings.switches);
        let released: Vec<OperationId> = self
            .outbox
            .entries()
            .filter(|entry| entry.progress == Progress::Held && !self.outbox.is_asking(entry.id))
            .filter(|entry| self.own.get(&entry.customer_id).is_some_and(|state| !state.account.is_pending()))
            .map(|entry| entry.id)
            .collect();
        let reached = match self.connection() {
            Connection::Online => true,
            Connection::HeadquartersOutOfReach => permission == Permission::Recorded,
            Connection::Offline => false,
        };
        if !reached {
            return;
        }
        for id in released {
            let request = self.own_request();
            self.outbox.ask(id);
            self.calls.insert(request, Call::Held { id, asked_at: self.asked_at() });
            out.push(Effect::PerformStored(request, id));
        }
    }

    /// No account number comes to this register any more: what waits for one goes to people, once its customer has.
    fn deliver_held(&mut self, out: &mut Vec<Effect>) {
        let has_gone = |id: CustomerId| {
            let creation = self.outbox.entry(id.into());
            creation.is_none_or(|entry| matches!(entry.progress, Progress::Delivered(_)))
        };
        let held = self.outbox.entries().filter(|entry| entry.progress == Progress::Held);
        let progress: Vec<(OperationId, Progress)> = held
            .filter(|entry| !self.outbox.is_asking(entry.id) && has_gone(entry.customer_id))
            .map(|entry| (entry.id, Progress::Ready))
            .collect();
        if !progress.is_empty() {
            self.commit(
                WriteBatch { progress, ..WriteBatch::default() },
                Then::OutboxStored(Vec::new()),
                out,
            );
        }
    }

    /// No account number will ever come: what is held for one ends with its customer's creation.
    pub(crate) fn end_held(&self, batch: &mut WriteBatch, customer_id: CustomerId, account: &Account) {
        let Account::Pending(stage @ Stage::Discarded(_)) = account else { return };
        let held = self.outbox.of_customer(customer_id).filter(|entry| entry.progress == Progress::Held);
        batch.progress.extend(held.map(|entry| (entry.id, Progress::Delivered(stage.clone()))));
    }

    pub(crate) fn held_performed(
        &mut self,
        id: OperationId,
        asked_at: AskedAt,
        result: Result<PerformAnswer, SendFailure>,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        let refused = |refusal| WriteBatch {
            progress: vec![(id, Progress::Refused(refusal))],
            ..WriteBatch::default()
        };
        let batch = match result {
            Ok(answer) => match answer.results.into_iter().next().map(|result| result.outcome) {
                Some(Outcome::Accepted(account) | Outcome::Duplicate(account)) => {
                    let mut batch = WriteBatch {
                        customers: self.may_keep(self.not_overtaken(answer.changes, asked_at)),
                        ..WriteBatch::default()
                    };
                    match account {
                        Account::Synced(_) => {
                            self.finish(&mut batch, id, Claim { took_effect: true, ..performed() });
                            batch.deliver_again = asked_at.restarts != self.restarts;
                        }
                        // Its bytes stay until it has taken effect: the channel may go back in time.
                        Account::Pending(stage) => batch.progress.push((id, Progress::Delivered(stage))),
                    }
                    batch
                }
                Some(Outcome::Refused(refusal)) => refused(refusal),
                None => return self.try_held_again(id, now),
            },
            // No judgement of the edit, whatever the code: it waits for another try.
            Err(_) => return self.try_held_again(id, now),
        };
        self.commit(batch, Then::OutboxStored(vec![id]), out);
    }

    /// A held edit could not be asked about: it is tried again when headquarters comes back, or after a while.
    fn try_held_again(&mut self, id: OperationId, now: Now) {
        self.outbox.asked(id);
        self.held_again_at = Some(now.steady.plus_ms(HELD_AGAIN_MS));
    }
}
