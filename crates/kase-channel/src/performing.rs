//! The real-time call: `replication/perform`. Operations are performed one after the other while the operator
//! waits; a creation that headquarters cannot be asked about is recorded, everything else says so.

use kase_domain::{
    Account, Action, ChannelCreation, CustomerId, ErrorCode, RealTimeFailure, Refusal, after_failed_call,
    decide_in_channel,
};
use kase_replication::{
    Change, MOST_BATCH_OPERATIONS, OperationResult, Outcome, PerformAnswer, PushRequest, RecordedOperation,
};
use kase_text::Locale;

use crate::attributes::judge_attributes;
use crate::judgement::{Judgement, judge, read_operation};
use crate::progress::Progress;
use crate::recording::{keep_refused, repeated};
use crate::store::operation::Origin;
use crate::store::{customer, operation};
use crate::{Channel, ChannelError, Device, TransportError};

/// What became of asking headquarters.
pub(crate) enum Called {
    /// It did, or had done before; what it answered is stored.
    Performed(Outcome),
    /// It judged and said no; nothing is stored.
    Refused(Refusal),
    /// It answered, but could not do this; others may fare better.
    Failed,
    /// It could not be asked.
    NotReached,
}

impl Channel {
    /// Performs a register's operations.
    pub async fn perform(
        &self,
        device: &Device,
        request: &PushRequest,
        locale: Locale,
    ) -> Result<PerformAnswer, ChannelError> {
        device.may_work()?;
        if request.operations.len() > MOST_BATCH_OPERATIONS {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        let sender_keeps_nothing = self.settings().await?.filter_shared_customer_data;
        let mut results = Vec::new();
        let mut touched = Vec::new();
        for raw in &request.operations {
            let recorded = match read_operation(raw, locale) {
                Ok(recorded) => recorded,
                Err(refused) => {
                    let result = match request.unattended {
                        true => self.keep_unreadable_alone(device, raw, refused, locale).await?,
                        false => refused,
                    };
                    results.push(result);
                    break;
                }
            };
            let id = recorded.operation().customer_id;
            let just_pending = touched.contains(&id) && ends_pending(results.last());
            match self.perform_one(device, &recorded, locale).await {
                // What is closed only because its customer's creation fell back a moment ago waits for the number:
                // with its sender, unless that keeps nothing of customers.
                Ok(Outcome::Refused(_)) if just_pending && !sender_keeps_nothing => break,
                Ok(outcome) => {
                    let outcome = match outcome {
                        Outcome::Refused(refusal) if just_pending && is_of_pending(&refusal) => {
                            self.hold(device, &recorded, locale).await?
                        }
                        outcome => outcome,
                    };
                    let stops = matches!(outcome, Outcome::Refused(_));
                    if request.unattended {
                        self.keep_what_nobody_saw(device, &recorded, &outcome).await?;
                    }
                    results.push(OperationResult { id: Some(recorded.operation().id), outcome });
                    touched.push(id);
                    if stops {
                        break;
                    }
                }
                Err(ChannelError::Code(ErrorCode::HeadquartersUnreachable)) if !results.is_empty() => break,
                Err(error) => return Err(error),
            }
        }
        let changes = if !device.kiosk && !sender_keeps_nothing {
            self.customers_now(touched).await?
        } else {
            Vec::new()
        };
        Ok(PerformAnswer { results, changes })
    }

    /// A refusal that no operator is shown must reach headquarters' people. That an id means something else
    /// already is no judgement of what was recorded.
    async fn keep_what_nobody_saw(
        &self,
        device: &Device,
        recorded: &RecordedOperation,
        outcome: &Outcome,
    ) -> Result<(), ChannelError> {
        let Outcome::Refused(refusal) = outcome else { return Ok(()) };
        if refusal.code == ErrorCode::IdempotencyMismatch {
            return Ok(());
        }
        let mut write = self.write().await?;
        keep_refused(&mut write, recorded, Origin::of_register(&device.register), refusal).await?;
        write.commit().await
    }

    async fn perform_one(
        &self,
        device: &Device,
        recorded: &RecordedOperation,
        locale: Locale,
    ) -> Result<Outcome, ChannelError> {
        let operation = recorded.operation();
        let origin = Origin::of_register(&device.register);
        let _turn = self.turn(operation.id).await;
        let mut read = self.database.snapshot().await?;
        if let Some(entry) = operation::find(&mut read, operation.id).await?
            && entry.progress != Progress::Asked
        {
            return repeated(&mut read, &entry, recorded, locale).await;
        }
        let settings = self.settings_of(&mut read, recorded).await?;
        let profile = self.settings_in(&mut read).await?;
        let known = customer::find(&mut read, operation.customer_id).await?;
        drop(read);
        if let Err(refusal) = judge_attributes(operation, &settings.attributes, locale) {
            return Ok(Outcome::Refused(refusal));
        }
        let judgement = judge(operation, known.as_ref(), settings.switches, locale);
        let creates = matches!(operation.action, Action::CreateCustomer { .. });
        let asks = match judgement {
            Judgement::Refuse(refusal) => return Ok(Outcome::Refused(refusal)),
            Judgement::Record if creates => {
                decide_in_channel(profile.create_customer_async) == ChannelCreation::RealTimeCall
            }
            Judgement::Record => false,
            Judgement::RealTime => true,
        };
        if asks {
            match self.call(recorded, origin).await? {
                Called::Performed(outcome) => return Ok(outcome),
                Called::Refused(refusal) => return Ok(Outcome::Refused(refusal)),
                Called::Failed | Called::NotReached if creates => {}
                Called::Failed | Called::NotReached => {
                    return Err(ErrorCode::HeadquartersUnreachable.into());
                }
            }
        }
        let mut write = self.write().await?;
        let outcome = self.record(&mut write, recorded, origin, locale).await?;
        write.commit().await?;
        Ok(outcome)
    }

    /// Asks headquarters now, and stores what it answers in one transaction. While headquarters is known not to
    /// answer it is not asked: one operator has waited for nothing, the next one need not.
    pub(crate) async fn call(
        &self,
        recorded: &RecordedOperation,
        origin: Origin<'_>,
    ) -> Result<Called, ChannelError> {
        if self.is_silent() {
            self.note_missed_call();
            return Ok(Called::NotReached);
        }
        self.send_again_before_a_call(recorded.operation().customer_id).await?;
        let id = recorded.operation().id;
        let operations = vec![recorded.raw().to_owned()];
        let request = PushRequest { operations, ..PushRequest::default() };
        let answer = match self.headquarters.perform(&request).await {
            Ok(answer) => answer,
            Err(error) => {
                self.note_failed_call(&error);
                return Ok(match error {
                    TransportError::Failed(_) | TransportError::Problem { .. } => Called::Failed,
                    TransportError::Unreachable(_) | TransportError::Rejected(_) => Called::NotReached,
                });
            }
        };
        self.note_answer::<()>(&Ok(()));
        let Some(result) = answer.results.into_iter().find(|result| result.id == Some(id)) else {
            self.note_missed_call();
            tracing::warn!(channel = %self.id, operation = %id, "a real-time call was not answered");
            return Ok(Called::Failed);
        };
        let outcome = match result.outcome {
            Outcome::Refused(refusal) => {
                let failure = failure_of(&refusal);
                return Ok(match after_failed_call(failure) {
                    Err(_) => Called::Refused(refusal),
                    Ok(_) => Called::Failed,
                });
            }
            outcome => outcome,
        };
        self.store_performed(recorded, origin, &outcome, answer.changes).await?;
        Ok(Called::Performed(outcome))
    }

    async fn store_performed(
        &self,
        recorded: &RecordedOperation,
        origin: Origin<'_>,
        outcome: &Outcome,
        changes: Vec<Change>,
    ) -> Result<(), ChannelError> {
        let progress = match outcome {
            Outcome::Accepted(Account::Pending(stage)) | Outcome::Duplicate(Account::Pending(stage)) => {
                Progress::Delivered(stage.clone())
            }
            _ => Progress::Done,
        };
        let id = recorded.operation().id;
        let mut write = self.write().await?;
        match operation::find(write.connection(), id).await? {
            None => write.append(recorded, origin, &progress).await?,
            Some(entry) => {
                write.set_progress(id, &progress).await?;
                write.unparks(&entry.progress);
            }
        }
        operation::note_performed(write.connection(), id).await?;
        for change in changes {
            self.apply(&mut write, change).await?;
        }
        write.commit().await
    }

    async fn customers_now(&self, mut ids: Vec<CustomerId>) -> Result<Vec<Change>, ChannelError> {
        ids.sort_unstable();
        ids.dedup();
        let mut read = self.database.snapshot().await?;
        let mut changes = Vec::with_capacity(ids.len());
        for id in ids {
            changes
                .extend(customer::find(&mut read, id).await?.map(|state| Change::Customer(Box::new(state))));
        }
        Ok(changes)
    }
}

/// Only a judgement of what was recorded is one of business. That headquarters cannot now, does not know this
/// version or does not let this channel in, is none: the customer is not turned away for it.
fn failure_of(refusal: &Refusal) -> RealTimeFailure {
    match refusal.code {
        ErrorCode::InvalidField
        | ErrorCode::TooLong
        | ErrorCode::UnknownCustomer
        | ErrorCode::IdempotencyMismatch
        | ErrorCode::CustomerPendingEdit
        | ErrorCode::CustomerPendingLoyalty
        | ErrorCode::CustomerPendingField
        | ErrorCode::LoyaltyBlocked
        | ErrorCode::LoyaltyCardTaken
        | ErrorCode::FeaturePrerequisite => RealTimeFailure::Business(refusal.code),
        _ => RealTimeFailure::Technical,
    }
}

/// Whether it was refused for no more than that its customer has no account number.
fn is_of_pending(refusal: &Refusal) -> bool {
    use ErrorCode::{CustomerPendingEdit, CustomerPendingField, CustomerPendingLoyalty};
    matches!(refusal.code, CustomerPendingEdit | CustomerPendingField | CustomerPendingLoyalty)
}

fn ends_pending(result: Option<&OperationResult>) -> bool {
    let account = match result.map(|result| &result.outcome) {
        Some(Outcome::Accepted(account) | Outcome::Duplicate(account)) => account,
        _ => return false,
    };
    account.is_pending()
}
