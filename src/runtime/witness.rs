//! What this register remembers outside of its database: taken up at each start, and accounted for when a browser
//! becomes a register anew after its database was deleted.

use std::rc::Rc;

use kase_domain::OperationId;
use kase_register::{
    Device, Event, KeptWitness, Loss, RegisterStore, SendFailure, StoreError, ValueKey, WriteBatch,
};
use kase_replication::{Remembered, Witness};
use leptos::prelude::*;

use super::engine::Engine;
use super::{Runtime, show, wire};
use crate::platform::{ids, witness};

impl Runtime {
    /// Somebody has read what a deleted database has cost.
    pub(crate) async fn loss_read(self) {
        let engine = self.engine();
        // Not kept, it is shown again after the page was loaded again.
        let _ = engine.keep::<Loss>(ValueKey::Loss, None).await;
        engine.state.loss.set(None);
        engine.tell_access();
    }
}

impl Engine {
    /// A browser without a register: has it been one, and lost its database?
    pub(super) fn look_for_a_loss(&self) {
        let loss = witness::read().map(|kept| Loss::of(&kept.witness, None, &[]));
        self.state.loss.set(loss);
    }

    /// Keeps who this browser has become, in a database that begins anew, and says what an earlier one has cost.
    pub(super) async fn begin_anew(&self, device: &Device, remembered: Remembered) -> Result<(), StoreError> {
        let before = witness::read();
        let (here, nothing_waits) = self.recorded_here().await?;
        let loss = match &before {
            Some(before) if before.channel == device.channel => {
                let answer = wire::witness(&device.token, &before.witness).await.ok();
                let to_ask = answer.is_none().then(|| before.witness.clone());
                let missing = answer.map(|answer| answer.missing);
                Some(Loss { to_ask, ..Loss::of(&before.witness, missing.as_deref(), &here) })
            }
            Some(before) => Some(Loss::of(&before.witness, None, &here)),
            None => Loss::elsewhere(&remembered, &here),
        };
        let same = before.filter(|before| before.register == device.register).map(|before| before.witness);
        // What an earlier deletion has cost is not counted among what the channel has when another comes.
        let lost = loss.as_ref().filter(|loss| loss.asked).map_or(0, Loss::lost);
        let counted = same
            .or(remembered.earlier)
            .map(|counted| Witness { recorded: counted.recorded.saturating_sub(lost), ..counted });
        let references = counted.as_ref().map_or(0, |counted| counted.references).max(remembered.references);
        self.raise_reference_count(references).await?;
        let database = ids::new_id().to_string();
        let (register, channel) = (device.register.clone(), device.channel.clone());
        let kept = KeptWitness::begun(register, channel, database, counted.as_ref(), references);
        let batch = WriteBatch {
            // What a page wrote that did not know of its end says nothing of the customers that are gone.
            clear_customers: nothing_waits,
            values: vec![
                (ValueKey::Device, serde_json::to_string(device).ok()),
                (ValueKey::Database, serde_json::to_string(&kept.database).ok()),
                (ValueKey::Loss, loss.as_ref().and_then(|loss| serde_json::to_string(loss).ok())),
                (ValueKey::Cursor, None),
                (ValueKey::Settings, None),
                (ValueKey::PassedOver, None),
            ],
            ..WriteBatch::default()
        };
        let begun = self.store.commit(batch).await;
        show::store_answered(self, &begun);
        begun?;
        witness::keep(kept);
        self.state.loss.set(loss);
        Ok(())
    }

    /// Asks the channel what it could not be asked when this browser became a register anew.
    pub(super) async fn ask_about_loss(&self) -> Result<(), SendFailure> {
        let to_ask = || self.state.loss.read_untracked().as_ref().and_then(|loss| loss.to_ask.clone());
        let Some(witness) = to_ask() else { return Ok(()) };
        let answer = wire::witness(&self.token(), &witness).await?;
        // What could not be read or kept here is asked again after the page was loaded again.
        let Ok((here, _)) = self.recorded_here().await else { return Ok(()) };
        // Somebody may have read it meanwhile, and wants to hear no more of it.
        if to_ask().is_some() {
            let loss = Loss::of(&witness, Some(&answer.missing), &here);
            let _ = self.keep(ValueKey::Loss, Some(&loss)).await;
            self.state.loss.set(Some(loss));
            self.tell_access();
        }
        Ok(())
    }

    /// What stands in the outbox, readable or not; and whether nothing does.
    async fn recorded_here(&self) -> Result<(Vec<OperationId>, bool), StoreError> {
        let entries = self.store.outbox_after(0).await?;
        let unreadable = self.store.unreadable().entries;
        let is_empty = entries.is_empty() && unreadable.is_empty();
        let unreadable = unreadable.into_values().flatten();
        Ok((entries.into_iter().map(|entry| entry.id).chain(unreadable).collect(), is_empty))
    }

    /// Takes the witness of this database up; one of before there were any begins now.
    pub(super) async fn take_up_witness(self: &Rc<Self>, device: &Device) -> Result<(), StoreError> {
        let (register, channel) = (device.register.clone(), device.channel.clone());
        let kept = witness::read();
        let database = match self.read::<String>(ValueKey::Database).await {
            Ok(Some(database)) => database,
            Ok(None) => self.name_database(ids::new_id().to_string()).await?,
            Err(StoreError::Corrupt(_)) => {
                // The register is still here, so that its database is the one that the witness knows.
                let own = kept.as_ref().filter(|kept| kept.register == register && kept.channel == channel);
                let name = own.map_or_else(|| ids::new_id().to_string(), |kept| kept.database.clone());
                self.name_database(name).await?
            }
            Err(error) => return Err(error),
        };
        let kept = kept
            .filter(|kept| kept.database == database)
            .unwrap_or_else(|| KeptWitness::begun(register, channel, database, None, 0));
        self.database.replace(Some(kept.database.clone()));
        self.state.loss.set(self.read_or_none(ValueKey::Loss).await?);
        self.handle(Event::WitnessFound(Box::new(kept)));
        Ok(())
    }

    /// Whether the database is still the one that this tab began with. The browser may have made a new one in place
    /// of one that it took away.
    pub(super) async fn is_own_database(&self) -> Result<bool, StoreError> {
        let own = self.database.borrow().clone();
        match self.read::<String>(ValueKey::Database).await {
            // A name that cannot be read stands in no new database.
            Err(StoreError::Corrupt(_)) => Ok(true),
            now => Ok(own.is_none() || own == now?),
        }
    }

    async fn name_database(&self, name: String) -> Result<String, StoreError> {
        self.keep(ValueKey::Database, Some(&name)).await?;
        Ok(name)
    }
}
