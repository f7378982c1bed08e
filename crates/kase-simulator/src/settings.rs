//! The settings of a run: chosen at its beginning, changed in the middle of it, and remembered by their versions, so
//! that what was recorded under them can be judged by them.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use kase_domain::{ChannelId, FeatureSwitches, SettingsVersion};
use kase_headquarters::{FeatureChange, FunctionalityProfileChange, SchemaChange};

use crate::prepared::CHANNELS;
use crate::restore::Forgetful;
use crate::world::World;

/// The switches of every version of a channel's settings.
pub(crate) type SettingsHistory = BTreeMap<(ChannelId, SettingsVersion), FeatureSwitches>;

impl World {
    pub(crate) fn choose_settings(&mut self) -> Result<()> {
        for no in 0..CHANNELS.len() {
            self.change_profile(no)?;
            if self.machine.draw(|random| random.chance(300)) {
                self.change_schema(no)?;
            }
        }
        self.change_switches()
    }

    /// Somebody at headquarters changes one of the settings.
    pub(crate) fn settings_change(&mut self, channel: usize) -> Result<()> {
        match self.machine.draw(|random| random.below(3)) {
            0 => self.change_profile(channel),
            1 => self.change_schema(channel),
            _ => self.change_switches(),
        }
    }

    fn change_profile(&mut self, no: usize) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        let create_customer_async = self.machine.draw(|random| random.chance(500));
        let change = FunctionalityProfileChange {
            create_customer_async: Some(create_customer_async),
            generate_loyalty_card_number: Some(true),
        };
        self.note(format!("channel {no} creates in async mode: {create_customer_async}"));
        let channel = ChannelId::from(CHANNELS[no]);
        self.runtime.block_on(headquarters.change_functionality_profile(&channel, &change, "admin"))?;
        self.remember_settings()
    }

    fn change_schema(&mut self, no: usize) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        // Then the channel alone has what it was told: nobody could deliver again what its backup does not know.
        let may_filter = matches!(self.faults.forgetful, Forgetful::Nobody | Forgetful::Headquarters);
        let filter = self.machine.draw(|random| random.chance(500)) && may_filter;
        self.note(format!("channel {no} filters shared customer data: {filter}"));
        let change = SchemaChange { filter_shared_customer_data: Some(filter) };
        let channel = ChannelId::from(CHANNELS[no]);
        self.runtime.block_on(headquarters.change_channel_schema(&channel, &change, "admin"))?;
        self.remember_settings()
    }

    fn change_switches(&mut self) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        let (addresses, enhanced, editing) =
            self.machine.draw(|random| (random.chance(600), random.chance(600), random.chance(600)));
        let change = FeatureChange {
            async_addresses: Some(addresses),
            enhanced_creation: Some(enhanced),
            // Headquarters refuses it without the other two.
            async_editing: Some(addresses && enhanced && editing),
        };
        self.note(format!("switches: {change:?}"));
        self.runtime.block_on(headquarters.change_features(&change, "admin"))?;
        self.remember_settings()
    }

    /// Notes what the settings in force allow.
    pub(crate) fn remember_settings(&mut self) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        for channel in CHANNELS.map(ChannelId::from) {
            if let Some(settings) = self.runtime.block_on(headquarters.settings(&channel))? {
                let key = (channel, settings.version);
                let known = self.ledger.settings.insert(key, settings.switches);
                ensure!(
                    known.is_none_or(|known| known == settings.switches),
                    "one version of two settings: {:?}",
                    settings.version
                );
            }
        }
        Ok(())
    }

    /// Whether customers' data may not be at this channel's registers.
    pub(crate) fn is_filtered(&self, no: usize) -> Result<bool> {
        let Some(channel) = self.channels[no].channel.clone() else { return Ok(false) };
        Ok(self.runtime.block_on(channel.settings())?.filter_shared_customer_data)
    }
}
