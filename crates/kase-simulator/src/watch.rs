//! The checks after each step: only what the step has changed is looked at, and nothing of it may break a promise, not
//! for a moment. What only holds when everything has drained is checked at the end.

use anyhow::{Context, Result, bail, ensure};
use kase_domain::{ChannelId, CustomerId, OperationId, SettingsVersion, Switch};

use crate::ledger::Recorded;
use crate::outside::{News, Outside, SeenOperation};
use crate::prepared::{CHANNELS, HEADQUARTERS_FILE, channel_file};
use crate::world::World;

/// A customer's operation that nothing of its own stops is converted within so long, in milliseconds: the job begins
/// within five seconds.
const PATIENCE_MS: u64 = 6_000;

/// What the settings exclude is gone from a register within so long after it came, in milliseconds.
const EXCLUDED_MS: u64 = 10_000;

/// Refusals that the table alone decides.
const BY_THE_TABLE: [&str; 3] =
    ["customer_pending_edit", "customer_pending_field", "customer_pending_loyalty"];

impl World {
    /// Looks at what the step has changed.
    pub(crate) fn look(&mut self) -> Result<()> {
        let mut has_changed = std::mem::take(&mut self.has_news);
        let told = self.headquarters.told();
        if self.seen_headquarters.is_behind(told) {
            let news = self.runtime.block_on(self.seen_headquarters.look(told))?;
            self.check_headquarters(&news)?;
            has_changed = true;
        }
        for no in 0..self.channels.len() {
            let told = self.channels[no].told();
            if self.seen_channels[no].is_behind(told) {
                let news = self.runtime.block_on(self.seen_channels[no].look(told))?;
                self.check_channel(no, &news)?;
                has_changed = true;
            }
        }
        if has_changed {
            self.check_somewhere()?;
        }
        self.check_patience()?;
        self.check_stays()
    }

    /// A server has been started on this file: what was committed there must be there.
    pub(crate) fn look_anew(&mut self, file: &str) -> Result<()> {
        let path = self.folder.path().join(file);
        let seen = match (0..CHANNELS.len()).find(|no| channel_file(*no) == file) {
            Some(no) => &mut self.seen_channels[no],
            None => &mut self.seen_headquarters,
        };
        let lost = self.runtime.block_on(seen.open(&path))?;
        if let Some(id) = lost.first().filter(|_| !self.restored.contains(file)) {
            bail!("back in time: {file} has forgotten {id} and {} more", lost.len() - 1);
        }
        if file == HEADQUARTERS_FILE {
            let now = self.machine.now_silently();
            let waits =
                self.seen_headquarters.operations.iter().filter(|(_, operation)| operation.is_in_line());
            self.in_line = waits.map(|(id, _)| (*id, now)).collect();
        }
        self.has_news = true;
        Ok(())
    }

    fn check_headquarters(&mut self, news: &News) -> Result<()> {
        let now = self.machine.now_silently();
        for id in &news.customers {
            self.check_customer(*id)?;
        }
        for id in &news.arrived {
            self.check_arrival(&self.seen_headquarters, *id)?;
        }
        for id in &news.operations {
            let operation = self.seen_headquarters.operation(*id)?;
            if operation.is_in_line() {
                self.in_line.entry(*id).or_insert(now);
            } else {
                self.in_line.remove(id);
            }
            match operation.status.as_str() {
                "applied" | "held" => self.check_applied(*id)?,
                "refused" => self.check_refusal(*id)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// One customer for each number and each card, and every id resolves to the customer.
    fn check_customer(&mut self, id: CustomerId) -> Result<()> {
        let Some(seen) = self.seen_headquarters.customers.get(&id).cloned() else { return Ok(()) };
        ensure!(self.ledger.tried.contains_key(&id), "nobody's customer: {id}");
        let number = seen.number.context("no account number at headquarters")?;
        for (other, known) in self.seen_headquarters.customers.iter().filter(|(other, _)| **other != id) {
            ensure!(known.number.as_ref() != Some(&number), "one number twice: {number} of {id} and {other}");
            let card = known.cards.iter().find(|card| seen.cards.contains(card));
            ensure!(card.is_none(), "one card twice: {card:?} of {id} and {other}");
        }
        if !self.restored.contains(HEADQUARTERS_FILE) {
            let before = self.ledger.given.entry(id).or_insert_with(|| number.clone());
            ensure!(*before == number, "another number: {id} was {before} and is {number}");
        }
        let aliases: Vec<_> = seen.addresses.iter().copied().chain([id.0]).collect();
        let owners = self.runtime.block_on(self.seen_headquarters.owners(&aliases))?;
        for alias in aliases {
            let owner = owners.get(&alias);
            ensure!(owner == Some(&id), "an alias does not resolve: {alias} is {owner:?}, not {id}");
        }
        Ok(())
    }

    fn check_channel(&mut self, no: usize, news: &News) -> Result<()> {
        let seen = &self.seen_channels[no];
        for id in &news.arrived {
            self.check_arrival(seen, *id)?;
        }
        // What headquarters committed as it died is seen when it starts again.
        let may_differ =
            self.restored.contains(HEADQUARTERS_FILE) || self.headquarters.headquarters.is_none();
        for id in news.operations.iter().filter(|_| !may_differ) {
            let status = seen.operation(*id)?.status.as_str();
            ensure!(
                !["delivered", "done"].contains(&status)
                    || self.seen_headquarters.operations.contains_key(id),
                "delivered and not there: {id} is {status} in channel {no} and not at headquarters"
            );
        }
        for id in &news.customers {
            let Some(number) = seen.customers.get(id).and_then(|seen| seen.number.as_ref()) else { continue };
            let truth = self.seen_headquarters.customers.get(id).and_then(|seen| seen.number.as_ref());
            ensure!(
                truth == Some(number) || may_differ,
                "another number: {id} is {number} in channel {no} and {truth:?} at headquarters"
            );
        }
        Ok(())
    }

    /// What arrives is in the order of its recording, and nothing that the table closes.
    fn check_arrival(&self, seen: &Outside, id: OperationId) -> Result<()> {
        let operation = seen.operation(id)?;
        let Some(recorded) = self.ledger.recorded.get(&id) else { return Ok(()) };
        if operation.is_enhanced && operation.kind == "create_customer" {
            self.ensure_open(id, recorded, Switch::EnhancedCreation)?;
        }
        if recorded.is_held || !self.restored.is_empty() {
            return Ok(());
        }
        for other in seen.of_customer.get(&operation.customer).into_iter().flat_map(|line| line.values()) {
            let Some(before) = self.ledger.recorded.get(other).filter(|other| !other.is_held) else {
                continue;
            };
            if before.browser != recorded.browser || before.database != recorded.database {
                continue;
            }
            let lines = (seen.operation(*other)?.line, operation.line);
            ensure!(
                (before.order < recorded.order) == (lines.0 < lines.1) || other == &id,
                "out of order: {id} and {other} of {} are at {lines:?}",
                operation.customer
            );
        }
        Ok(())
    }

    /// What took effect had nothing before it that had not, and the table allowed it.
    fn check_applied(&self, id: OperationId) -> Result<()> {
        let seen = &self.seen_headquarters;
        let operation = seen.operation(id)?;
        if let Some(recorded) = self.ledger.recorded.get(&id) {
            self.check_recorded(id, recorded)?;
        }
        ensure!(
            !self.ledger.cards_for_pending.contains(&id),
            "against the table: {id} is a card for a pending customer"
        );
        // A real-time call goes before what waits for a person: headquarters itself judges it by how the customer is.
        if operation.is_real_time || !self.restored.is_empty() {
            return Ok(());
        }
        let line = seen.of_customer.get(&operation.customer).into_iter().flatten();
        for (_, before) in line.take_while(|(line, _)| **line < operation.line) {
            let status = seen.operation(*before)?.status.as_str();
            ensure!(
                ["applied", "held", "discarded"].contains(&status),
                "out of order: {id} took effect while {before} before it is {status}"
            );
        }
        Ok(())
    }

    /// What was recorded of a pending customer, the settings that it was recorded under allow.
    pub(crate) fn check_recorded(&self, id: OperationId, recorded: &Recorded) -> Result<()> {
        match recorded.needs().filter(|_| recorded.was_pending && !recorded.is_held) {
            Some(switch) => self.ensure_open(id, recorded, switch),
            None => Ok(()),
        }
    }

    fn ensure_open(&self, id: OperationId, recorded: &Recorded, switch: Switch) -> Result<()> {
        let version = recorded.settings_version;
        let is_open = self.allows(recorded, switch).unwrap_or(true);
        ensure!(is_open, "against the table: {id} needs {switch:?} under {version}");
        Ok(())
    }

    /// None where nobody knows those settings any more.
    fn allows(&self, recorded: &Recorded, switch: Switch) -> Option<bool> {
        let channel = ChannelId::from(CHANNELS[self.browsers[recorded.browser].channel]);
        let switches = self.ledger.settings.get(&(channel, SettingsVersion(recorded.settings_version)))?;
        Some(switches.is_on(switch))
    }

    /// Nothing is refused by the table that the settings it was recorded under allow.
    fn check_refusal(&self, id: OperationId) -> Result<()> {
        let seen = &self.seen_headquarters;
        let operation = seen.operation(id)?;
        let Some(recorded) = self.ledger.recorded.get(&id) else { return Ok(()) };
        let is_by_the_table =
            operation.error_code.as_deref().is_some_and(|code| BY_THE_TABLE.contains(&code));
        let creates = operation.kind == "create_customer";
        // Of a customer who is refused nothing takes effect, whatever the switches.
        if !is_by_the_table || !(creates || seen.customers.contains_key(&operation.customer)) {
            return Ok(());
        }
        let switch = if creates { Some(Switch::EnhancedCreation) } else { recorded.needs() };
        let allows = switch.and_then(|switch| self.allows(recorded, switch)).unwrap_or(false);
        let is_old = recorded.settings_version == 0;
        // A server that came back does not know the settings of after its backup: people decide, until it has asked.
        let is_forgotten = !self.restored.is_empty();
        ensure!(
            !allows || is_old || is_forgotten,
            "judged by other settings: {id} is {:?}",
            operation.error_code
        );
        Ok(())
    }

    /// Whoever was told "saved" is somewhere at every moment, or counted as deleted by the browser.
    fn check_somewhere(&self) -> Result<()> {
        let created = self.ledger.created.keys().map(|id| OperationId::from(*id));
        for id in created.chain(self.ledger.changed.keys().copied()) {
            let is_at_a_server = self.seen_headquarters.operations.contains_key(&id)
                || self.seen_channels.iter().any(|seen| seen.operations.contains_key(&id));
            let is_somewhere =
                is_at_a_server || self.browsers.iter().any(|place| place.holds(&id)) || self.was_evicted(id);
            ensure!(is_somewhere, "acknowledged and missing: {id} is nowhere");
        }
        Ok(())
    }

    /// No customer waits for another's refusal, or for nothing.
    fn check_patience(&mut self) -> Result<()> {
        let now = self.machine.now_silently();
        if self.headquarters.headquarters.is_none() || self.headquarters.is_paused {
            self.in_line.values_mut().for_each(|since| *since = now);
            return Ok(());
        }
        let seen = &self.seen_headquarters;
        for (id, since) in &self.in_line {
            if since.age_ms(now) <= PATIENCE_MS {
                continue;
            }
            let operation = seen.operation(*id)?;
            let line = seen.of_customer.get(&operation.customer).into_iter().flatten();
            let mut before = line.take_while(|(line, _)| **line < operation.line);
            if before.any(|(_, id)| seen.operation(*id).is_ok_and(SeenOperation::holds_up)) {
                continue;
            }
            let refused = seen.operations.iter().find(|(_, other)| other.holds_up() && !other.is_in_line());
            match refused {
                Some((other, _)) => bail!("a customer waits for another's refusal: {id} behind {other}"),
                None => bail!("a customer waits for nothing: {id} is in line"),
            }
        }
        Ok(())
    }

    /// Nobody stays at a register whose settings exclude them.
    fn check_stays(&mut self) -> Result<()> {
        let now = self.machine.now_silently();
        for place in &mut self.browsers {
            let leads = place.leader.is_some_and(|tab| place.tabs[tab].register.is_some());
            for (id, since) in &mut place.excluded {
                if !leads {
                    *since = now;
                }
                ensure!(
                    since.age_ms(now) <= EXCLUDED_MS,
                    "excluded and there: customer {id} at {}",
                    place.device.register
                );
            }
        }
        Ok(())
    }
}

impl SeenOperation {
    fn is_in_line(&self) -> bool {
        self.status == "at_headquarters"
    }

    /// Later ones of its customer wait for it.
    fn holds_up(&self) -> bool {
        ["at_headquarters", "refused", "review"].contains(&self.status.as_str())
    }
}
