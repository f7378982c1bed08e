//! One exchange with headquarters at a time: push what waits, pull what is new, perform what was held. When to do
//! which decides [`kase_replication::Link`]; whoever drives it calls here.

use kase_domain::{Account, CustomerAction, CustomerId, ErrorCode, OperationId, Permission, Stage, permit};
use kase_replication::{
    Failure, HeadquartersReach, MOST_BATCH_OPERATIONS, MOST_PULLED_CHANGES, Outcome, PushAnswer, PushRequest,
    plan_batch,
};

use crate::judgement::standing;
use crate::performing::Called;
use crate::progress::Progress;
use crate::store::operation::{Entry, Origin};
use crate::store::{customer, operation, outbox, place};
use crate::writing::Writing;
use crate::{Channel, ChannelError, Hints, TransportError};

/// Held operations looked at after one pull.
const HELD_PER_PULL: u32 = 100;

impl Channel {
    /// Pushes one batch. `Ok` says whether more waits to be pushed.
    pub async fn push_once(&self) -> Result<bool, Failure> {
        self.push_batch().await.map_err(|error| self.failed("push", &error))
    }

    /// Pulls once, and performs what was held for the account numbers that came. `Ok` says whether there is more
    /// to pull.
    pub async fn pull_once(&self) -> Result<bool, Failure> {
        let more = self.pull_batch().await.map_err(|error| self.failed("pull", &error))?;
        let all = self.perform_held(None).await.map_err(|error| self.failed("held edit", &error.into()))?;
        // A pull that is tried again comes back to the edits that headquarters could not be asked about.
        if all { Ok(more) } else { Err(Failure::Unreachable) }
    }

    /// Listens to headquarters.
    pub async fn headquarters_hints(&self) -> Result<Hints, TransportError> {
        let hints = self.headquarters.hints().await;
        // Whether it answers when it is asked, a stream does not say.
        match &hints {
            Ok(_) => self.note_reach(HeadquartersReach::Reached),
            Err(_) => self.note_silence(),
        }
        hints
    }

    async fn push_batch(&self) -> Result<bool, LinkError> {
        let mut read = self.database.snapshot().await.map_err(ChannelError::from)?;
        let most = u32::try_from(MOST_BATCH_OPERATIONS).unwrap_or(u32::MAX);
        let batch = plan_batch(outbox::ready(&mut read, most).await?);
        let mut request = PushRequest::default();
        for id in &batch {
            if let Some(entry) = operation::find(&mut read, *id).await? {
                request.operations.push(entry.operation()?.raw().to_owned());
                request.remarks.extend(entry.remark.map(|remark| (*id, remark)));
            }
        }
        drop(read);
        if request.operations.is_empty() {
            return Ok(false);
        }
        let answer = self.headquarters.push(&request).await;
        self.note_answer(&answer);
        self.store_pushed(&batch, answer?).await
    }

    async fn store_pushed(&self, batch: &[OperationId], answer: PushAnswer) -> Result<bool, LinkError> {
        let mut write = self.write().await?;
        let mut answered = 0;
        for result in answer.results {
            let Some(id) = result.id.filter(|id| batch.contains(id)) else { continue };
            let Some(entry) = operation::find(write.connection(), id).await? else { continue };
            answered += 1;
            self.store_result(&mut write, &entry, result.outcome).await?;
        }
        let more = !outbox::ready(write.connection(), 1).await?.is_empty();
        write.commit().await?;
        if answered == 0 {
            return Err(TransportError::Unreachable("no operation was answered".into()).into());
        }
        Ok(more)
    }

    async fn store_result(
        &self,
        write: &mut Writing<'_>,
        entry: &Entry,
        outcome: Outcome,
    ) -> Result<(), ChannelError> {
        let creates = entry.creates();
        match outcome {
            Outcome::Refused(refusal) => {
                tracing::warn!(channel = %self.id, operation = %entry.id, code = ?refusal.code, "refused by headquarters");
                write.set_progress(entry.id, &Progress::Refused(refusal.clone())).await?;
                if creates {
                    let refused = Account::Pending(Stage::Refused(refusal));
                    self.advance_refused(write, entry, refused).await?;
                }
            }
            Outcome::Accepted(account) | Outcome::Duplicate(account) if creates => {
                // The number itself comes with the feed; a creation delivered again may have it already.
                let stage = match account {
                    Account::Pending(stage) => stage,
                    Account::Synced(_) => Stage::NumberAssigned,
                };
                write.set_progress(entry.id, &Progress::Delivered(stage.clone())).await?;
                self.advance_customer(write, entry.customer_id, Account::Pending(stage)).await?;
            }
            Outcome::Accepted(account) | Outcome::Duplicate(account) => {
                let progress = match account {
                    Account::Pending(stage) => Progress::Delivered(stage),
                    Account::Synced(_) => Progress::Done,
                };
                write.set_progress(entry.id, &progress).await?;
            }
        }
        Ok(())
    }

    async fn advance_refused(
        &self,
        write: &mut Writing<'_>,
        entry: &Entry,
        refused: Account,
    ) -> Result<(), ChannelError> {
        if let Some(mut state) = customer::find(write.connection(), entry.customer_id).await? {
            state.account = state.account.advanced(&refused);
            write.put_customer(state).await?;
        }
        Ok(())
    }

    async fn pull_batch(&self) -> Result<bool, LinkError> {
        let cursor = {
            let mut read = self.database.snapshot().await.map_err(ChannelError::from)?;
            place::cursor(&mut read).await.map_err(ChannelError::from)?
        };
        let answer = self.headquarters.pull(cursor.as_deref(), MOST_PULLED_CHANGES).await;
        self.note_answer(&answer);
        let answer = answer?;
        let mut write = self.write().await?;
        if answer.restarted {
            tracing::warn!(channel = %self.id, "headquarters begins its feed anew; delivering everything again");
            outbox::deliver_again(write.connection()).await?;
            write.sends();
        }
        self.apply_all(&mut write, answer.changes).await?;
        place::set_cursor(write.connection(), &answer.cursor).await.map_err(ChannelError::from)?;
        write.commit().await?;
        Ok(answer.more)
    }

    /// Performs the edits, of one customer or of all, that waited for an account number which is here now;
    /// `false` when headquarters could not be asked.
    pub(crate) async fn perform_held(&self, of: Option<CustomerId>) -> Result<bool, ChannelError> {
        let held = {
            let mut read = self.database.snapshot().await?;
            outbox::held_with_number(&mut read, HELD_PER_PULL).await?
        };
        for entry in held.into_iter().filter(|entry| of.is_none_or(|id| id == entry.customer_id)) {
            if !self.perform_held_one(&entry).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Performs one held edit; `false` when headquarters could not be asked.
    async fn perform_held_one(&self, entry: &Entry) -> Result<bool, ChannelError> {
        let recorded = entry.operation()?;
        let _turn = self.turn(entry.id).await;
        let mut read = self.database.snapshot().await?;
        let switches = self.settings_in(&mut read).await?.switches;
        let Some(state) = customer::find(&mut read, entry.customer_id).await? else { return Ok(true) };
        drop(read);
        let permission = permit(CustomerAction::Edit, standing(&state), switches);
        if permission == Permission::Recorded {
            let mut write = self.write().await?;
            write.set_progress(entry.id, &Progress::Ready).await?;
            write.commit().await?;
            return Ok(true);
        }
        let refusal = match self.call(&recorded, Origin::default()).await? {
            Called::Performed(_) => return Ok(true),
            Called::NotReached => return Ok(false),
            Called::Refused(refusal) => refusal,
        };
        let mut write = self.write().await?;
        if refusal.code == ErrorCode::IdempotencyMismatch {
            // Headquarters has something else under this id: to deliver it would tell nobody anything.
            write.set_progress(entry.id, &Progress::Refused(refusal)).await?;
        } else {
            write.carry_on_refused(entry.id, &refusal).await?;
        }
        write.commit().await?;
        Ok(true)
    }

    fn failed(&self, what: &str, error: &LinkError) -> Failure {
        tracing::warn!(channel = %self.id, %error, "{what} failed");
        match error {
            LinkError::Transport(error) => error.failure(),
            LinkError::Channel(_) => Failure::Unreachable,
        }
    }
}

/// Why an exchange failed.
#[derive(Debug, thiserror::Error)]
enum LinkError {
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error(transparent)]
    Channel(#[from] ChannelError),
}

impl From<ErrorCode> for LinkError {
    fn from(code: ErrorCode) -> Self {
        Self::Channel(code.into())
    }
}
