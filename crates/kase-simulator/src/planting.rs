//! Where planted faults strike: at what passes between the shipped code and the world.

use std::path::Path;

use anyhow::Result;
use kase_domain::{Account, AccountNumber, FeatureSwitches, Stage, Switch};
use kase_register::{Progress, RegisterStore, SendFailure, WriteBatch};
use kase_replication::{
    Change, OperationResult, Outcome, PullAnswer, PushAnswer, PushRequest, RecordedOperation,
};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::happening::{Answered, Happening, Request, TabAt};
use crate::outside::Outside;
use crate::planted::Planted;
use crate::prepared::HEADQUARTERS_FILE;
use crate::world::World;

impl World {
    /// What the store really writes when a register tells it to write this; none when it only says so.
    pub(crate) fn plant_in_commit(&mut self, at: TabAt, mut batch: WriteBatch) -> Result<Option<WriteBatch>> {
        if self.strikes(Planted::LostEntry) {
            let outbox = self.runtime.block_on(self.browsers[at.browser].store.outbox_after(0))?;
            let waiting = outbox.into_iter().find(|entry| entry.progress == Progress::Ready);
            batch.removed_entries.extend(waiting.map(|entry| entry.id));
        }
        if (batch.clear_customers || !batch.removed_customers.is_empty())
            && self.planted == Some(Planted::KeptCustomers)
        {
            batch.clear_customers = false;
            batch.removed_customers.clear();
        }
        if batch.recorded.is_empty() {
            return Ok(Some(batch));
        }
        if self.strikes(Planted::TornCommit) {
            batch.recorded.clear();
        }
        if self.strikes(Planted::EarlyWord) {
            self.soon(200, 5_000, Happening::WritesLate(at, Box::new(batch)));
            return Ok(None);
        }
        Ok(if self.strikes(Planted::ForgottenCommit) { None } else { Some(batch) })
    }

    /// The write of a word that was given too early.
    pub(crate) fn writes_late(&mut self, at: TabAt, batch: WriteBatch) -> Result<()> {
        if self.is_live(at) {
            self.take(at.browser, batch)??;
        }
        Ok(())
    }

    /// A server starts: from the file that it left, or from one that it left before, as if nothing had been since.
    pub(crate) fn plant_before_start(&self, fault: Planted, file: &Path) -> Result<()> {
        if self.planted != Some(fault) {
            return Ok(());
        }
        let before = file.with_extension("before");
        if before.exists() && self.strikes(fault) {
            std::fs::copy(&before, file)?;
        } else {
            std::fs::copy(file, &before)?;
        }
        Ok(())
    }

    pub(crate) fn plant_before_conversion(&self) -> Result<()> {
        if self.planted != Some(Planted::OtherSettings) {
            return Ok(());
        }
        let path = self.folder.path().join(HEADQUARTERS_FILE);
        self.runtime.block_on(Outside::meddle(
            &path,
            "UPDATE settings_versions SET settings = (
                 SELECT latest.settings FROM settings_versions AS latest
                 WHERE latest.channel = settings_versions.channel ORDER BY latest.version DESC LIMIT 1)",
        ))
    }

    pub(crate) fn plant_after_conversion(&self) -> Result<()> {
        if !self.strikes(Planted::DroppedAlias) {
            return Ok(());
        }
        let path = self.folder.path().join(HEADQUARTERS_FILE);
        self.runtime.block_on(Outside::meddle(
            &path,
            "DELETE FROM aliases WHERE customer_id = (
                 SELECT customer_id FROM customers ORDER BY position DESC LIMIT 1)",
        ))
    }

    /// What arrives of a request.
    pub(crate) fn plant_in_request(&mut self, channel: usize, mut request: Request) -> Result<Request> {
        if self.planted == Some(Planted::ForgottenFingerprint)
            && let Request::Push(asked) | Request::Perform(_, asked) = &mut request
        {
            for raw in &mut asked.operations {
                let id = RecordedOperation::parse(raw.clone())?.operation().id;
                let known = self.runtime.block_on(self.seen_channels[channel].text(id))?;
                if let Some(text) = known {
                    *raw = RawValue::from_string(text)?;
                }
            }
        }
        let Request::Push(push) = &request else { return Ok(request) };
        let operations = if self.strikes(Planted::ChangedId) {
            let mut operations = push.operations.clone();
            for raw in &push.operations {
                operations.extend(self.under_another_id(raw)?);
            }
            operations
        } else if self.strikes(Planted::ChangedContent) {
            push.operations.iter().map(|raw| altered(raw)).collect::<Result<_>>()?
        } else {
            return Ok(request);
        };
        Ok(Request::Push(PushRequest { operations, ..push.clone() }))
    }

    fn under_another_id(&self, raw: &RawValue) -> Result<Option<Box<RawValue>>> {
        let mut operation: serde_json::Value = serde_json::from_str(raw.get())?;
        if operation["kind"] != "create_customer" {
            return Ok(None);
        }
        let id = Uuid::from_u128(u128::from(self.machine.draw(|random| random.number())) | (7 << 76));
        operation["id"] = id.to_string().into();
        operation["customer_id"] = id.to_string().into();
        Ok(Some(RawValue::from_string(operation.to_string())?))
    }

    /// An answer that somebody gave in the channel's place.
    pub(crate) fn plant_answer(&self, request: &Request) -> Option<Answered> {
        let Request::Push(push) = request else { return None };
        let strikes = self.strikes(Planted::ForgottenDelivery);
        strikes.then(|| Answered::Pushed(Ok(accepted(push, &Stage::InChannel))))
    }

    /// What is said of a request that the channel's full disk has refused: the app takes it for no answer.
    pub(crate) fn plant_in_full_disk(&self, request: &Request) -> Answered {
        match request {
            Request::Push(push) if self.planted == Some(Planted::UnsaidFullDisk) => {
                Answered::Pushed(Ok(accepted(push, &Stage::InChannel)))
            }
            request => request.failed(SendFailure::Unreachable),
        }
    }

    /// What arrives of an answer.
    pub(crate) fn plant_in_answer(&mut self, browser: usize, answered: Answered) -> Answered {
        let Answered::Pulled(Ok(mut answer)) = answered else { return answered };
        if !answer.changes.is_empty() && self.strikes(Planted::SkippedPage) {
            return Answered::Pulled(Ok(without_its_changes(answer)));
        }
        // Each time: the register's store keeps a number that it has, whatever it is told.
        let back_to_pending = self.planted == Some(Planted::BackToPending);
        let wrong_number = self.strikes(Planted::WrongNumber);
        for change in &mut answer.changes {
            if let Change::Settings(settings) = change
                && self.planted == Some(Planted::OpenTable)
            {
                settings.switches = all_on();
            }
            let Change::Customer(state) = change else { continue };
            if back_to_pending && self.browsers[browser].synced.contains(&state.customer_id) {
                state.account = Account::Pending(Stage::AtHeadquarters);
            }
            if wrong_number
                && !state.account.is_pending()
                && let Ok(number) = AccountNumber::parse("C-9999999")
            {
                state.account = Account::Synced(number);
            }
        }
        Answered::Pulled(Ok(answer))
    }
}

fn all_on() -> FeatureSwitches {
    [Switch::AsyncAddresses, Switch::EnhancedCreation, Switch::AsyncEditing]
        .into_iter()
        .fold(FeatureSwitches::default(), |switches, switch| switches.with(switch).unwrap_or(switches))
}

/// Only who works in the place and its settings are left; the cursor is as if all had been there.
pub(crate) fn without_its_changes(answer: PullAnswer) -> PullAnswer {
    let stays = |change: &Change| matches!(change, Change::Settings(_) | Change::Directory(_));
    PullAnswer { changes: answer.changes.into_iter().filter(stays).collect(), ..answer }
}

/// "Accepted", of each operation.
pub(crate) fn accepted(request: &PushRequest, stage: &Stage) -> PushAnswer {
    let read = request.operations.iter().filter_map(|raw| RecordedOperation::parse(raw.clone()).ok());
    let outcome = || Outcome::Accepted(Account::Pending(stage.clone()));
    let results =
        read.map(|recorded| OperationResult { id: Some(recorded.operation().id), outcome: outcome() });
    PushAnswer { results: results.collect() }
}

pub(crate) fn altered(raw: &RawValue) -> Result<Box<RawValue>> {
    let text = raw.get().replace("\"Anna ", "\"Anne ");
    Ok(RawValue::from_string(text)?)
}
