//! Changes of the feed: how far this register's own operations are, customers, settings.

use kase_domain::{Account, ChannelSettings, CustomerId, OperationId, OperationKind, Stage};
use kase_replication::{Change, Claim, LinkEvent, OperationState, PullAnswer};

use crate::acceptance::keeps_customers;
use crate::commit::Then;
use crate::exchange::took_effect;
use crate::register::Register;
use crate::{Device, Effect, Now, OutboxEntry, PassedOver, Progress, SendFailure, ValueKey, WriteBatch};

impl Register {
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
        self.feed_news += 1;
        let mut batch = self.exchanged(now, out);
        batch.values.push((ValueKey::Cursor, serde_json::to_string(&answer.cursor).ok()));
        // A tab that has never pulled has no position that could show whether the channel went back in time since.
        if answer.restarted || self.cursor.is_none() {
            self.restarts += u64::from(answer.restarted);
            self.send_again(&mut batch);
        }
        let begins_anew = answer.restarted || self.passed_over.by_another_version();
        let mut passed_over = if begins_anew { PassedOver::default() } else { self.passed_over.clone() };
        let keeps_customers =
            keeps_customers(settings_in(&answer.changes).or(self.settings.as_ref()), answer.delivers_only);
        let mut settings = None;
        for change in answer.changes {
            passed_over.note(&change);
            match change {
                Change::Customer(state) => {
                    let creation: OperationId = state.customer_id.into();
                    let is_discarded = matches!(state.account, Account::Pending(Stage::Discarded(_)));
                    if is_discarded && self.outbox.entry(creation).is_none() {
                        // Whoever recorded it hears of that; here it only ever was a copy.
                        batch.removed_customers.push(state.customer_id);
                        continue;
                    }
                    self.end_held(&mut batch, state.customer_id, &state.account);
                    if self.settles(creation, &state.account) {
                        self.note_creation(&mut batch, creation, &state.account, Claim::default());
                    }
                    batch.customers.push(*state);
                }
                Change::Operation(state) if state.progress.is_none() && !keeps_customers => {
                    // Its customer's account number, which would end a creation, does not come here.
                    batch.removed_entries.push(state.id);
                }
                Change::Operation(state) => self.note_operation(&mut batch, &state),
                Change::Settings(new) => settings = Some(new),
                // A channel never sends who may work in it.
                Change::Directory(_) | Change::Unreadable(_) => {}
            }
        }
        if passed_over != self.passed_over {
            batch.values.push((ValueKey::PassedOver, serde_json::to_string(&passed_over).ok()));
        }
        let filtered = self.note_settings(&mut batch, settings.as_deref());
        let delivers_only = answer.delivers_only;
        let deactivated = self.note_delivers_only(&mut batch, delivers_only);
        let then = Then::PullStored {
            more: answer.more,
            settings,
            all_customers: filtered || deactivated,
            cursor: answer.cursor,
            passed_over,
            delivers_only,
        };
        self.commit(batch, then, out);
    }

    /// Whether what the feed says of a customer says how far its creation is, which is here.
    fn settles(&self, creation: OperationId, account: &Account) -> bool {
        let Some(entry) = self.outbox.entry(creation) else { return false };
        if self.outbox.is_asking(creation) {
            // Its stage is for the answer to say; a number ends it in any case.
            !account.is_pending()
        } else {
            // What is to be sent ends with its own answer: a channel that went back in time knows the customer from
            // headquarters, and shall have its creation.
            entry.progress != Progress::Ready
        }
    }

    /// The channel has gone back in time, or may have: what it forgot is delivered again, and deduplicated where it did not.
    fn send_again(&self, batch: &mut WriteBatch) {
        let delivered =
            self.outbox.entries().filter(|entry| matches!(entry.progress, Progress::Delivered(_)));
        batch.progress.extend(delivered.map(|entry| (entry.id, Progress::Ready)));
        batch.deliver_again = true;
    }

    /// Notes how far an operation of this register is. The entry may not have been read yet: with two leading tabs the
    /// other one may have delivered it already, and the feed says so only once.
    fn note_operation(&self, batch: &mut WriteBatch, state: &OperationState) {
        if state.id == state.customer_id.into() {
            // A creation ends with its customer's account number.
            let Some(stage) = state.progress.clone() else { return };
            let account = Account::Pending(stage);
            self.end_held(batch, state.customer_id, &account);
            self.note_creation(batch, state.id, &account, Claim::default());
            return batch.advances.push((state.customer_id, account));
        }
        match state.progress.clone() {
            None => self.finish(batch, state.id, took_effect()),
            // A refusal too: the channel has it, and headquarters' people see to it. It holds up nothing here.
            Some(stage) => batch.progress.push((state.id, Progress::Delivered(stage))),
        }
    }

    /// Ends delivered creations whose account number came by the feed before their entries were read.
    pub(crate) fn end_creations(&mut self, out: &mut Vec<Effect>) {
        let has_ended = |entry: &&OutboxEntry| {
            let has_number =
                |id: &CustomerId| self.own.get(id).is_some_and(|state| !state.account.is_pending());
            entry.kind == OperationKind::CreateCustomer
                && matches!(entry.progress, Progress::Delivered(_))
                && has_number(&entry.customer_id)
        };
        let mut batch = WriteBatch::default();
        for entry in self.outbox.entries().filter(has_ended) {
            let Some(state) = self.own.get(&entry.customer_id) else { continue };
            self.finish_creation(&mut batch, entry.id, &state.account, Claim::default());
        }
        if self.leads && batch != WriteBatch::default() {
            self.commit(batch, Then::OutboxStored(Vec::new()), out);
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
    fn note_delivers_only(&self, batch: &mut WriteBatch, delivers_only: bool) -> bool {
        if self.device.delivers_only == delivers_only {
            return false;
        }
        let device = Device { delivers_only, ..self.device.clone() };
        batch.values.push((ValueKey::Device, serde_json::to_string(&device).ok()));
        if delivers_only {
            self.clear_customers(batch);
        }
        delivers_only
    }
}

/// The latest settings among changes.
fn settings_in(changes: &[Change]) -> Option<&ChannelSettings> {
    changes.iter().rev().find_map(|change| match change {
        Change::Settings(settings) => Some(&**settings),
        _ => None,
    })
}
