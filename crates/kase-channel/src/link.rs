//! One exchange with headquarters at a time: push what waits, pull what is new, perform what was held. When to do
//! which decides [`kase_replication::Link`]; whoever drives it calls here.

use kase_domain::{Account, CustomerId, ErrorCode, Stage};
use kase_replication::{Failure, HeadquartersReach, MOST_PULLED_CHANGES, Outcome, PushAnswer, PushRequest};

use crate::delivering::{Batch, batch_of, next_batch};
use crate::progress::Progress;
use crate::store::operation::Entry;
use crate::store::{again, customer, operation, outbox, passed_over, place, unheard};
use crate::writing::Writing;
use crate::{Channel, ChannelError, Hints, TransportError};

impl Channel {
    /// Pushes one batch. `Ok` says whether more waits to be pushed.
    pub async fn push_once(&self) -> Result<bool, Failure> {
        let outcome = self.push_batch().await;
        self.note_push(outcome.as_ref().is_err_and(LinkError::is_of_the_job));
        outcome.map_err(|error| self.failed("push", &error))
    }

    /// Pulls once, and performs what was held for the account numbers that came. `Ok` says whether there is more
    /// to pull; what became of the held ones is no matter of the pull's.
    pub async fn pull_once(&self) -> Result<bool, Failure> {
        let outcome = self.pull_batch().await;
        self.note_pull(outcome.as_ref().is_err_and(LinkError::is_of_the_job));
        let more = outcome.map_err(|error| self.failed("pull", &error))?;
        self.perform_held(None).await;
        Ok(more)
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
        let batch = next_batch(&mut read).await?;
        drop(read);
        self.send(batch).await
    }

    /// A customer that headquarters may have forgotten is there before anything is asked about it.
    pub(crate) async fn send_again_before_a_call(&self, customer_id: CustomerId) -> Result<(), ChannelError> {
        let mut read = self.database.snapshot().await?;
        let batch = batch_of(&mut read, customer_id).await?;
        drop(read);
        match self.send(batch).await {
            Ok(_) => {}
            // The call itself says what the line is like.
            Err(LinkError::Transport(error)) => {
                tracing::info!(channel = %self.id, %error, "not delivered again")
            }
            Err(LinkError::Channel(error)) => return Err(error),
        }
        Ok(())
    }

    async fn send(&self, batch: Batch) -> Result<bool, LinkError> {
        if batch.is_empty() {
            let Some(passed) = batch.passes else { return Ok(false) };
            let mut write = self.write().await?;
            again::pass(write.connection(), passed).await?;
            let more = unheard::is_ready(write.connection()).await.map_err(ChannelError::from)?;
            write.commit().await?;
            return Ok(more);
        }
        let (failed_calls, all) = self.untold_missed_calls();
        let request = PushRequest { failed_calls, ..batch.request.clone() };
        let answer = self.headquarters.push(&request).await;
        self.note_answer(&answer);
        let answer = answer?;
        self.told_missed_calls(all);
        self.store_pushed(&batch, answer).await
    }

    async fn store_pushed(&self, batch: &Batch, answer: PushAnswer) -> Result<bool, LinkError> {
        let mut write = self.write().await?;
        let mut answered = 0;
        for result in answer.results {
            let Some(id) = result.id.filter(|id| batch.ids.contains(id)) else { continue };
            let Some(entry) = operation::find(write.connection(), id).await? else { continue };
            answered += 1;
            if entry.progress == Progress::Done {
                self.note_delivered_again(&entry, &result.outcome);
            } else {
                self.store_result(&mut write, &entry, result.outcome).await?;
            }
        }
        // Of a part that was not answered the whole is delivered once more, after a while.
        let is_whole = answered == batch.ids.len();
        if let Some(passed) = batch.passes.filter(|_| is_whole) {
            again::pass(write.connection(), passed).await?;
        }
        unheard::remove(write.connection(), &batch.offered).await?;
        let more = !outbox::ready(write.connection(), 1).await?.is_empty()
            || again::stretch(write.connection()).await?.is_some()
            || unheard::is_ready(write.connection()).await.map_err(ChannelError::from)?;
        write.commit().await?;
        if (answered == 0 && !batch.ids.is_empty()) || (batch.passes.is_some() && !is_whole) {
            return Err(TransportError::Unreachable("no operation was answered".into()).into());
        }
        Ok(more)
    }

    /// What has taken effect here stays so, whatever becomes of it at a headquarters that had forgotten it; its people
    /// see what is refused.
    fn note_delivered_again(&self, entry: &Entry, outcome: &Outcome) {
        if let Outcome::Refused(refusal) = outcome {
            tracing::warn!(channel = %self.id, operation = %entry.id, code = ?refusal.code, "headquarters does not take again what it had");
        }
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
            state.advance(&refused);
            write.put_customer(state).await?;
        }
        Ok(())
    }

    async fn pull_batch(&self) -> Result<bool, LinkError> {
        let (cursor, anew) = {
            let mut read = self.database.snapshot().await.map_err(ChannelError::from)?;
            let anew = passed_over::by_another_version(&mut read).await.map_err(ChannelError::from)?;
            let cursor = place::cursor(&mut read).await.map_err(ChannelError::from)?;
            (cursor.filter(|_| !anew), anew)
        };
        let answer = self.headquarters.pull(cursor.as_deref(), MOST_PULLED_CHANGES).await;
        self.note_answer(&answer);
        let answer = answer?;
        let mut write = self.write().await?;
        if answer.restarted {
            tracing::warn!(channel = %self.id, "headquarters begins its feed anew; delivering everything again");
            again::begin(write.connection()).await?;
            unheard::begin(write.connection()).await.map_err(ChannelError::from)?;
            write.sends();
        }
        unheard::hear(write.connection(), &answer.changes).await?;
        if !answer.more && unheard::heard_all(write.connection()).await? {
            write.sends();
        }
        if anew || answer.restarted {
            passed_over::forget_all(write.connection()).await.map_err(ChannelError::from)?;
        }
        for change in passed_over::note(write.connection(), &answer.changes).await? {
            tracing::warn!(channel = %self.id, change, "a change cannot be read by this version, and is passed over");
        }
        self.apply_all(&mut write, answer.changes).await?;
        place::set_cursor(write.connection(), &answer.cursor).await.map_err(ChannelError::from)?;
        write.commit().await?;
        Ok(answer.more)
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

impl LinkError {
    /// Whether the job itself fails. A headquarters that is out of reach is said as that.
    fn is_of_the_job(&self) -> bool {
        !matches!(self, Self::Transport(TransportError::Unreachable(_)))
    }
}

impl From<ErrorCode> for LinkError {
    fn from(code: ErrorCode) -> Self {
        Self::Channel(code.into())
    }
}
