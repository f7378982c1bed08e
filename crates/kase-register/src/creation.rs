//! Creating a customer: recorded first, asked for then, withdrawn only by a business refusal.

use std::collections::BTreeMap;

use kase_domain::{
    Account, Action, Customer, CustomerId, ErrorCode, OPERATION_VERSION, Operation, OperationId, OperatorId,
    Reach, Refusal, RegisterCreation, ShortReference, Split, Stage, attribute_errors, decide_on_register,
    split_for_pending, with_defaults,
};
use kase_replication::{CustomerState, Outcome, PerformAnswer, RecordedOperation};

use crate::commit::Then;
use crate::register::{Call, Register};
use crate::{
    Answer, Connection, Effect, NewCustomer, NewEntry, Now, Progress, RequestId, Saved, SendFailure,
    WriteBatch,
};

/// A creation on its way.
#[derive(Debug)]
pub(crate) struct CreationCall {
    pub(crate) saved: Saved,
    /// The creation, then the edit that carries held fields.
    operations: Vec<RecordedOperation>,
    /// Whether it stands in the store.
    recorded: bool,
    /// What had come by the feed when it was asked.
    feed_news: u64,
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
        let typed = with_defaults(new.record, &settings);
        let parsed = match Customer::parse(&typed, &settings.country) {
            Ok(customer) => customer,
            Err(errors) => return answer(Answer::Invalid(errors)),
        };
        let errors = attribute_errors(&settings.attributes, &parsed.attributes, &BTreeMap::new());
        if !errors.is_empty() {
            return answer(Answer::Invalid(errors));
        }
        let split = split_for_pending(&parsed.to_record(), settings.switches);
        let Ok(customer) = Customer::parse(&split.now, &settings.country) else {
            // A part of a valid customer is valid: its name is never held.
            return answer(Answer::NotReady);
        };
        let saved = Saved {
            customer_id: new.customer_id,
            account: Account::Pending(Stage::OnRegister),
            reference: Some(self.reference(new.customer_id, new.reference_count, &customer)),
            held_fields: split.held_fields().into_iter().map(str::to_owned).collect(),
        };
        let Ok(operations) = self.operations(&saved, &customer, split, new.held_operation_id, now) else {
            return answer(Answer::NotReady);
        };
        let recorded = creation != RegisterCreation::AskOnly;
        let call = Box::new(CreationCall { saved, operations, recorded, feed_news: self.feed_news });
        match creation {
            RegisterCreation::RecordHere => {
                let batch = call.batch(customer, now);
                self.commit(batch, Then::Recorded(request, call.saved), out);
            }
            RegisterCreation::RecordHereThenAsk => {
                for id in call.operation_ids() {
                    self.outbox.ask(id);
                }
                let batch = call.batch(customer, now);
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
                let kept = call.operations.into_iter().map(|recorded| (recorded.operation().id, recorded));
                self.unanswered.extend(kept);
                return out.push(Effect::Answer(request, Answer::NotKnown));
            }
        };
        for recorded in &call.operations {
            self.unanswered.remove(&recorded.operation().id);
        }
        let mut batch = WriteBatch::default();
        let mut outcomes = answer.results.into_iter().map(|result| result.outcome);
        let account = match outcomes.next() {
            Some(Outcome::Accepted(account) | Outcome::Duplicate(account)) => account,
            Some(Outcome::Refused(refusal)) => {
                // A business refusal withdraws what was recorded: nobody was told that it is saved.
                return self.withdraw(request, call, refusal, asked, out);
            }
            None => return self.settle(request, batch, Answer::Saved(call.saved), asked, out),
        };
        // The feed may have brought the number before this answer was read.
        let known = self.own.get(&call.saved.customer_id);
        let account = known.map_or(account.clone(), |known| known.account.advanced(&account));
        let mut saved = Saved { account: account.clone(), ..call.saved };
        if call.recorded {
            batch.customers = self.not_overtaken(answer.changes, call.feed_news);
            // What it is called here stands in the store already, and must not lie over a number that comes meanwhile.
            batch.customers.retain(|state| !state.account.is_pending());
            batch.advances.push((saved.customer_id, account.clone()));
            note_creation(&mut batch, saved.customer_id.into(), &account);
        }
        if let Some(held) = call.operations.get(1) {
            let held_id = held.operation().id;
            match outcomes.next() {
                Some(Outcome::Accepted(_) | Outcome::Duplicate(_)) => {
                    // Where nothing is kept here, the channel holds them until the number is there.
                    if !saved.account.is_pending() {
                        saved.held_fields.clear();
                    }
                    batch.removed_entries.push(held_id);
                }
                Some(Outcome::Refused(refusal)) => batch.progress.push((held_id, Progress::Refused(refusal))),
                None => {}
            }
        }
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

    fn operations(
        &self,
        saved: &Saved,
        customer: &Customer,
        split: Split,
        held_id: OperationId,
        now: Now,
    ) -> Result<Vec<RecordedOperation>, kase_replication::RecordedOperationError> {
        let reference =
            saved.reference.clone().unwrap_or_else(|| ShortReference::new(&self.device.reference_prefix, 0));
        let creation = Action::CreateCustomer { reference, customer: Box::new(customer.clone()) };
        let mut operations =
            vec![self.operation(saved.customer_id.into(), saved.customer_id, 0, creation, now)?];
        if !split.held.is_empty() {
            let edit = Action::EditCustomer { changes: split.held };
            operations.push(self.operation(held_id, saved.customer_id, 1, edit, now)?);
        }
        Ok(operations)
    }

    /// The short reference of a new customer; the one it had when the same was tried before.
    fn reference(&self, id: CustomerId, count: u32, customer: &Customer) -> ShortReference {
        let kept = self.unanswered.get(&id.into()).map(|recorded| &recorded.operation().action);
        match kept {
            Some(Action::CreateCustomer { reference, customer: kept }) if **kept == *customer => {
                reference.clone()
            }
            _ => ShortReference::new(&self.device.reference_prefix, count),
        }
    }

    /// Records a fact, once: its bytes are what is stored and sent from here on.
    pub(crate) fn operation(
        &self,
        id: OperationId,
        customer_id: CustomerId,
        sequence: u32,
        action: Action,
        now: Now,
    ) -> Result<RecordedOperation, kase_replication::RecordedOperationError> {
        if let Some(kept) = self.unanswered.get(&id).filter(|kept| kept.operation().action == action) {
            return Ok(kept.clone());
        }
        RecordedOperation::record(Operation {
            id,
            customer_id,
            sequence,
            version: OPERATION_VERSION,
            settings_version: self.settings.as_ref().map(|settings| settings.version).unwrap_or_default(),
            operator: self.operator.clone().unwrap_or_else(|| OperatorId::from("")),
            recorded_at: now.wall,
            action,
        })
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

    fn batch(&self, customer: Customer, now: Now) -> WriteBatch {
        let state = CustomerState {
            customer_id: self.saved.customer_id,
            account: self.saved.account.clone(),
            reference: self.saved.reference.clone(),
            customer,
            pending_addresses: Vec::new(),
            loyalty_cards: Vec::new(),
            loyalty_blocked: false,
        };
        let progress = |at| if at == 0 { Progress::Ready } else { Progress::Held };
        let recorded = self.operations.iter().enumerate();
        let recorded = recorded.map(|(at, operation)| new_entry(operation, progress(at), now)).collect();
        WriteBatch { customers: vec![state], recorded, ..WriteBatch::default() }
    }
}

pub(crate) fn new_entry(recorded: &RecordedOperation, progress: Progress, now: Now) -> NewEntry {
    let operation = recorded.operation();
    NewEntry {
        id: operation.id,
        customer_id: operation.customer_id,
        kind: operation.action.kind(),
        recorded_at: now.wall,
        progress,
        text: recorded.text().to_owned(),
    }
}

/// Notes how far a creation in the outbox is: it stays until the account number is here.
pub(crate) fn note_creation(batch: &mut WriteBatch, id: OperationId, account: &Account) {
    match account {
        Account::Synced(_) => batch.removed_entries.push(id),
        Account::Pending(stage) => batch.progress.push((id, Progress::Delivered(stage.clone()))),
    }
}
