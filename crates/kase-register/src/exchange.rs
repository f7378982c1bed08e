//! What comes back from the channel: results of pushes, changes of pulls, and the release of held edits.

use kase_domain::{
    Account, ChannelSettings, CustomerAction, ErrorCode, OperationId, OperationKind, Permission, Stage,
    Standing, permit,
};
use kase_replication::{
    Change, Failure, LinkEvent, OperationState, Outcome, PerformAnswer, PullAnswer, PushAnswer,
};

use crate::commit::Then;
use crate::creation::{customers, note_creation};
use crate::register::{Call, Register};
use crate::{Connection, Effect, Now, Progress, SendFailure, Shown, ValueKey, WriteBatch};

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
        let mut batch = self.exchanged(now, out);
        for result in answer.results {
            let Some(id) = result.id else { continue };
            let Some(entry) = self.outbox.entry(id) else { continue };
            let is_creation = entry.kind == OperationKind::CreateCustomer;
            let customer_id = entry.customer_id;
            match result.outcome {
                Outcome::Accepted(account) | Outcome::Duplicate(account) => {
                    if is_creation {
                        note_creation(&mut batch, id, &account);
                        // The number itself comes with the customer, by the feed.
                        if self.is_filtered() {
                            batch.removed_customers.push(customer_id);
                        } else if account.is_pending() {
                            batch.advances.push((customer_id, account));
                        }
                    } else {
                        batch.progress.push((id, Progress::Delivered(Stage::InChannel)));
                    }
                }
                Outcome::Refused(refusal) => {
                    if is_creation {
                        batch.advances.push((customer_id, Account::Pending(Stage::Refused(refusal.clone()))));
                    }
                    batch.progress.push((id, Progress::Refused(refusal)));
                }
            }
        }
        let moved = !batch.progress.is_empty() || !batch.removed_entries.is_empty();
        if !moved {
            // An answer about nothing that was sent: to send the same at once would never end.
            return self.drive(LinkEvent::PushFailed(Failure::Unreachable), now, random, out);
        }
        self.commit(batch, Then::PushStored, out);
    }

    pub(crate) fn pulled(
        &mut self,
        result: Result<PullAnswer, SendFailure>,
        now: Now,
        random: u64,
        out: &mut Vec<Effect>,
    ) {
        let answer = match result {
            Ok(answer) => answer,
            Err(failure) => {
                let failure = self.failure(&failure);
                return self.drive(LinkEvent::PullFailed(failure), now, random, out);
            }
        };
        if !self.leads {
            // Another tab leads and may be further: an older page must not lie over its newer one.
            return;
        }
        let mut batch = self.exchanged(now, out);
        batch.values.push((ValueKey::Cursor, serde_json::to_string(&answer.cursor).ok()));
        if answer.restarted {
            self.send_again(&mut batch);
        }
        let mut settings = None;
        for change in answer.changes {
            match change {
                Change::Customer(state) => {
                    let creation: OperationId = state.customer_id.into();
                    if self.outbox.entry(creation).is_some() && !self.outbox.is_asking(creation) {
                        note_creation(&mut batch, creation, &state.account);
                    }
                    batch.customers.push(*state);
                }
                Change::Operation(state) => self.note_operation(&mut batch, &state),
                Change::Settings(new) => settings = Some(new),
                // A channel never sends who may work in it.
                Change::Directory(_) => {}
            }
        }
        let filtered = self.note_settings(&mut batch, settings.as_deref());
        let deactivated = self.note_delivers_only(&mut batch, answer.delivers_only);
        let then = Then::PullStored {
            more: answer.more,
            settings,
            all_customers: filtered || deactivated,
            cursor: answer.cursor,
            send_again: answer.restarted,
        };
        self.commit(batch, then, out);
    }

    /// Held edits of customers whose account number is here: recorded where async editing is on, performed in
    /// real time otherwise.
    pub(crate) fn release_held(&mut self, out: &mut Vec<Effect>) {
        let Some(settings) = self.settings.as_ref().filter(|_| self.leads) else { return };
        let permission = permit(CustomerAction::Edit, Standing::Synced, settings.switches);
        let released: Vec<OperationId> = self
            .outbox
            .entries()
            .filter(|entry| entry.progress == Progress::Held && !self.outbox.is_asking(entry.id))
            .filter(|entry| self.own.get(&entry.customer_id).is_some_and(|state| !state.account.is_pending()))
            .map(|entry| entry.id)
            .collect();
        if released.is_empty() {
            return;
        }
        if permission == Permission::Recorded {
            let progress = released.into_iter().map(|id| (id, Progress::Ready)).collect();
            return self.commit(
                WriteBatch { progress, ..WriteBatch::default() },
                Then::HeldStored(Vec::new()),
                out,
            );
        }
        if self.connection() != Connection::Online {
            return;
        }
        for id in released {
            let request = self.own_request();
            self.outbox.ask(id);
            self.calls.insert(request, Call::Held(id));
            out.push(Effect::PerformStored(request, id));
        }
    }

    pub(crate) fn held_performed(
        &mut self,
        id: OperationId,
        result: Result<PerformAnswer, SendFailure>,
        _now: Now,
        out: &mut Vec<Effect>,
    ) {
        let refused = |refusal| WriteBatch {
            progress: vec![(id, Progress::Refused(refusal))],
            ..WriteBatch::default()
        };
        let batch = match result {
            Ok(answer) => match answer.results.into_iter().next().map(|result| result.outcome) {
                Some(Outcome::Accepted(_) | Outcome::Duplicate(_)) => WriteBatch {
                    customers: self.may_keep(customers(answer.changes)),
                    removed_entries: vec![id],
                    ..WriteBatch::default()
                },
                Some(Outcome::Refused(refusal)) => refused(refusal),
                None => return self.outbox.asked(id),
            },
            Err(SendFailure::Refused(refusal)) if refusal.code != ErrorCode::HeadquartersUnreachable => {
                refused(refusal)
            }
            // It is released again when headquarters comes back.
            Err(_) => return self.outbox.asked(id),
        };
        self.commit(batch, Then::HeldStored(vec![id]), out);
    }

    /// The start of every batch that an exchange leads to: the channel has answered.
    fn exchanged(&mut self, now: Now, out: &mut Vec<Effect>) -> WriteBatch {
        self.last_exchange = Some(now.wall);
        self.rejected = false;
        out.push(Effect::Show(Shown::LastExchange(now.wall)));
        let value = (ValueKey::LastExchange, serde_json::to_string(&now.wall).ok());
        WriteBatch { values: vec![value], ..WriteBatch::default() }
    }

    fn failure(&mut self, failure: &SendFailure) -> Failure {
        match failure {
            SendFailure::Unreachable => Failure::Unreachable,
            SendFailure::Rejected => {
                self.rejected = true;
                Failure::Rejected
            }
            SendFailure::Refused(refusal) if refusal.code == ErrorCode::RateLimited => Failure::Unreachable,
            SendFailure::Refused(refusal) => {
                self.rejected |= refusal.code == ErrorCode::Forbidden;
                Failure::Rejected
            }
        }
    }

    /// The channel has gone back in time: what it forgot is delivered again, and deduplicated where it did not.
    fn send_again(&self, batch: &mut WriteBatch) {
        let delivered =
            self.outbox.entries().filter(|entry| matches!(entry.progress, Progress::Delivered(_)));
        batch.progress.extend(delivered.map(|entry| (entry.id, Progress::Ready)));
    }

    fn note_operation(&self, batch: &mut WriteBatch, state: &OperationState) {
        let Some(entry) = self.outbox.entry(state.id) else { return };
        if entry.kind == OperationKind::CreateCustomer {
            let Some(stage) = state.progress.clone() else {
                // A creation ends with its customer's account number, unless customers do not come here.
                if self.is_filtered() {
                    batch.removed_entries.push(state.id);
                }
                return;
            };
            batch.advances.push((entry.customer_id, Account::Pending(stage.clone())));
            return note_creation(batch, state.id, &Account::Pending(stage));
        }
        match state.progress.clone() {
            None => batch.removed_entries.push(state.id),
            // A refusal too: the channel has it, and headquarters' people see to it. It holds up nothing here.
            Some(stage) => batch.progress.push((state.id, Progress::Delivered(stage))),
        }
    }

    /// Notes new settings; tells whether every customer goes from this register with them. What still waits
    /// stays until the channel has confirmed it.
    fn note_settings(&self, batch: &mut WriteBatch, settings: Option<&ChannelSettings>) -> bool {
        let Some(settings) = settings else { return false };
        batch.values.push((ValueKey::Settings, serde_json::to_string(settings).ok()));
        if settings.filter_shared_customer_data {
            self.clear_customers(batch);
        }
        settings.filter_shared_customer_data
    }

    /// Notes whether headquarters has deactivated this register; tells whether every customer goes with that.
    fn note_delivers_only(&mut self, batch: &mut WriteBatch, delivers_only: bool) -> bool {
        if self.device.delivers_only == delivers_only {
            return false;
        }
        self.device.delivers_only = delivers_only;
        batch.values.push((ValueKey::Device, serde_json::to_string(&self.device).ok()));
        if delivers_only {
            self.clear_customers(batch);
        }
        delivers_only
    }

    fn clear_customers(&self, batch: &mut WriteBatch) {
        let waits = |state: &&kase_replication::CustomerState| {
            self.outbox
                .of_customer(state.customer_id)
                .any(|entry| !matches!(entry.progress, Progress::Delivered(_)))
        };
        batch.clear_customers = true;
        batch.customers = self.own.values().filter(waits).cloned().collect();
    }
}
