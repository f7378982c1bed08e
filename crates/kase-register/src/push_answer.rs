//! What the channel says of what was pushed.

use kase_domain::{Account, ErrorCode, OperationKind, Stage};
use kase_replication::{Claim, CustomerState, Failure, LinkEvent, Outcome, PushAnswer};

use crate::commit::Then;
use crate::exchange::took_effect;
use crate::register::Register;
use crate::{Effect, Now, Progress, SendFailure, WriteBatch};

impl Register {
    pub(crate) fn pushed(
        &mut self,
        result: Result<PushAnswer, SendFailure>,
        now: Now,
        random: u64,
        out: &mut Vec<Effect>,
    ) {
        let answer = match result {
            Ok(answer) => answer,
            Err(failure) => {
                let failure = self.failure(&failure);
                return self.drive(LinkEvent::PushFailed(failure), now, random, out);
            }
        };
        if self.pushed_at != self.restarts {
            // An answer of before the channel went back in time says nothing of the one that serves now.
            return self.drive(LinkEvent::PushFailed(Failure::Unreachable), now, random, out);
        }
        let mut batch = self.exchanged(now, out);
        for result in answer.results {
            let Some(id) = result.id else { continue };
            let Some(entry) = self.outbox.entry(id) else { continue };
            let is_creation = entry.kind == OperationKind::CreateCustomer;
            let customer_id = entry.customer_id;
            let known = self.coming_progress(entry);
            match result.outcome {
                Outcome::Accepted(account) | Outcome::Duplicate(account) => {
                    let account = not_behind(&known, account);
                    if is_creation {
                        self.note_creation(&mut batch, id, &account, Claim::default());
                        // The number itself comes with the customer, by the feed.
                        self.end_held(&mut batch, customer_id, &account);
                        if !self.keeps_customers() {
                            batch.removed_customers.push(customer_id);
                        } else if account.is_pending() {
                            batch.advances.push((customer_id, account));
                        }
                    } else {
                        match account {
                            // It has taken effect: the feed may have said so before it was recorded here, and does
                            // not say so again.
                            Account::Synced(_) => self.finish(&mut batch, id, took_effect()),
                            Account::Pending(stage) => batch.progress.push((id, Progress::Delivered(stage))),
                        }
                    }
                }
                // The channel keeps it for headquarters' people; here it stays what it has long been.
                Outcome::Refused(_) if self.was_finished(id) => self.finish(&mut batch, id, took_effect()),
                Outcome::Refused(refusal) => {
                    if is_creation {
                        batch.advances.push((customer_id, Account::Pending(Stage::Refused(refusal.clone()))));
                    }
                    // The feed may have said before that it is with people at headquarters: it holds up nothing here.
                    let progress = match known {
                        delivered @ Progress::Delivered(_) => delivered,
                        _ => Progress::Refused(refusal),
                    };
                    batch.progress.push((id, progress));
                }
            }
        }
        let moved =
            !batch.progress.is_empty() || !batch.removed_entries.is_empty() || !batch.finished.is_empty();
        if !moved {
            // An answer about nothing that was sent: to send the same at once would never end.
            return self.drive(LinkEvent::PushFailed(Failure::Unreachable), now, random, out);
        }
        self.commit(batch, Then::PushStored, out);
    }

    /// What the channel was too old for is worth a try whenever it answers anew: it may have been brought up to date.
    pub(crate) fn try_newer_again(&mut self, out: &mut Vec<Effect>) {
        let too_new = |progress: &Progress| matches!(progress, Progress::Refused(refusal) if refusal.code == ErrorCode::UnsupportedVersion);
        let mut batch = WriteBatch::default();
        for entry in self.outbox.entries().filter(|entry| too_new(&entry.progress)) {
            batch.progress.push((entry.id, Progress::Ready));
            let creation =
                self.own.get(&entry.customer_id).filter(|_| entry.kind == OperationKind::CreateCustomer);
            let account = Account::Pending(Stage::OnRegister);
            batch.customers.extend(creation.map(|state| CustomerState { account, ..state.clone() }));
        }
        if self.leads && !batch.progress.is_empty() {
            self.commit(batch, Then::OutboxStored(Vec::new()), out);
        }
    }
}

/// What an answer says, unless the feed has overtaken it: that came first, and is not said twice.
fn not_behind(progress: &Progress, account: Account) -> Account {
    match progress {
        Progress::Delivered(stage) => Account::Pending(stage.clone()).advanced(&account),
        _ => account,
    }
}
