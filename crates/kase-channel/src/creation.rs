//! `POST customers`: a customer made through the API, by the mode in force. The channel records what a register
//! would have recorded; the same request again gets the first answer.

use kase_domain::{
    Account, Action, ChannelCreation, ChannelSettings, Customer, CustomerId, CustomerRecord, ErrorCode,
    OPERATION_VERSION, Operation, OperationId, ShortReference, Stage, decide_in_channel, split_for_pending,
    with_defaults,
};
use kase_replication::{CustomerState, Fingerprint, RecordedOperation};

use crate::attributes::check_new;
use crate::performing::Called;
use crate::progress::Progress;
use crate::store::operation::Origin;
use crate::store::{customer, operation, outbox, place};
use crate::typed::check_typed;
use crate::{Channel, ChannelError, Session};

/// What became of a creation.
#[derive(Debug, Clone, PartialEq)]
pub struct Created {
    /// Whether this request made the customer; false on a repeat.
    pub first: bool,
    /// How far it has come.
    pub account: Account,
    /// What people call it while it is pending.
    pub reference: Option<ShortReference>,
    /// Fields that wait for the account number.
    pub held_fields: Vec<String>,
}

/// The operations of one creation.
struct Recorded {
    creation: RecordedOperation,
    held: Option<RecordedOperation>,
}

impl Channel {
    /// Creates a customer. `fingerprint` is that of the request: the same id with another request is refused.
    pub async fn create_customer(
        &self,
        session: &Session,
        id: CustomerId,
        typed: CustomerRecord,
        fingerprint: Fingerprint,
    ) -> Result<Created, ChannelError> {
        session.device.may_work()?;
        let turn = self.turn(id.into()).await;
        let mut read = self.database.snapshot().await?;
        let entry = operation::find(&mut read, id.into()).await?;
        let known = customer::find(&mut read, id).await?;
        let settings = self.settings_in(&mut read).await?;
        let forgot = place::was_restored(&mut read).await?;
        drop(read);
        let creation = match (entry, known) {
            (Some(entry), _) if entry.body_fingerprint.as_deref() != Some(&fingerprint.0[..]) => {
                return Err(ErrorCode::IdempotencyMismatch.into());
            }
            (Some(entry), _) if entry.progress == Progress::Asked => entry.operation()?,
            (Some(_), Some(known)) => return self.created(false, known).await,
            // This channel forgot the request when it went back in time; headquarters has what came of it.
            (None, Some(known)) if forgot && says_the_same(&typed, &settings, &known) => {
                return self.created(false, known).await;
            }
            // An id that headquarters knows and this channel's log does not was made elsewhere.
            (_, Some(_)) => return Err(ErrorCode::IdempotencyMismatch.into()),
            (Some(entry), None) => entry.operation()?,
            (None, None) => self.record_asked(session, id, typed, &settings, fingerprint).await?,
        };
        if decide_in_channel(settings.create_customer_async) == ChannelCreation::RealTimeCall {
            let origin = Origin::of_request(fingerprint);
            match self.call(&creation, origin).await? {
                Called::Performed(_) => {
                    // What is held has turns of its own, and one of them may be this very one.
                    drop(turn);
                    self.perform_held(Some(id)).await;
                    return self.created_now(id, &creation).await;
                }
                Called::Refused(refusal) => {
                    self.withdraw(id).await?;
                    return Err(ChannelError::Refused(refusal));
                }
                Called::Failed | Called::NotReached => {}
            }
        }
        self.release(&creation).await?;
        self.created_now(id, &creation).await
    }

    /// Records the request's operations before anybody is asked, so that a repeat after a crash asks with the
    /// same bytes. They are not sent and the customer does not show until it is decided.
    async fn record_asked(
        &self,
        session: &Session,
        id: CustomerId,
        typed: CustomerRecord,
        settings: &ChannelSettings,
        fingerprint: Fingerprint,
    ) -> Result<RecordedOperation, ChannelError> {
        let full = Customer::parse(&with_defaults(typed.clone(), settings), &settings.country)
            .map_err(ChannelError::Fields)?;
        check_typed(&typed)?;
        check_new(&full, &settings.attributes)?;
        let mut write = self.write().await?;
        let count = place::next_reference(write.connection()).await?;
        let reference = ShortReference::new(&format!("{}W", session.device.reference_prefix), count);
        let recorded = self.operations(session, id, &full, settings, reference)?;
        let origin = Origin::of_request(fingerprint);
        write.append(&recorded.creation, origin, &Progress::Asked).await?;
        if let Some(held) = &recorded.held {
            write.append(held, Origin::default(), &Progress::Held).await?;
        }
        write.commit().await?;
        Ok(recorded.creation)
    }

    fn operations(
        &self,
        session: &Session,
        id: CustomerId,
        full: &Customer,
        settings: &ChannelSettings,
        reference: ShortReference,
    ) -> Result<Recorded, ChannelError> {
        let split = split_for_pending(&full.to_record(), settings.switches);
        let now = Customer::parse(&split.now, &settings.country).map_err(ChannelError::Fields)?;
        let operation = |id_of, sequence, action| Operation {
            id: id_of,
            customer_id: id,
            sequence,
            version: OPERATION_VERSION,
            settings_version: settings.version,
            operator: session.operator.clone(),
            recorded_at: self.environment.now(),
            action,
        };
        let creation = Action::CreateCustomer { reference, customer: Box::new(now) };
        let creation = record(operation(id.into(), 0, creation))?;
        let held = if split.held.is_empty() {
            None
        } else {
            let edit = Action::EditCustomer { changes: split.held };
            Some(record(operation(OperationId(self.environment.new_id()), 1, edit))?)
        };
        Ok(Recorded { creation, held })
    }

    /// The creation is asynchronous after all: it is sent, and the customer shows as pending.
    async fn release(&self, creation: &RecordedOperation) -> Result<(), ChannelError> {
        let id = creation.operation().customer_id;
        let mut write = self.write().await?;
        if customer::find(write.connection(), id).await?.is_none() {
            if let Some(state) =
                CustomerState::recorded(creation.operation(), Account::Pending(Stage::InChannel))
            {
                write.put_customer(state).await?;
            }
            write.set_progress(id.into(), &Progress::Ready).await?;
        }
        write.commit().await
    }

    /// Headquarters said no while the caller waited: nothing remains recorded.
    async fn withdraw(&self, id: CustomerId) -> Result<(), ChannelError> {
        let mut write = self.write().await?;
        operation::withdraw_all(write.connection(), id).await?;
        write.commit().await
    }

    async fn created_now(
        &self,
        id: CustomerId,
        creation: &RecordedOperation,
    ) -> Result<Created, ChannelError> {
        let mut read = self.database.snapshot().await?;
        let known = customer::find(&mut read, id).await?;
        drop(read);
        match known {
            Some(known) => self.created(true, known).await,
            None => Err(ChannelError::Corrupt(format!("{} shows no customer", creation.operation().id))),
        }
    }

    async fn created(&self, first: bool, known: CustomerState) -> Result<Created, ChannelError> {
        let mut read = self.database.snapshot().await?;
        let held_fields = outbox::held_fields(&mut read, known.customer_id).await?;
        let reference = known.reference.filter(|_| known.account.is_pending());
        Ok(Created { first, account: known.account, reference, held_fields })
    }
}

/// Whether a customer is what a request says, as far as that says anything: headquarters may know more by now.
fn says_the_same(typed: &CustomerRecord, settings: &ChannelSettings, known: &CustomerState) -> bool {
    let Ok(asked) = Customer::parse(typed, &settings.country) else { return false };
    let fields = |customer: &Customer| match serde_json::to_value(customer.to_record()) {
        Ok(serde_json::Value::Object(fields)) => Some(fields),
        _ => None,
    };
    let (Some(asked), Some(known)) = (fields(&asked), fields(&known.customer)) else { return false };
    let is_empty = |value: &serde_json::Value| value.as_array().is_some_and(Vec::is_empty);
    asked.iter().all(|(name, value)| is_empty(value) || known.get(name) == Some(value))
}

/// Serializes an operation, once.
pub(crate) fn record(operation: Operation) -> Result<RecordedOperation, ChannelError> {
    RecordedOperation::record(operation).map_err(|error| ChannelError::Corrupt(error.to_string()))
}
