//! Recording operations asynchronously: `replication/push`. Deduplicated for ever, and headquarters is never
//! called. What is refused is recorded as such and goes to headquarters too, where a person decides.

use kase_domain::{Account, Action, ChannelSettings, ErrorCode, FieldError, OperationId, Refusal, Stage};
use kase_replication::{
    CustomerState, MOST_BATCH_OPERATIONS, OperationResult, Outcome, PushAnswer, PushRequest,
    RecordedOperation, Remark,
};
use kase_service::{field_refusal, refusal};
use kase_text::Locale;
use sqlx::SqliteConnection;

use crate::attributes::judge_attributes;
use crate::judgement::{Judgement, judge, read_operation};
use crate::progress::Progress;
use crate::showing::show;
use crate::store::kept::Kept;
use crate::store::operation::{Entry, Origin};
use crate::store::{customer, operation, settings};
use crate::unreadable::keep_unreadable;
use crate::writing::Writing;
use crate::{Channel, ChannelError, Device};

impl Channel {
    /// Records what a register delivers: each operation alone, all that are good in one transaction. What is being
    /// asked about in a real-time call at this moment (a page that was loaded anew knows nothing of it) is left out
    /// of the answer: its sender comes again, and the call has the word.
    pub async fn push(
        &self,
        device: &Device,
        request: &PushRequest,
        locale: Locale,
    ) -> Result<PushAnswer, ChannelError> {
        if request.operations.len() > MOST_BATCH_OPERATIONS {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        let review = device.delivers_only.then(|| Remark::Review { register: device.register.clone() });
        let origin = Origin { remark: review.as_ref(), ..Origin::of_register(&device.register) };
        let read: Vec<_> = request.operations.iter().map(|raw| (raw, read_operation(raw, locale))).collect();
        let readable = read.iter().filter_map(|(_, operation)| operation.as_ref().ok());
        let turns = self.free_turns(readable.map(|recorded| recorded.operation().id));
        let mut write = self.write().await?;
        let believes = self.believes(&mut write, device, request).await?;
        let mut results = Vec::with_capacity(read.len());
        for (raw, operation) in read {
            let result = match operation {
                Err(refused) => keep_unreadable(&mut write, raw, refused, origin, locale).await?,
                Ok(recorded) if !turns.has(recorded.operation().id) => continue,
                Ok(recorded) => {
                    let claim = request.claims.get(&recorded.operation().id);
                    let outcome = match claim.filter(|claim| believes && claim.took_effect) {
                        Some(claim) => self.take_back(&mut write, &recorded, origin, claim, locale).await?,
                        None => self.record(&mut write, &recorded, origin, locale).await?,
                    };
                    if let Outcome::Refused(refusal) = &outcome {
                        keep_refused(&mut write, &recorded, origin, refusal).await?;
                    }
                    OperationResult { id: Some(recorded.operation().id), outcome }
                }
            };
            results.push(result);
        }
        write.commit().await?;
        Ok(PushAnswer { results })
    }

    /// Records one operation, unless it was or may not be.
    pub(crate) async fn record(
        &self,
        write: &mut Writing<'_>,
        recorded: &RecordedOperation,
        origin: Origin<'_>,
        locale: Locale,
    ) -> Result<Outcome, ChannelError> {
        let operation = recorded.operation();
        if let Some(entry) = operation::find(write.connection(), operation.id).await? {
            return pushed_again(write, &entry, recorded, locale).await;
        }
        let settings = self.settings_of(write.connection(), recorded).await?;
        if let Err(refusal) = judge_attributes(operation, &settings.attributes, locale) {
            return Ok(Outcome::Refused(refusal));
        }
        let known = customer::find(write.connection(), operation.customer_id).await?;
        match judge(operation, known.as_ref(), settings.switches, locale) {
            Judgement::Refuse(refusal) => Ok(Outcome::Refused(refusal)),
            // It waited for its customer's account number and must be asked for, not delivered.
            Judgement::RealTime => {
                Ok(Outcome::Refused(refusal(locale, ErrorCode::HeadquartersUnreachable, None)))
            }
            Judgement::Record => {
                let recorded = self.append(write, recorded, known, &settings, origin).await?;
                Ok(recorded.map_or_else(|error| refuse_fields(&error, locale), Outcome::Accepted))
            }
        }
    }

    /// Appends an operation that was judged, with what it shows of its customer.
    pub(crate) async fn append(
        &self,
        write: &mut Writing<'_>,
        recorded: &RecordedOperation,
        known: Option<CustomerState>,
        settings: &ChannelSettings,
        origin: Origin<'_>,
    ) -> Result<Result<Account, Vec<FieldError>>, ChannelError> {
        let account = match (&recorded.operation().action, known) {
            // After a backup came back, headquarters may know the customer when its creation comes again.
            (Action::CreateCustomer { .. }, Some(known)) => known.account,
            (Action::CreateCustomer { .. }, None) => {
                let pending = Account::Pending(Stage::InChannel);
                if let Some(state) = CustomerState::recorded(recorded.operation(), pending.clone()) {
                    write.put_customer(state).await?;
                }
                pending
            }
            (action, Some(mut known)) => {
                if let Err(errors) = show(&mut known, action, &settings.country) {
                    return Ok(Err(errors));
                }
                // What waits for a person shows once it has taken effect.
                if origin.remark.is_none() {
                    write.put_customer(known).await?;
                }
                Account::Pending(Stage::InChannel)
            }
            (_, None) => return Err(ErrorCode::UnknownCustomer.into()),
        };
        write.append(recorded, origin, &Progress::Ready).await?;
        Ok(Ok(account))
    }

    /// The settings that an operation was recorded under; those in force where they are not known here.
    pub(crate) async fn settings_of(
        &self,
        connection: &mut SqliteConnection,
        recorded: &RecordedOperation,
    ) -> Result<ChannelSettings, ChannelError> {
        match settings::of_version(connection, recorded.operation().settings_version).await? {
            Some(settings) => Ok(settings),
            None => self.settings_in(connection).await,
        }
    }
}

/// Keeps a refused operation and carries it on, so that headquarters' people see it and decide. What is known under
/// its id already stays as it is, and a creation that names another customer can never become one.
pub(crate) async fn keep_refused(
    write: &mut Writing<'_>,
    recorded: &RecordedOperation,
    origin: Origin<'_>,
    refusal: &Refusal,
) -> Result<(), ChannelError> {
    let operation = recorded.operation();
    let creates = matches!(operation.action, Action::CreateCustomer { .. });
    let names_another = creates && operation.id != OperationId::from(operation.customer_id);
    if names_another || operation::find(write.connection(), operation.id).await?.is_some() {
        return Ok(());
    }
    tracing::warn!(operation = %operation.id, code = ?refusal.code, "refused, and carried on for a person");
    let refused = Account::Pending(Stage::Refused(refusal.clone()));
    if let Some(state) = CustomerState::recorded(operation, refused)
        && customer::find(write.connection(), state.customer_id).await?.is_none()
    {
        write.put_customer(state).await?;
    }
    let remark = Remark::Refused(refusal.clone());
    write.append(recorded, Origin { remark: Some(&remark), ..origin }, &Progress::Ready).await
}

/// The answer to an operation that came before: the first answer brought up to date, or no, if it is another.
pub(crate) async fn repeated(
    connection: &mut SqliteConnection,
    entry: &Entry,
    kept: impl Into<Kept<'_>>,
    locale: Locale,
) -> Result<Outcome, ChannelError> {
    if entry.fingerprint != kept.into().fingerprint().0 {
        return Ok(Outcome::Refused(refusal(locale, ErrorCode::IdempotencyMismatch, None)));
    }
    if let Some(refusal) = entry.refusal() {
        return Ok(Outcome::Refused(refusal));
    }
    Ok(Outcome::Duplicate(account_of(connection, entry).await?))
}

/// The answer to an operation that is delivered once more. Its sender waits for what ends it: where that stands in no
/// account number yet, the feed says once more that it has taken effect.
pub(crate) async fn pushed_again(
    write: &mut Writing<'_>,
    entry: &Entry,
    recorded: &RecordedOperation,
    locale: Locale,
) -> Result<Outcome, ChannelError> {
    let outcome = repeated(write.connection(), entry, recorded, locale).await?;
    if entry.progress == Progress::Done && matches!(outcome, Outcome::Duplicate(Account::Pending(_))) {
        write.set_progress(entry.id, &entry.progress).await?;
    }
    Ok(outcome)
}

/// How far a recorded operation has come: its stage, or the account number.
pub(crate) async fn account_of(
    connection: &mut SqliteConnection,
    entry: &Entry,
) -> Result<Account, ChannelError> {
    let stage = entry.stage();
    if !entry.creates()
        && let Some(stage) = stage
    {
        return Ok(Account::Pending(stage));
    }
    let known = customer::find(connection, entry.customer_id).await?;
    Ok(known.map_or(Account::Pending(stage.unwrap_or(Stage::NumberAssigned)), |known| known.account))
}

/// The first field to blame, as a refusal.
pub(crate) fn refuse_fields(errors: &[FieldError], locale: Locale) -> Outcome {
    Outcome::Refused(match errors.first() {
        Some(error) => field_refusal(locale, error),
        None => refusal(locale, ErrorCode::InvalidField, None),
    })
}
