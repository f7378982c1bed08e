//! One write: everything that belongs together in one transaction, then the word. Listeners and the search index
//! hear of it after the commit, never before.

use kase_domain::{OperationId, Refusal};
use kase_replication::CustomerState;
use kase_service::WriteTransaction;
use sqlx::SqliteConnection;
use tokio::sync::MutexGuard;

use crate::progress::Progress;
use crate::store::kept::Kept;
use crate::store::operation::{self, Origin};
use crate::store::{address_alias, customer, place};
use crate::{Channel, ChannelError};

/// An open write transaction and what is to be told when it is committed.
pub(crate) struct Writing<'a> {
    channel: &'a Channel,
    /// Held until the listeners know, so that they hear of two writes in the order of their commits.
    _turn: MutexGuard<'a, ()>,
    transaction: WriteTransaction,
    position: Option<i64>,
    changed: Vec<CustomerState>,
    sends: bool,
}

impl Channel {
    /// Begins a write; others wait for their turn.
    pub(crate) async fn write(&self) -> Result<Writing<'_>, ChannelError> {
        let turn = self.writing.lock().await;
        let transaction = self.database.write().await?;
        Ok(Writing {
            channel: self,
            _turn: turn,
            transaction,
            position: None,
            changed: Vec::new(),
            sends: false,
        })
    }
}

impl Writing<'_> {
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    /// Gives out the next position of the feed. Nobody else can meanwhile: the write lock is held.
    pub(crate) async fn position(&mut self) -> Result<i64, ChannelError> {
        let last = match self.position {
            Some(position) => position,
            None => place::position(&mut self.transaction).await?,
        };
        self.position = Some(last + 1);
        Ok(last + 1)
    }

    /// Puts a customer.
    pub(crate) async fn put_customer(&mut self, mut state: CustomerState) -> Result<(), ChannelError> {
        let position = self.position().await?;
        self.note_stage(&mut state);
        customer::put(&mut self.transaction, &state, position).await?;
        address_alias::note(&mut self.transaction, std::iter::once(&state)).await?;
        self.changed.push(state);
        Ok(())
    }

    /// Puts many customers at once.
    pub(crate) async fn put_customers(&mut self, mut states: Vec<CustomerState>) -> Result<(), ChannelError> {
        if states.is_empty() {
            return Ok(());
        }
        let mut positions = Vec::with_capacity(states.len());
        for state in &mut states {
            positions.push(self.position().await?);
            self.note_stage(state);
        }
        customer::put_many(&mut self.transaction, positions.into_iter().zip(&states)).await?;
        address_alias::note(&mut self.transaction, states.iter()).await?;
        self.changed.extend(states);
        Ok(())
    }

    /// A stage that nobody said a time of has just begun here.
    fn note_stage(&self, state: &mut CustomerState) {
        if state.account.is_pending() && state.stage_since.is_none() {
            state.stage_since = Some(self.channel.environment.now());
        }
    }

    /// Appends an operation.
    pub(crate) async fn append(
        &mut self,
        kept: impl Into<Kept<'_>>,
        origin: Origin<'_>,
        progress: &Progress,
    ) -> Result<(), ChannelError> {
        let position = self.position().await?;
        let now = self.channel.environment.now();
        operation::insert(&mut self.transaction, kept.into(), origin, progress, now, position).await?;
        self.sends |= *progress == Progress::Ready;
        Ok(())
    }

    /// Says how far an operation has come.
    pub(crate) async fn set_progress(
        &mut self,
        id: OperationId,
        progress: &Progress,
    ) -> Result<(), ChannelError> {
        let position = self.position().await?;
        operation::set_progress(&mut self.transaction, id, progress, position).await?;
        self.sends |= *progress == Progress::Ready;
        Ok(())
    }

    /// Carries a refused operation on to headquarters' people.
    pub(crate) async fn carry_on_refused(
        &mut self,
        id: OperationId,
        refusal: &Refusal,
    ) -> Result<(), ChannelError> {
        let position = self.position().await?;
        operation::carry_on_refused(&mut self.transaction, id, refusal, position).await?;
        self.sends();
        Ok(())
    }

    /// The outbox is worth a look, whatever was written.
    pub(crate) fn sends(&mut self) {
        self.sends = true;
    }

    /// An operation has left this progress: one that parked its customer's later ones parks them no more.
    pub(crate) fn unparks(&mut self, before: &Progress) {
        self.sends |= matches!(before, Progress::Held | Progress::Refused(_));
    }

    /// Commits, and then says so.
    pub(crate) async fn commit(mut self) -> Result<(), ChannelError> {
        if let Some(position) = self.position {
            place::set_position(&mut self.transaction, position).await?;
        }
        self.transaction.commit().await?;
        self.channel.find_from_now_on(self.changed.iter());
        if let Some(position) = self.position {
            self.channel.feed.send_replace(position);
        }
        if self.sends {
            self.channel.outbox.send_modify(|count| *count += 1);
        }
        Ok(())
    }
}
