//! Changing a customer: an edit, a further address, a loyalty card. The permission table says whether it is
//! recorded here, asked of headquarters, or closed.

use kase_domain::{
    Account, Action, AddressRecord, Country, Customer, CustomerAction, CustomerId, CustomerRecord, EditError,
    ErrorCode, LoyaltyCardNumber, OperationId, Permission, Stage, Standing, attribute_change_errors,
    changes_between, merge_changes, permit,
};
use kase_replication::{Claim, CustomerState, Outcome, PerformAnswer, RecordedOperation};

use crate::commit::Then;
use crate::finished::{performed, with_cards};
use crate::recording::new_entry;
use crate::register::{AskedAt, Call, Register};
use crate::unanswered::{after, corrections};
use crate::{Answer, Connection, Effect, Form, Now, Progress, RequestId, Saved, SendFailure, WriteBatch};

/// A real-time change on its way.
#[derive(Debug)]
pub(crate) struct ChangeCall {
    pub(crate) customer_id: CustomerId,
    /// Names the form, for another try.
    form: OperationId,
    saved: Saved,
    /// The change; after an unanswered try what was asked for then, and what was corrected since.
    operations: Vec<RecordedOperation>,
    asked_at: AskedAt,
}

impl Register {
    pub(crate) fn edit(
        &mut self,
        request: RequestId,
        form: Form,
        seen: &CustomerState,
        wanted: &CustomerRecord,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        let Some(settings) = &self.settings else {
            return out.push(Effect::Answer(request, Answer::NotReady));
        };
        let wanted = match Customer::parse(wanted, &settings.country) {
            Ok(customer) => customer.to_record(),
            Err(errors) => return out.push(Effect::Answer(request, Answer::Invalid(errors))),
        };
        let changes = changes_between(&seen.customer.to_record(), &wanted);
        let errors = attribute_change_errors(&settings.attributes, &changes);
        if !errors.is_empty() {
            return out.push(Effect::Answer(request, Answer::Invalid(errors)));
        }
        // What was asked before and not answered may have been done: then the old values are a correction.
        if changes.is_empty() && self.unanswered.of(form.operation_id).is_empty() {
            return out.push(Effect::Answer(request, Answer::Saved(saved(seen))));
        }
        self.change(request, form, seen, CustomerAction::Edit, Action::EditCustomer { changes }, now, out);
    }

    pub(crate) fn add_address(
        &mut self,
        request: RequestId,
        form: Form,
        seen: &CustomerState,
        address: &AddressRecord,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        let Some(settings) = &self.settings else {
            return out.push(Effect::Answer(request, Answer::NotReady));
        };
        let at = seen.customer.addresses.len();
        let whole = seen.customer.to_record().with_address(address.clone());
        let parsed = match Customer::parse(&whole, &settings.country) {
            Ok(customer) => customer,
            Err(mut errors) => {
                let prefix = format!("addresses[{at}].");
                for error in &mut errors {
                    error.field = error.field.strip_prefix(&prefix).unwrap_or(&error.field).to_owned();
                }
                return out.push(Effect::Answer(request, Answer::Invalid(errors)));
            }
        };
        let Some(address) = parsed.addresses.get(at).map(|address| address.record().clone()) else { return };
        let action = Action::AddAddress { address };
        self.change(request, form, seen, CustomerAction::AddAddress, action, now, out);
    }

    pub(crate) fn issue_loyalty_card(
        &mut self,
        request: RequestId,
        form: Form,
        seen: &CustomerState,
        number: Option<LoyaltyCardNumber>,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        let action = Action::IssueLoyaltyCard { number };
        self.change(request, form, seen, CustomerAction::IssueLoyaltyCard, action, now, out);
    }

    #[allow(clippy::too_many_arguments, reason = "one call for three intents, each with these parts")]
    fn change(
        &mut self,
        request: RequestId,
        form: Form,
        seen: &CustomerState,
        action: CustomerAction,
        recorded: Action,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        let Some(settings) = &self.settings else {
            return out.push(Effect::Answer(request, Answer::NotReady));
        };
        let permission = permit(action, standing(&seen.account), settings.switches);
        if let Permission::Closed(closed) = permission {
            return out.push(Effect::Answer(request, Answer::Closed(closed)));
        }
        let Some(operations) = self.change_operations(form, seen, recorded, &settings.country, now) else {
            return out.push(Effect::Answer(request, Answer::NotReady));
        };
        let saved = saved(seen);
        if let Account::Pending(Stage::Discarded(refusal)) = &seen.account {
            // Headquarters gave this customer up: nothing can be added to it any more.
            return out.push(Effect::Answer(request, Answer::Refused(refusal.clone())));
        }
        let is_recorded = permission == Permission::Recorded;
        if is_recorded && self.keeps_customers() {
            let entries = operations.iter().map(|operation| new_entry(operation, Progress::Ready, now));
            let batch = WriteBatch { recorded: entries.collect(), ..WriteBatch::default() };
            self.own.entry(seen.customer_id).or_insert_with(|| seen.clone());
            return self.commit(batch, Then::Recorded(request, saved), out);
        }
        match self.connection() {
            Connection::Online => {}
            // Where nothing may stay on the register, only the channel's answer means saved; it needs no headquarters.
            Connection::HeadquartersOutOfReach if is_recorded => {}
            Connection::Offline if is_recorded => {
                return out.push(Effect::Answer(request, Answer::Excluded));
            }
            _ => return out.push(Effect::Answer(request, Answer::NeedsHeadquarters)),
        }
        out.push(Effect::Perform(request, operations.clone()));
        let (customer_id, asked_at) = (seen.customer_id, self.asked_at());
        let call = ChangeCall { customer_id, form: form.operation_id, saved, operations, asked_at };
        self.calls.insert(request, Call::Change(Box::new(call)));
    }

    /// The change, or after an unanswered try that one and what was corrected since.
    fn change_operations(
        &self,
        form: Form,
        seen: &CustomerState,
        recorded: Action,
        country: &Country,
        now: Now,
    ) -> Option<Vec<RecordedOperation>> {
        let mut operations = self.unanswered.of(form.operation_id).to_vec();
        let action = if operations.is_empty() {
            recorded
        } else {
            // A card is not corrected: what became of the one that was asked for is told first.
            let wanted = after(&seen.customer, [&recorded], country)?;
            let changes = corrections(&seen.customer, &operations, &wanted, country)?;
            if changes.is_empty() {
                return Some(operations);
            }
            Action::EditCustomer { changes }
        };
        let id = self.unanswered.next_id(form);
        let before = self.outbox.of_customer(seen.customer_id).count() + operations.len();
        let sequence = u32::try_from(before).unwrap_or(u32::MAX);
        operations.push(self.operation(id, seen.customer_id, sequence, action, now).ok()?);
        Some(operations)
    }

    pub(crate) fn change_performed(
        &mut self,
        request: RequestId,
        call: ChangeCall,
        result: Result<PerformAnswer, SendFailure>,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        let answer = match result {
            Ok(answer) => answer,
            // The request itself was refused: nothing of it was taken, and what was unanswered before still is.
            Err(SendFailure::Refused(refusal)) if refusal.code != ErrorCode::HeadquartersUnreachable => {
                return out.push(Effect::Answer(request, Answer::Refused(refusal)));
            }
            Err(failure) => {
                self.unanswered.keep(call.form, call.operations);
                let answer = match failure {
                    SendFailure::Refused(_) => Answer::NeedsHeadquarters,
                    SendFailure::Unreachable | SendFailure::Rejected => Answer::NotKnown,
                };
                return out.push(Effect::Answer(request, answer));
            }
        };
        let mut saved = call.saved;
        let mut stages: Vec<Option<Stage>> = Vec::with_capacity(call.operations.len());
        let mut outcomes = answer.results.into_iter().map(|result| result.outcome);
        for at in 0..call.operations.len() {
            match outcomes.next() {
                Some(Outcome::Accepted(account) | Outcome::Duplicate(account)) => {
                    stages.push(match &account {
                        Account::Pending(stage) => Some(stage.clone()),
                        Account::Synced(_) => None,
                    });
                    // Of several the one that is held is what people have to hear of.
                    if stages.iter().flatten().next().is_none() || account.is_pending() {
                        saved.account = account;
                    }
                }
                Some(Outcome::Refused(refusal)) => {
                    self.unanswered.keep_done(call.form, call.operations, at);
                    return out.push(Effect::Answer(request, Answer::Refused(refusal)));
                }
                None => {
                    self.unanswered.keep(call.form, call.operations);
                    return out.push(Effect::Answer(request, Answer::NeedsHeadquarters));
                }
            }
        }
        self.unanswered.forget(call.form);
        let customers = self.not_overtaken(answer.changes, call.asked_at);
        let told = with_cards(Claim { took_effect: true, ..performed() }, &customers, call.customer_id);
        if !self.keeps_customers() {
            let now = customers.iter().find(|state| state.customer_id == call.customer_id);
            saved.customer = now.map(|state| Box::new(state.clone()));
        }
        let mut batch = WriteBatch { customers: self.may_keep(customers), ..WriteBatch::default() };
        for (recorded, stage) in call.operations.iter().zip(stages) {
            let id = recorded.operation().id;
            if !self.keeps_customers() || self.outbox.entry(id).is_some() {
                continue;
            }
            match stage {
                // It never waited here, and may be asked for again all the same.
                None => {
                    batch.recorded.push(new_entry(recorded, Progress::Ready, now));
                    self.finish(&mut batch, id, told.clone());
                }
                // Headquarters holds it for a person: whoever asked for it sees it in the list until that has decided.
                Some(stage) => batch.recorded.push(new_entry(recorded, Progress::Delivered(stage), now)),
            }
            batch.deliver_again = call.asked_at.restarts != self.restarts;
        }
        self.settle(request, batch, Answer::Saved(saved), Vec::new(), out);
    }

    /// Customers as far as they may be kept on the register.
    pub(crate) fn may_keep(&self, customers: Vec<CustomerState>) -> Vec<CustomerState> {
        if self.keeps_customers() { customers } else { Vec::new() }
    }

    pub(crate) fn performed(
        &mut self,
        request: RequestId,
        result: Result<PerformAnswer, SendFailure>,
        now: Now,
        out: &mut Vec<Effect>,
    ) {
        match self.calls.remove(&request) {
            Some(Call::Creation(call)) => self.creation_performed(request, *call, result, out),
            Some(Call::Change(call)) => self.change_performed(request, *call, result, now, out),
            Some(Call::Held { id, asked_at }) => self.held_performed(id, asked_at, result, now, out),
            None => {}
        }
    }
}

/// A customer as the screens show it: what the channel said, with what this register recorded since on top.
pub fn overlay<'a>(
    mut state: CustomerState,
    waiting: impl IntoIterator<Item = &'a Action>,
    country: &kase_domain::Country,
) -> CustomerState {
    for action in waiting {
        match action {
            Action::EditCustomer { changes } => {
                let merged: Result<_, EditError> = merge_changes(&state.customer, changes, country);
                if let Ok(merge) = merged {
                    state.customer = merge.customer;
                }
            }
            Action::AddAddress { address } => {
                let record = state.customer.to_record();
                let known = record.addresses.iter().any(|other| other.id == address.id);
                let whole = record.with_address(address.clone());
                if !known && let Ok(customer) = Customer::parse(&whole, country) {
                    state.customer = customer;
                    state.pending_addresses.push(address.id);
                }
            }
            Action::CreateCustomer { .. } | Action::IssueLoyaltyCard { .. } => {}
        }
    }
    state
}

/// Whether the rules for pending customers hold.
pub fn standing(account: &Account) -> Standing {
    if account.is_pending() { Standing::Pending } else { Standing::Synced }
}

fn saved(state: &CustomerState) -> Saved {
    Saved {
        customer_id: state.customer_id,
        account: state.account.clone(),
        reference: state.reference.clone(),
        held_fields: Vec::new(),
        customer: None,
    }
}
