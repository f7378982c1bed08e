//! What a register remembers beside its database, kept and asked as the app does it; and, when the browser has deleted
//! the database, what it says of the loss against the ledger.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use kase_domain::OperationId;
use kase_register::{Event, KeptWitness, Loss, RegisterStore};
use kase_replication::Witness;

use crate::happening::TabAt;
use crate::planted::Planted;
use crate::world::World;

impl World {
    /// Keeps what a tab says; what another tab has counted is not forgotten.
    pub(crate) fn keep_witness(&mut self, browser: usize, kept: KeptWitness) {
        if self.planted == Some(Planted::ForgetfulWitness) {
            return;
        }
        let place = &mut self.browsers[browser];
        place.kept = Some(match &place.kept {
            Some(before) => kept.joined(before),
            None => kept,
        });
    }

    /// A tab begins with what is kept, if that is of its database.
    pub(crate) fn take_up_witness(&mut self, at: TabAt) -> Result<()> {
        let place = &self.browsers[at.browser];
        let database = place.database.to_string();
        let kept = place.kept.clone().filter(|kept| kept.database == database);
        let (register, channel) = (place.device.register.clone(), place.device.channel.clone());
        let kept = kept.unwrap_or_else(|| KeptWitness::begun(register, channel, database, None, 0));
        self.tab_event(at, Event::WitnessFound(Box::new(kept)))
    }

    /// The database is gone, and the register is activated anew: what was lost, as people are told it, must be what
    /// was lost.
    pub(crate) fn account_for_loss(&mut self, browser: usize, waited: &[OperationId]) -> Result<()> {
        let Some(before) = self.browsers[browser].kept.clone() else { return Ok(()) };
        let missing = self.asked_for_missing(browser, &before.witness)?;
        let loss = Loss::of(&before.witness, missing.as_deref(), &[]);
        self.note(format!(
            "browser {browser} had recorded {}, of which {} are lost; asked: {}",
            loss.recorded,
            loss.lost(),
            loss.asked
        ));
        self.check_loss(browser, waited, &before.witness, missing.as_deref(), &loss)?;
        let place = &mut self.browsers[browser];
        place.database += 1;
        let references = before.witness.references;
        self.runtime.block_on(place.store.raise_reference_count(references))?;
        let (register, channel) = (place.device.register.clone(), place.device.channel.clone());
        let database = place.database.to_string();
        place.kept = Some(KeptWitness::begun(register, channel, database, Some(&before.witness), references));
        Ok(())
    }

    /// What of a witness the channel does not have; none when it cannot be asked.
    fn asked_for_missing(&self, browser: usize, told: &Witness) -> Result<Option<Vec<OperationId>>> {
        let place = &self.browsers[browser];
        let channel = self.channels[place.channel].channel.clone();
        let Some(channel) = channel.filter(|_| !place.is_cut && !place.has_portal) else { return Ok(None) };
        let answer = self.runtime.block_on(async {
            let device = channel.device(&place.device.token).await?;
            channel.witness(&device, told).await
        })?;
        Ok(Some(answer.missing))
    }

    fn check_loss(
        &self,
        browser: usize,
        waited: &[OperationId],
        kept: &Witness,
        missing: Option<&[OperationId]>,
        loss: &Loss,
    ) -> Result<()> {
        let place = &self.browsers[browser];
        let in_channel = &self.seen_channels[place.channel].operations;
        for id in missing.into_iter().flatten() {
            ensure!(!in_channel.contains_key(id), "lost and there: {id} is in channel {}", place.channel);
        }
        let told: BTreeSet<OperationId> = kept.waiting.iter().map(|waiting| waiting.id).collect();
        let is_of_here = |id: &OperationId| {
            self.ledger.recorded.get(id).is_some_and(|recorded| recorded.browser == browser)
        };
        let created = self.ledger.created.keys().map(|id| OperationId::from(*id));
        let saved: Vec<OperationId> =
            created.chain(self.ledger.changed.keys().copied()).filter(is_of_here).collect();
        // What a register knew to be delivered it does not report: only a channel that forgot it could miss it.
        for id in saved.iter().filter(|id| waited.contains(id)) {
            let is_known = in_channel.contains_key(id) || told.contains(id);
            ensure!(is_known, "lost and not reported: {id} of browser {browser}");
        }
        let recorded = self.ledger.recorded.values().filter(|recorded| recorded.browser == browser).count();
        // Delivered again, what was done while the operator waited is counted too.
        let recorded = recorded + place.performed;
        let (saved, recorded) = (u64::try_from(saved.len())?, u64::try_from(recorded)?);
        ensure!(
            (saved..=recorded).contains(&loss.recorded),
            "counted wrongly: browser {browser} recorded {saved} to {recorded}, and says {}",
            loss.recorded
        );
        Ok(())
    }
}
