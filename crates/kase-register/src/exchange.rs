//! What comes back from the channel: results of pushes, changes of pulls.

use kase_domain::{Account, ChannelSettings, CustomerId, ErrorCode, OperationId, OperationKind, Stage};
use kase_replication::{
    Change, Claim, CustomerState, Failure, LinkEvent, OperationState, Outcome, PullAnswer, PushAnswer,
};

use crate::acceptance::keeps_customers;
use crate::commit::Then;
use crate::register::{AskedAt, Register};
use crate::{
    Device, Effect, Now, OutboxEntry, PassedOver, Progress, SendFailure, Shown, ValueKey, WriteBatch,
};

/// The latest settings among changes.
fn settings_in(changes: &[Change]) -> Option<&ChannelSettings> {
    changes.iter().rev().find_map(|change| match change {
        Change::Settings(settings) => Some(&**settings),
        _ => None,
    })
}

fn took_effect() -> Claim {
    Claim { took_effect: true, ..Claim::default() }
}

/// What an answer says, unless the feed has overtaken it: that came first, and is not said twice.
fn not_behind(progress: &Progress, account: Account) -> Account {
    match progress {
        Progress::Delivered(stage) => Account::Pending(stage.clone()).advanced(&account),
        _ => account,
    }
}

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

    /// The customers of an answer, unless news came by the feed since it was asked for: those may be newer, and
    /// what the answer knows comes by the feed as well.
    pub(crate) fn not_overtaken(&self, changes: Vec<Change>, asked_at: AskedAt) -> Vec<CustomerState> {
        let customer = |change| match change {
            Change::Customer(state) => Some(*state),
            _ => None,
        };
        if self.feed_news == asked_at.feed_news {
            changes.into_iter().filter_map(customer).collect()
        } else {
            Vec::new()
        }
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
