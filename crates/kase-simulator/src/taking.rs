//! What a register's store takes: written, noted outside of it, and checked at once.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use kase_domain::{Account, Action, ChannelSettings, CustomerId, OperationId};
use kase_register::{Device, NewEntry, Progress, RegisterStore, StoreError, ValueKey, WriteBatch};
use kase_replication::RecordedOperation;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::ledger::Recorded;
use crate::prepared::channel_file;
use crate::trace::short;
use crate::world::World;

impl World {
    /// Lets a store do a write.
    pub(crate) fn take(&mut self, browser: usize, batch: WriteBatch) -> Result<Result<(), StoreError>> {
        // What was asked for while the operator waited never waited here to be sent: it is kept for servers that go back in
        // time, or since a person at headquarters has to decide.
        let is_asked = |entry: &NewEntry| matches!(entry.progress, Progress::Delivered(_));
        let waits =
            |entry: &&NewEntry| !is_asked(entry) && batch.finished.iter().all(|(id, _)| *id != entry.id);
        let entries: Vec<&NewEntry> = batch.recorded.iter().filter(waits).collect();
        let performed = batch.recorded.len() - entries.len();
        let mut recorded = Vec::with_capacity(entries.len());
        for (at, entry) in entries.into_iter().enumerate() {
            recorded.push((entry.id, self.recorded(browser, at, entry)?));
        }
        let customers: BTreeSet<CustomerId> = batch
            .customers
            .iter()
            .map(|state| state.customer_id)
            .chain(batch.advances.iter().map(|(id, _)| *id))
            .collect();
        let place = &self.browsers[browser];
        let result = self.runtime.block_on(place.store.commit(batch.clone()));
        if result.is_err() {
            return Ok(result);
        }
        self.has_news |=
            !recorded.is_empty() || !batch.removed_entries.is_empty() || !batch.finished.is_empty();
        for (id, recorded) in recorded {
            self.check_recorded(id, &recorded)?;
            self.ledger.recorded.insert(id, recorded);
        }
        self.browsers[browser].performed += performed;
        self.browsers[browser].follow(&batch);
        self.check_delivered(browser, &batch)?;
        self.note_exclusion(browser, &batch)?;
        self.check_customers(browser, customers)?;
        Ok(result)
    }

    fn recorded(&mut self, browser: usize, at: usize, entry: &NewEntry) -> Result<Recorded> {
        let place = &self.browsers[browser];
        let database = place.database;
        let known = self.runtime.block_on(place.store.customer(entry.customer_id))?;
        let operation = RecordedOperation::parse(RawValue::from_string(entry.text.clone())?)?;
        if let Action::CreateCustomer { reference, .. } = &operation.operation().action {
            let owner = self
                .ledger
                .references
                .entry((browser, reference.as_str().to_owned()))
                .or_insert(entry.customer_id);
            ensure!(*owner == entry.customer_id, "one reference twice: {reference:?} of browser {browser}");
        }
        Ok(Recorded {
            browser,
            database,
            order: u64::try_from(self.ledger.recorded.len() + at)?,
            kind: entry.kind,
            settings_version: operation.operation().settings_version.0,
            was_pending: known.is_some_and(|state| state.account.is_pending()),
            is_held: entry.progress == Progress::Held,
        })
    }

    /// What a register takes for delivered is in the channel.
    fn check_delivered(&self, browser: usize, batch: &WriteBatch) -> Result<()> {
        let no = self.browsers[browser].channel;
        if self.restored.contains(&channel_file(no)) {
            return Ok(());
        }
        let seen = &self.seen_channels[no].operations;
        for (id, _) in
            batch.progress.iter().filter(|(_, progress)| matches!(progress, Progress::Delivered(_)))
        {
            ensure!(seen.contains_key(id), "delivered and not there: {id} is not in channel {no}");
        }
        Ok(())
    }

    /// Whether customers may be in this store now, and who is there though they may not.
    fn note_exclusion(&mut self, browser: usize, batch: &WriteBatch) -> Result<()> {
        let place = &mut self.browsers[browser];
        if batch.values.iter().any(|(key, _)| [ValueKey::Settings, ValueKey::Device].contains(key)) {
            let settings: Option<ChannelSettings> =
                self.runtime.block_on(value(&place.store, ValueKey::Settings))?;
            let device: Option<Device> = self.runtime.block_on(value(&place.store, ValueKey::Device))?;
            place.excludes = settings.is_some_and(|settings| settings.filter_shared_customer_data)
                || device.is_some_and(|device| device.delivers_only);
        }
        if !place.excludes {
            place.excluded.clear();
            return Ok(());
        }
        let now = self.machine.now_silently();
        let waits: BTreeSet<&CustomerId> = place.outbox.values().collect();
        let there = self.runtime.block_on(place.store.customers_after(None, u32::MAX))?;
        let excluded = there.into_iter().map(|state| state.customer_id).filter(|id| !waits.contains(id));
        place.excluded = excluded.map(|id| (id, *place.excluded.get(&id).unwrap_or(&now))).collect();
        Ok(())
    }

    /// An account number is one customer's, and does not go away again.
    fn check_customers(&mut self, browser: usize, touched: BTreeSet<CustomerId>) -> Result<()> {
        let place = &mut self.browsers[browser];
        let ids: Vec<CustomerId> = touched.into_iter().collect();
        for state in self.runtime.block_on(place.store.customers(&ids))? {
            if let Account::Synced(number) = &state.account {
                place.synced.insert(state.customer_id);
                let owner = *self.ledger.numbers.entry(number.clone()).or_insert(state.customer_id);
                ensure!(owner == state.customer_id, "one number twice: {number} of {owner} and another");
            }
            ensure!(
                !state.account.is_pending() || !place.synced.contains(&state.customer_id),
                "back to pending: customer {} at register {}: {}",
                state.customer_id,
                place.device.register,
                short(&state.account)
            );
        }
        Ok(())
    }

    /// Whether the browser deleted it before anybody else had it, and the ledger says so.
    pub(crate) fn was_evicted(&self, id: OperationId) -> bool {
        self.ledger.evicted.contains(&id)
    }
}

async fn value<T: DeserializeOwned>(store: &impl RegisterStore, key: ValueKey) -> Result<Option<T>> {
    let text = store.value(key).await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}
