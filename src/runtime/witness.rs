//! What this register remembers outside of its database: taken up at each start, and accounted for when a browser
//! becomes a register anew after its database was deleted.

use std::rc::Rc;

use kase_domain::OperationId;
use kase_register::{Device, Event, KeptWitness, Loss, RegisterStore, StoreError, ValueKey, WriteBatch};
use kase_replication::Remembered;
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
        let here: Vec<OperationId> =
            self.store.outbox_after(0).await?.into_iter().map(|entry| entry.id).collect();
        let loss = match &before {
            Some(before) if before.channel == device.channel => {
                let answer = wire::witness(&device.token, &before.witness).await.ok();
                let missing = answer.map(|answer| answer.missing);
                Some(Loss::of(&before.witness, missing.as_deref(), &here))
            }
            Some(before) => Some(Loss::of(&before.witness, None, &here)),
            None => Loss::elsewhere(&remembered, &here),
        };
        let same = before.filter(|before| before.register == device.register).map(|before| before.witness);
        let counted = same.or(remembered.earlier);
        let references = counted.as_ref().map_or(0, |counted| counted.references).max(remembered.references);
        self.raise_reference_count(references).await?;
        let database = ids::new_id().to_string();
        let (register, channel) = (device.register.clone(), device.channel.clone());
        let kept = KeptWitness::begun(register, channel, database, counted.as_ref(), references);
        let batch = WriteBatch {
            // What a page wrote that did not know of its end says nothing of the customers that are gone.
            clear_customers: here.is_empty(),
            values: vec![
                (ValueKey::Device, serde_json::to_string(device).ok()),
                (ValueKey::Database, serde_json::to_string(&kept.database).ok()),
                (ValueKey::Loss, loss.as_ref().and_then(|loss| serde_json::to_string(loss).ok())),
                (ValueKey::Cursor, None),
                (ValueKey::Settings, None),
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

    /// Takes the witness of this database up; one of before there were any begins now.
    pub(super) async fn take_up_witness(self: &Rc<Self>, device: &Device) -> Result<(), StoreError> {
        let database = match self.read::<String>(ValueKey::Database).await {
            Some(database) => database,
            None => {
                let database = ids::new_id().to_string();
                self.keep(ValueKey::Database, Some(&database)).await?;
                database
            }
        };
        let (register, channel) = (device.register.clone(), device.channel.clone());
        let kept = witness::read()
            .filter(|kept| kept.database == database)
            .unwrap_or_else(|| KeptWitness::begun(register, channel, database, None, 0));
        self.database.replace(Some(kept.database.clone()));
        self.state.loss.set(self.read(ValueKey::Loss).await);
        self.handle(Event::WitnessFound(Box::new(kept)));
        Ok(())
    }

    /// Whether the database is still the one that this tab began with. The browser may have made a new one in place
    /// of one that it took away.
    pub(super) async fn is_own_database(&self) -> bool {
        let own = self.database.borrow().clone();
        let now = self.read::<String>(ValueKey::Database).await;
        own.is_none() || own == now
    }
}
