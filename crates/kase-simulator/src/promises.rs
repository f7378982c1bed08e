//! Promises about numbers, cards, switches and schemas, checked in full at the end of a run.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use kase_domain::{ChannelId, OperationId, SettingsVersion, Switch};
use kase_headquarters::OperationOverview;
use kase_register::RegisterStore;

use crate::checker::Customers;
use crate::ledger::{Change, Changed};
use crate::prepared::HEADQUARTERS_FILE;
use crate::world::World;

impl World {
    /// Whoever holds a customer id or an account number finds the one customer, and a number stays whose it was.
    pub(crate) fn check_aliases(&self, truth: &Customers) -> Result<()> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        for (id, state) in truth {
            let number = state.account.number().map(ToString::to_string).unwrap_or_default();
            let addresses = state.customer.addresses.iter().map(|address| address.id().to_string());
            for key in [id.to_string(), number].into_iter().chain(addresses) {
                let found = self.runtime.block_on(headquarters.customer(&key))?;
                let found = found.map(|found| found.customer_id);
                ensure!(found == Some(*id), "an alias does not resolve: {key} is {found:?}, not {id}");
            }
        }
        // Only the channel that recorded a customer tells a restored headquarters the number: where no more than another
        // channel had heard of it, it changes. An open defect.
        let may_change = self.restored.contains(HEADQUARTERS_FILE);
        for (number, id) in &self.ledger.numbers {
            let Some(state) = truth.get(id) else {
                // Whoever had an address first may be the second after a restore: an open defect.
                let creation = self.runtime.block_on(headquarters.operation(OperationId::from(*id)))?;
                let is_refused = creation.is_some_and(|creation| creation.error_code.is_some());
                ensure!(may_change && is_refused, "synced and missing: {id} was {number}");
                continue;
            };
            let there = state.account.number();
            ensure!(
                there == Some(number) || may_change,
                "another number: {id} was {number} and is {there:?}"
            );
        }
        Ok(())
    }

    /// A card is one customer's.
    pub(crate) fn check_cards(&self, truth: &Customers) -> Result<()> {
        let mut cards = BTreeSet::new();
        for card in truth.values().flat_map(|state| &state.loyalty_cards) {
            ensure!(cards.insert(card.number.as_str()), "one card twice: {}", card.number.as_str());
        }
        Ok(())
    }

    /// What was changed while its customer was pending, the settings that it was recorded under allowed.
    pub(crate) fn check_table(&self, changed: &Changed, operation: &OperationOverview) -> Result<()> {
        let version = operation.recorded["settings_version"].as_u64().unwrap_or_default();
        let key = (ChannelId::from(operation.channel.as_str()), SettingsVersion(version));
        let Some(switches) = self.ledger.settings.get(&key).filter(|_| changed.was_pending) else {
            return Ok(());
        };
        let needed = match changed.what {
            Change::Address(_) => Switch::AsyncAddresses,
            Change::MiddleName(_) => Switch::AsyncEditing,
        };
        ensure!(switches.is_on(needed), "against the table: {} under {version}", operation.id);
        Ok(())
    }

    /// No customer is at a register whose schema excludes them, but those of whom something waits there.
    pub(crate) fn check_excluded(&self) -> Result<()> {
        for (browser, place) in self.browsers.iter().enumerate() {
            if !self.is_filtered(place.channel)? {
                continue;
            }
            let outbox = self.runtime.block_on(place.store.outbox_after(0))?;
            for id in self.at_register(browser)?.keys() {
                let waits = outbox.iter().any(|entry| entry.customer_id == *id);
                ensure!(waits, "excluded and there: customer {id} at {}", place.device.register);
            }
        }
        Ok(())
    }
}
