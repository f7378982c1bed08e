//! What waits in this channel for its customer's account number, and is asked for at headquarters once that is here.
//! One entry that headquarters cannot do holds up its own customer's later ones, and nothing else.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use kase_domain::{Account, CustomerId, ErrorCode, OperationId, Stage, Timestamp};
use kase_replication::{Backoff, Outcome, RecordedOperation};
use kase_text::Locale;

use crate::judgement::may_be_recorded;
use crate::performing::Called;
use crate::progress::Progress;
use crate::recording::repeated;
use crate::store::operation::Origin;
use crate::store::{customer, operation, outbox};
use crate::{Channel, ChannelError, Device};

/// Held entries that are read at once.
const HELD_PER_READ: u32 = 100;

/// When what is held is tried without a pull.
#[derive(Debug, Default)]
pub(crate) struct HeldAgain {
    at: Option<Timestamp>,
    backoff: Backoff,
}

/// What came of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tried {
    /// It waits no more.
    Done,
    /// It waits on: headquarters could not do it, or this channel could not ask for it.
    Failed,
    /// Headquarters was not reached, and would not be for another.
    NotReached,
}

impl Channel {
    /// Takes what a register wants done once its customer's account number is here.
    pub(crate) async fn hold(
        &self,
        device: &Device,
        recorded: &RecordedOperation,
        locale: Locale,
    ) -> Result<Outcome, ChannelError> {
        let mut write = self.write().await?;
        if let Some(entry) = operation::find(write.connection(), recorded.operation().id).await? {
            return repeated(write.connection(), &entry, recorded, locale).await;
        }
        write.append(recorded, Origin::of_register(&device.register), &Progress::Held).await?;
        write.commit().await?;
        // The number may have come since this was judged, and with it the pull that would have seen to this.
        let now = self.environment.now();
        self.with_held_again(|again| again.at = Some(now));
        Ok(Outcome::Accepted(Account::Pending(Stage::InChannel)))
    }

    /// Performs what is held, of one customer or of all, for account numbers that are here now. What does not get
    /// through is tried again at a later hint, a heartbeat at the least.
    pub(crate) async fn perform_held(&self, of: Option<CustomerId>) {
        self.with_held_again(|again| {
            if of.is_none() {
                again.at = None;
            }
        });
        let tried = self.try_held(of).await.unwrap_or_else(|error| {
            tracing::warn!(channel = %self.id, %error, "what is held could not be read");
            Tried::Failed
        });
        let random = self.environment.random();
        let now = self.environment.now();
        self.with_held_again(|again| match tried {
            Tried::Done if of.is_none() => again.backoff.succeed(),
            Tried::Done => {}
            Tried::NotReached => again.at = Some(now),
            Tried::Failed => {
                let [a, b, c, d, ..] = random;
                let wait_ms = again.backoff.fail(u32::from_le_bytes([a, b, c, d]).into());
                again.at = Some(now.plus_ms(wait_ms));
            }
        });
    }

    /// Performs what is held if that is due.
    pub(crate) async fn perform_held_when_due(&self) {
        let now = self.environment.now();
        if self.with_held_again(|again| again.at.is_some_and(|at| at <= now)) {
            self.perform_held(None).await;
        }
    }

    fn with_held_again<T>(&self, act: impl FnOnce(&mut HeldAgain) -> T) -> T {
        act(&mut self.held_again.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn try_held(&self, of: Option<CustomerId>) -> Result<Tried, ChannelError> {
        let mut came = Tried::Done;
        let mut parked = BTreeSet::new();
        let mut after = 0;
        loop {
            let held = {
                let mut read = self.database.snapshot().await?;
                outbox::held_with_number(&mut read, of, after, HELD_PER_READ).await?
            };
            let Some(last) = held.last() else { return Ok(came) };
            after = last.recorded_order;
            for entry in held {
                if parked.contains(&entry.customer_id) {
                    continue;
                }
                let tried = self.try_held_one(entry.id).await.unwrap_or_else(|error| {
                    tracing::warn!(channel = %self.id, operation = %entry.id, %error, "what is held waits on");
                    Tried::Failed
                });
                match tried {
                    Tried::Done => {}
                    Tried::NotReached => return Ok(Tried::NotReached),
                    Tried::Failed => {
                        parked.insert(entry.customer_id);
                        came = Tried::Failed;
                    }
                }
            }
        }
    }

    async fn try_held_one(&self, id: OperationId) -> Result<Tried, ChannelError> {
        let _turn = self.turn(id).await;
        let mut read = self.database.snapshot().await?;
        let entry = operation::find(&mut read, id).await?.filter(|entry| entry.progress == Progress::Held);
        // Somebody else has seen to it.
        let Some(entry) = entry else { return Ok(Tried::Done) };
        let recorded = entry.operation()?;
        // A switch that was turned on since opens nothing: headquarters judges by what was in force then.
        let switches = self.settings_of(&mut read, &recorded).await?.switches;
        let Some(state) = customer::find(&mut read, entry.customer_id).await? else { return Ok(Tried::Done) };
        drop(read);
        if may_be_recorded(recorded.operation(), &state, switches) {
            let mut write = self.write().await?;
            write.set_progress(id, &Progress::Ready).await?;
            write.commit().await?;
            return Ok(Tried::Done);
        }
        let refusal = match self.call(&recorded, Origin::default()).await? {
            Called::Performed(_) => return Ok(Tried::Done),
            Called::Failed => return Ok(Tried::Failed),
            Called::NotReached => return Ok(Tried::NotReached),
            Called::Refused(refusal) => refusal,
        };
        let mut write = self.write().await?;
        if refusal.code == ErrorCode::IdempotencyMismatch {
            // Headquarters has something else under this id: to deliver it would tell nobody anything.
            write.set_progress(id, &Progress::Refused(refusal)).await?;
        } else {
            write.carry_on_refused(id, &refusal).await?;
        }
        write.commit().await?;
        Ok(Tried::Done)
    }
}
