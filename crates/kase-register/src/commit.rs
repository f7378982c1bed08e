//! What is written to the store, how memory follows it, and what comes after.

use std::collections::HashSet;

use kase_domain::{ChannelSettings, CustomerId, OperationId};
use kase_replication::{Failure, LinkEvent};

use crate::creation::CreationCall;
use crate::register::{Call, Register};
use crate::{
    Answer, Effect, NewEntry, Now, OutboxEntry, PassedOver, Progress, RequestId, Saved, Shown, StoreError,
    TabMessage, WriteBatch,
};

/// What follows a commit.
#[derive(Debug)]
pub(crate) enum Then {
    /// A creation is on the register: answer, or ask the channel first.
    Ask(RequestId, Box<CreationCall>),
    /// Something was recorded and is to be pushed.
    Recorded(RequestId, Saved),
    /// A call's result is stored: answer. These operations are not asked about any more.
    Settled(RequestId, Answer, Vec<OperationId>),
    /// A creation was refused and is withdrawn: answer. Where it cannot be withdrawn it is saved, and is delivered.
    Withdrawn(RequestId, Answer, Saved, Vec<OperationId>),
    /// The results of a push are stored.
    PushStored,
    /// The changes of a pull are stored.
    PullStored {
        more: bool,
        cursor: String,
        passed_over: PassedOver,
        settings: Option<Box<ChannelSettings>>,
        all_customers: bool,
        delivers_only: bool,
    },
    /// Operations that waited came to an end, or became ready.
    OutboxStored(Vec<OperationId>),
    /// The browser was full, and finished operations have made room: this is written once more.
    RoomMade(Box<WriteBatch>, Box<Then>),
}

impl Register {
    /// Orders a commit and remembers what follows it.
    pub(crate) fn commit(&mut self, batch: WriteBatch, then: Then, out: &mut Vec<Effect>) {
        let id = self.own_request();
        let batch = WriteBatch { at: self.wall, ..batch };
        self.commits.insert(id, (Box::new(batch.clone()), then));
        out.push(Effect::Commit(id, Box::new(batch)));
    }

    /// Stores what came of a call, then answers.
    pub(crate) fn settle(
        &mut self,
        request: RequestId,
        batch: WriteBatch,
        answer: Answer,
        asked: Vec<OperationId>,
        out: &mut Vec<Effect>,
    ) {
        self.commit(batch, Then::Settled(request, answer, asked), out);
    }

    /// How far an operation is once the commits under way are done.
    pub(crate) fn coming_progress(&self, entry: &OutboxEntry) -> Progress {
        let of_entry = |batch: &WriteBatch| {
            let changed = batch.progress.iter().rev().find(|(id, _)| *id == entry.id);
            changed.map(|(_, progress)| progress.clone())
        };
        let coming = self.commits.iter().filter_map(|(id, (batch, _))| Some((*id, of_entry(batch)?)));
        coming.max_by_key(|(id, _)| *id).map_or_else(|| entry.progress.clone(), |(_, progress)| progress)
    }

    pub(crate) fn committed(
        &mut self,
        id: RequestId,
        result: Result<(), StoreError>,
        now: Now,
        random: u64,
        out: &mut Vec<Effect>,
    ) {
        let Some((batch, then)) = self.commits.remove(&id) else { return };
        if let Then::RoomMade(batch, then) = then {
            return self.commit(*batch, *then, out);
        }
        if let Err(error) = result {
            if error == StoreError::Full && self.may_hold_finished {
                return self.make_room(batch, then, out);
            }
            self.may_hold_finished |= batch.drop_finished;
            self.doubt_all(&batch.removed_customers);
            return self.commit_failed(then, error, now, random, out);
        }
        self.doubt(&batch);
        self.mirror(&batch);
        self.note_witness(out);
        let customers = touched(&batch);
        self.may_hold_finished |= !batch.finished.is_empty();
        let waits = |entry: &&NewEntry| batch.finished.iter().all(|(id, _)| *id != entry.id);
        self.witness_recorded(batch.recorded.iter().filter(waits), out);
        if batch.deliver_again {
            out.push(Effect::ReadOutbox { after: 0 });
        }
        if batch.recorded.iter().any(|entry| waits(&entry)) {
            out.push(Effect::ReadOutbox { after: self.outbox.last_order() });
            let asking = match &then {
                Then::Ask(_, call) => call.operation_ids(),
                _ => Vec::new(),
            };
            out.push(Effect::Tell(TabMessage::Recorded { customers: customers.clone(), asking }));
        } else {
            let settings = match &then {
                Then::PullStored { settings, .. } => settings.clone(),
                _ => None,
            };
            out.push(Effect::Tell(TabMessage::Applied { customers: customers.clone(), settings }));
        }
        if !customers.is_empty() {
            out.push(Effect::Show(Shown::Customers(customers)));
        }
        self.show_waiting(out);
        match then {
            Then::Ask(request, call) => self.ask(request, call, out),
            Then::Recorded(request, saved) => out.push(Effect::Answer(request, Answer::Saved(saved))),
            Then::Settled(request, answer, asked) | Then::Withdrawn(request, answer, _, asked) => {
                self.asked(asked, out);
                out.push(Effect::Answer(request, answer));
                self.drive(LinkEvent::Recorded, now, random, out);
                self.release_held(out);
            }
            Then::PushStored => {
                let more = !self.outbox.next_batch().is_empty();
                self.drive(LinkEvent::Pushed { more }, now, random, out);
                // The number may have come by the feed while the answer was being stored.
                self.end_creations(out);
                self.release_held(out);
            }
            Then::PullStored { more, cursor, passed_over, settings, all_customers, delivers_only } => {
                self.cursor = Some(cursor);
                if self.passed_over != passed_over {
                    out.push(Effect::Show(Shown::PassedOver(passed_over.count())));
                    self.passed_over = passed_over;
                }
                self.device.delivers_only = delivers_only;
                if let Some(settings) = settings {
                    self.settings = Some((*settings).clone());
                    out.push(Effect::Show(Shown::Settings(settings)));
                }
                if all_customers {
                    out.push(Effect::Show(Shown::AllCustomers));
                }
                self.sweep(out);
                self.drive(LinkEvent::Pulled { more }, now, random, out);
                // What stood behind an operation that came to its end, or a channel that went back in time, is to be sent.
                self.drive(LinkEvent::Recorded, now, random, out);
                self.end_creations(out);
                self.release_held(out);
            }
            Then::OutboxStored(asked) => {
                self.asked(asked, out);
                self.drive(LinkEvent::Recorded, now, random, out);
            }
            // Written again already.
            Then::RoomMade(..) => {}
        }
        self.drop_excluded(out);
        self.drop_finished(out);
    }

    fn commit_failed(&mut self, then: Then, error: StoreError, now: Now, random: u64, out: &mut Vec<Effect>) {
        let unreachable = Failure::Unreachable;
        match then {
            Then::Ask(request, call) => {
                self.asked(call.operation_ids(), out);
                out.push(Effect::Answer(request, Answer::StoreFailed(error)));
            }
            Then::Recorded(request, _) => out.push(Effect::Answer(request, Answer::StoreFailed(error))),
            // The channel has it; that this register could not note so is mended by the next push or pull.
            Then::Settled(request, answer, asked) => {
                self.asked(asked, out);
                out.push(Effect::Answer(request, answer));
            }
            // It stands here and goes its way: whoever refused it is asked again, where a person sees the reason.
            Then::Withdrawn(request, _, saved, asked) => {
                self.asked(asked, out);
                out.push(Effect::Answer(request, Answer::Saved(saved)));
                self.drive(LinkEvent::Recorded, now, random, out);
            }
            Then::PushStored => self.drive(LinkEvent::PushFailed(unreachable), now, random, out),
            Then::PullStored { .. } => self.drive(LinkEvent::PullFailed(unreachable), now, random, out),
            Then::OutboxStored(asked) => self.asked(asked, out),
            Then::RoomMade(..) => {}
        }
    }

    /// What is only kept for the case of a restore goes before a person is told that there is no room.
    fn make_room(&mut self, batch: Box<WriteBatch>, then: Then, out: &mut Vec<Effect>) {
        self.may_hold_finished = false;
        let dropped = WriteBatch { drop_finished: true, ..WriteBatch::default() };
        self.commit(dropped, Then::RoomMade(batch, Box::new(then)), out);
    }

    /// Nobody asks about these operations any more: they may be delivered again.
    pub(crate) fn asked(&mut self, operations: Vec<OperationId>, out: &mut Vec<Effect>) {
        for id in &operations {
            self.outbox.asked(*id);
        }
        if !operations.is_empty() {
            out.push(Effect::Tell(TabMessage::Asked { operations }));
        }
    }

    /// Lets memory follow a commit.
    fn mirror(&mut self, batch: &WriteBatch) {
        for state in &batch.customers {
            let mut state = state.clone();
            if let Some(there) = self.own.get(&state.customer_id) {
                state.keep_number_of(there);
            }
            let concerns_outbox = self.own.contains_key(&state.customer_id)
                || batch.recorded.iter().any(|entry| entry.customer_id == state.customer_id);
            if concerns_outbox {
                self.own.insert(state.customer_id, state);
            }
        }
        for (id, news) in &batch.advances {
            if let Some(state) = self.own.get_mut(id) {
                state.advance(news);
            }
        }
        // Something may still wait of a customer who is gone: that brings nobody back.
        self.own.retain(|id, _| !batch.removed_customers.contains(id));
        for (id, progress) in &batch.progress {
            self.outbox.set_progress(*id, progress.clone(), batch.at);
        }
        let ended = batch.finished.iter().map(|(id, _)| id);
        for id in ended.chain(&batch.removed_entries) {
            self.outbox.remove(*id);
        }
        self.forget_customers();
    }

    pub(crate) fn forget_customers(&mut self) {
        let in_outbox = self.outbox.entries().map(|entry| entry.customer_id);
        let under_way =
            self.commits.values().flat_map(|(batch, _)| &batch.recorded).map(|entry| entry.customer_id);
        let asked = self.calls.values().filter_map(Call::customer_id);
        let kept: HashSet<CustomerId> = in_outbox.chain(under_way).chain(asked).collect();
        self.own.retain(|id, _| kept.contains(id));
    }
}

fn touched(batch: &WriteBatch) -> Vec<CustomerId> {
    let put = batch.customers.iter().map(|state| state.customer_id);
    let advanced = batch.advances.iter().map(|(id, _)| *id);
    let recorded = batch.recorded.iter().map(|entry| entry.customer_id);
    let mut ids: Vec<CustomerId> =
        put.chain(advanced).chain(recorded).chain(batch.removed_customers.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
