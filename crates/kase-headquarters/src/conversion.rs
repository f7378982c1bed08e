//! The job *Synchronize customers and channel requests*: turns staged operations into customers with account
//! numbers, and applies edits, addresses and loyalty cards. Operations of one customer stay in order; a refused
//! one parks its customer and nobody else. Each batch is one transaction, and between batches everybody else
//! gets a turn, so that a burst from the stores never slows real-time calls.

mod attributes;
mod book;
mod claimed_numbers;
mod create;
mod decide;
mod edit;
mod judge;
mod loyalty;
mod reading;
mod settle;
mod waiting;

use kase_domain::ErrorCode;
use kase_service::refusal;
use kase_text::Locale;

pub(crate) use book::Book;
pub(crate) use decide::{Verdict, decide};
pub(crate) use reading::{Reading, Unreadable, read, read_recorded, read_text, with_payload};
pub(crate) use settle::settle;
pub(crate) use waiting::{Waiting, waiting, waiting_of};

use crate::jobs::SYNCHRONIZE;
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

/// Operations in one transaction: enough to share the cost of the disk, few enough that a real-time call waits
/// for some tens of milliseconds at most.
pub const CONVERSION_BATCH: usize = 250;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Operations that took effect.
    pub applied: usize,
    /// Operations that wait for a person.
    pub refused: usize,
    /// Operations of which a part is held for review.
    pub held: usize,
    /// Whether operations are still in line: call again.
    pub more: bool,
}

impl Headquarters {
    /// Converts at most `limit` operations. Crashed, repeated or run twice at once, it leaves one account per
    /// customer id: what is in line is read inside the transaction that settles it.
    pub async fn run_conversion(&self, limit: usize) -> Result<Progress, HeadquartersError> {
        let outcome = self.convert_up_to(limit).await;
        match &outcome {
            Ok(progress) => {
                self.job_runs.succeeded(SYNCHRONIZE, self.now(), progress.applied + progress.held);
            }
            Err(_) => self.job_runs.failed(SYNCHRONIZE, self.now()),
        }
        outcome
    }

    async fn convert_up_to(&self, limit: usize) -> Result<Progress, HeadquartersError> {
        let mut progress = Progress::default();
        let mut one_by_one = 0;
        let mut left = limit;
        while left > 0 {
            let size = if one_by_one > 0 { 1 } else { CONVERSION_BATCH.min(left) };
            one_by_one = usize::saturating_sub(one_by_one, 1);
            match self.convert_batch(size, &mut progress).await {
                Ok(0) => return Ok(progress),
                Ok(converted) => left = left.saturating_sub(converted),
                // One of them is to blame. Taken one by one, it is found and the others pass.
                Err(error) if error.is_constraint() && size > 1 => one_by_one = size,
                Err(error) if error.is_constraint() => {
                    self.refuse_first(&error).await?;
                    progress.refused += 1;
                    left = left.saturating_sub(1);
                }
                Err(error) => return Err(error),
            }
            tokio::task::yield_now().await;
        }
        let mut connection = self.database.snapshot().await?;
        progress.more = !waiting(&mut connection, 1).await?.is_empty();
        Ok(progress)
    }

    /// Converts a batch in one transaction; how many were looked at.
    async fn convert_batch(&self, size: usize, progress: &mut Progress) -> Result<usize, HeadquartersError> {
        let mut write = self.write().await?;
        let batch = waiting(write.connection(), size).await?;
        if batch.is_empty() {
            return Ok(0);
        }
        let verdicts = self.convert(&mut write, &batch).await?;
        write.commit().await?;
        for (_, verdict) in &verdicts {
            match verdict {
                Verdict::Applied => progress.applied += 1,
                Verdict::Refused(_) => progress.refused += 1,
                Verdict::Held(_) => progress.held += 1,
            }
        }
        Ok(batch.len())
    }

    /// Decides and settles operations inside a transaction. Those behind a refused one of their customer are
    /// left in line.
    pub(crate) async fn convert(
        &self,
        write: &mut Write<'_>,
        batch: &[Waiting],
    ) -> Result<Vec<(usize, Verdict)>, HeadquartersError> {
        let readings: Vec<Reading> = batch.iter().map(read).collect();
        let mut book = Book::load(write.connection(), batch, &readings, self.now()).await?;
        let mut verdicts = Vec::with_capacity(batch.len());
        for (at, (waiting, reading)) in batch.iter().zip(&readings).enumerate() {
            let creates = reading.as_ref().is_ok_and(|operation| {
                matches!(operation.action, kase_domain::Action::CreateCustomer { .. })
            });
            let had_effect = waiting.claim.took_effect && book.customer(waiting.customer_id).is_some();
            if book.is_parked(waiting.customer_id) && !creates && !had_effect {
                continue;
            }
            let verdict = decide(&mut book, waiting, reading);
            if matches!(verdict, Verdict::Refused(_)) {
                book.park(waiting.customer_id);
            }
            verdicts.push((at, verdict));
        }
        settle(write, &book, batch, &verdicts).await?;
        Ok(verdicts)
    }

    /// Refuses the first operation in line, whose content the database itself does not take.
    async fn refuse_first(&self, error: &HeadquartersError) -> Result<(), HeadquartersError> {
        tracing::error!(%error, "an operation could not be stored and was refused");
        let mut write = self.write().await?;
        let batch = waiting(write.connection(), 1).await?;
        let verdict = Verdict::Refused(refusal(Locale::default(), ErrorCode::Internal, None));
        let verdicts: Vec<(usize, Verdict)> = batch.iter().map(|_| (0, verdict.clone())).collect();
        let book = Book::load(write.connection(), &[], &[], self.now()).await?;
        settle(&mut write, &book, &batch, &verdicts).await?;
        write.commit().await
    }
}
