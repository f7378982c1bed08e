//! A browser that deletes a register's local database: what waited there and nowhere else is gone, and the ledger says
//! of what. Everything else must be unharmed.

use anyhow::Result;
use kase_register::{MemoryStore, Progress, RegisterStore};

use crate::browser::Tab;
use crate::restore::Forgetful;
use crate::world::World;

impl World {
    /// The browser deletes the local database; its tabs begin anew.
    pub(crate) fn evict(&mut self, browser: usize) -> Result<()> {
        if self.faults.forgetful.leaves_registers_alone() {
            return Ok(());
        }
        let entries = self.runtime.block_on(self.browsers[browser].store.outbox_after(0))?;
        // What a channel has it may forget with its backup, when nobody is left to deliver it again.
        let is_safe = self.faults.forgetful == Forgetful::Nobody;
        let lost =
            entries.iter().filter(|entry| !is_safe || !matches!(entry.progress, Progress::Delivered(_)));
        self.ledger.evicted.extend(lost.map(|entry| entry.id));
        self.note(format!("browser {browser} deletes its database with {} entries", entries.len()));
        let waited = entries
            .iter()
            .filter(|entry| !matches!(entry.progress, Progress::Delivered(_)))
            .map(|entry| entry.id);
        self.has_news = true;
        let place = &mut self.browsers[browser];
        place.store = MemoryStore::default();
        self.account_for_loss(browser, &waited.collect::<Vec<_>>())?;
        let place = &mut self.browsers[browser];
        place.synced.clear();
        place.outbox.clear();
        place.finished.clear();
        place.excluded.clear();
        place.excludes = false;
        // The lock goes with whoever held it.
        place.leader = None;
        place.tabs.iter_mut().for_each(Tab::close);
        for tab in 0..self.browsers[browser].tabs.len() {
            self.open_tab(browser, tab)?;
        }
        Ok(())
    }
}
