//! Creating a customer: recorded first, asked for then, withdrawn only by a business refusal.

use std::collections::BTreeMap;

use kase_domain::{
    Account, Customer, ErrorCode, OperationId, Reach, Refusal, RegisterCreation, attribute_errors,
    decide_on_register, with_defaults,
};
use kase_replication::{Claim, CustomerState, Outcome, PerformAnswer, RecordedOperation};

use crate::commit::Then;
use crate::finished::performed;
use crate::recording::{new_entry, saved};
use crate::register::{AskedAt, Call, Register};
use crate::{
    Answer, Connection, Effect, NewCustomer, Now, Progress, RequestId, Saved, SendFailure, WriteBatch,
};

/// A creation on its way.
#[derive(Debug)]
pub(crate) struct CreationCall {
    pub(crate) saved: Saved,
    /// The creation, then the edit that carries held fields.
    operations: Vec<RecordedOperation>,
    /// Whether it stands in the store.
    recorded: bool,
    asked_at: AskedAt,
}

impl CreationCall {
    /// The operations that it asks about.
    pub(crate) fn operation_ids(&self) -> Vec<OperationId> {
        self.operations.iter().map(|recorded| recorded.operation().id).collect()
    }
}

impl Register {
    pub(crate) fn create(&mut self, request: RequestId, new: NewCustomer, now: Now, out: &mut Vec<Effect>) {
        let noted = self.witnessing.note_reference(new.reference_count);
        out.extend(noted.map(|kept| Effect::KeepWitness(Box::new(kept))));
        let mut answer = |answer| out.push(Effect::Answer(request, answer));
        let Some(settings) = self.settings.clone() else { return answer(Answer::NotReady) };
        let under_way = self
            .calls
            .values()
            .any(|call| matches!(call, Call::Creation(other) if other.saved.customer_id == new.customer_id));
        if under_way || self.outbox.is_asking(new.customer_id.into()) {
            return answer(Answer::UnderWay);
        }
        let reach = match self.connection() {
            Connection::Offline => Reach::Offline,
            Connection::Online | Connection::HeadquartersOutOfReach => Reach::Channel,
        };
        let creation = decide_on_register(reach, settings.filter_shared_customer_data);
        if creation == RegisterCreation::Excluded {
            return answer(Answer::Excluded);
        }
        let typed = with_defaults(new.record.clone(), &settings);
        let parsed = match Customer::parse(&typed, &settings.country) {
            Ok(customer) => customer,
            Err(errors) => return answer(Answer::Invalid(errors)),
        };
        let errors = attribute_errors(&settings.attributes, &parsed.attributes, &BTreeMap::new());
        if !errors.is_empty() {
            return answer(Answer::Invalid(errors));
        }
        let Some(operations) = self.creation_operations(&new, &parsed, &settings, now) else {
            // A part of a valid customer is valid: its name is never held.
            return answer(Answer::NotReady);
        };
        let saved = saved(new.customer_id, &operations);
        let recorded = creation != RegisterCreation::AskOnly;
        let call = Box::new(CreationCall { saved, operations, recorded, asked_at: self.asked_at() });
        match creation {
            RegisterCreation::RecordHere => {
                let batch = call.batch(now);
                self.commit(batch, Then::Recorded(request, call.saved), out);
            }
            RegisterCreation::RecordHereThenAsk => {
                for id in call.operation_ids() {
                    self.outbox.ask(id);
                }
                let batch = call.batch(now);
                self.commit(batch, Then::Ask(request, call), out);
            }
            RegisterCreation::AskOnly | RegisterCreation::Excluded => self.ask(request, call, out),
        }
    }

    /// The real-time call, once the creation is on the register (or may not be).
    pub(crate) fn ask(&mut self, request: RequestId, call: Box<CreationCall>, out: &mut Vec<Effect>) {
        out.push(Effect::Perform(request, call.operations.clone()));
        self.calls.insert(request, Call::Creation(call));
    }

    pub(crate) fn creation_performed(
        &mut self,
        request: RequestId,
        call: CreationCall,
        result: Result<PerformAnswer, SendFailure>,
        out: &mut Vec<Effect>,
    ) {
        let asked = if call.recorded { call.operation_ids() } else { Vec::new() };
        let answer = match result {
            Ok(answer) => answer,
            Err(SendFailure::Refused(refusal)) if refusal.code == ErrorCode::Forbidden => {
                // A register that was deactivated stops creating; what it holds from before it still delivers.
                return self.withdraw(request, call, refusal, asked, out);
            }
            // Recorded here and not known there: the outbox brings it.
            Err(_) if call.recorded => {
                return self.settle(request, WriteBatch::default(), Answer::Saved(call.saved), asked, out);
            }
            Err(SendFailure::Refused(refusal)) => {
                return out.push(Effect::Answer(request, Answer::Refused(refusal)));
            }
            Err(SendFailure::Unreachable | SendFailure::Rejected) => {
                self.unanswered.keep(call.saved.customer_id.into(), call.operations);
                return out.push(Effect::Answer(request, Answer::NotKnown));
            }
        };
        self.unanswered.forget(call.saved.customer_id.into());
        let mut batch = WriteBatch::default();
        let mut outcomes = answer.results.into_iter().map(|result| result.outcome);
        let account = match outcomes.next() {
            Some(Outcome::Accepted(account) | Outcome::Duplicate(account)) => account,
            Some(Outcome::Refused(refusal)) => {
                // A business refusal withdraws what was recorded: nobody was told that it is saved.
                return self.withdraw(request, call, refusal, asked, out);
            }
            None if call.recorded => {
                return self.settle(request, batch, Answer::Saved(call.saved), asked, out);
            }
            None => {
                self.unanswered.keep(call.saved.customer_id.into(), call.operations);
                return out.push(Effect::Answer(request, Answer::NotKnown));
            }
        };
        // The feed may have brought the number before this answer was read.
        let known = self.own.get(&call.saved.customer_id);
        let account = known.map_or(account.clone(), |known| known.account.advanced(&account));
        let mut saved = Saved { account: account.clone(), ..call.saved };
        if call.recorded {
            batch.customers = self.not_overtaken(answer.changes, call.asked_at);
            // What it is called here stands in the store already, and must not lie over a number that comes meanwhile.
            batch.customers.retain(|state| !state.account.is_pending());
            batch.advances.push((saved.customer_id, account.clone()));
            self.note_creation(&mut batch, saved.customer_id.into(), &account, performed());
        }
        // Where nothing is kept here, the channel holds what waits for the number.
        let mut done = !account.is_pending();
        for (at, held) in call.operations.iter().enumerate().skip(1) {
            let held_id = held.operation().id;
            match outcomes.next() {
                Some(Outcome::Accepted(held) | Outcome::Duplicate(held)) => {
                    let told = Claim { took_effect: !held.is_pending(), ..performed() };
                    self.finish(&mut batch, held_id, told);
                }
                Some(Outcome::Refused(refusal)) if call.recorded => {
                    done = false;
                    batch.progress.push((held_id, Progress::Refused(refusal)));
                }
                None if call.recorded => done = false,
                // The customer is there, and this is not: the form stays, and asks for no more than what is left.
                Some(Outcome::Refused(refusal)) => {
                    self.unanswered.keep_done(saved.customer_id.into(), call.operations, at);
                    return out.push(Effect::Answer(request, Answer::Refused(refusal)));
                }
                None => {
                    self.unanswered.keep(saved.customer_id.into(), call.operations);
                    return out.push(Effect::Answer(request, Answer::NotKnown));
                }
            }
        }
        if done {
            saved.held_fields.clear();
        }
        // An answer of before the channel went back in time: that one has forgotten it.
        batch.deliver_again = call.recorded && call.asked_at.restarts != self.restarts;
        self.settle(request, batch, Answer::Saved(saved), asked, out);
    }

    /// Takes a refused creation back.
    fn withdraw(
        &mut self,
        request: RequestId,
        call: CreationCall,
        refusal: Refusal,
        asked: Vec<OperationId>,
        out: &mut Vec<Effect>,
    ) {
        let batch = call.withdrawal();
        let answer = Answer::Refused(refusal);
        let then = if call.recorded {
            Then::Withdrawn(request, answer, call.saved, asked)
        } else {
            Then::Settled(request, answer, asked)
        };
        self.commit(batch, then, out);
    }
}

impl Register {
    /// Notes how far a creation in the outbox is: it stays until the account number is here.
    pub(crate) fn note_creation(
        &self,
        batch: &mut WriteBatch,
        id: OperationId,
        account: &Account,
        told: Claim,
    ) {
        match account {
            Account::Synced(_) => self.finish_creation(batch, id, account, told),
            Account::Pending(stage) => batch.progress.push((id, Progress::Delivered(stage.clone()))),
        }
    }
}

impl CreationCall {
    fn withdrawal(&self) -> WriteBatch {
        WriteBatch {
            removed_customers: vec![self.saved.customer_id],
            removed_entries: self.operation_ids(),
            ..WriteBatch::default()
        }
    }

    fn batch(&self, now: Now) -> WriteBatch {
        let creation = self.operations.first().map(RecordedOperation::operation);
        let customer =
            creation.and_then(|operation| CustomerState::recorded(operation, self.saved.account.clone()));
        let customers = customer.into_iter().collect();
        let progress = |at| if at == 0 { Progress::Ready } else { Progress::Held };
        let recorded = self.operations.iter().enumerate();
        let recorded = recorded.map(|(at, operation)| new_entry(operation, progress(at), now)).collect();
        WriteBatch { customers, recorded, ..WriteBatch::default() }
    }
}
