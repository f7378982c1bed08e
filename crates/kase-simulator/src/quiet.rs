//! Whether everything has come to rest: nothing waits but for people, and all places hold the same.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use kase_domain::{Account, CustomerId, CustomerRecord, OperationId};
use kase_headquarters::{OperationFilter, OperationOverview, OperationStatus};
use kase_register::{Progress, RegisterStore};
use kase_replication::CustomerState;

use crate::checker::Customers;
use crate::prepared::HEADQUARTERS_FILE;
use crate::trace::short;
use crate::world::World;

/// Where an operation waits for a person to decide.
const FOR_PEOPLE: [OperationStatus; 3] =
    [OperationStatus::Held, OperationStatus::Refused, OperationStatus::Review];

fn waits_for_people(status: OperationStatus) -> bool {
    FOR_PEOPLE.contains(&status)
}

impl World {
    /// What is not quiet yet; none when everything has drained and all places agree.
    pub(crate) fn unsettled(&mut self) -> Result<Option<String>> {
        if let Some(waiting) = self.unsettled_outbox()? {
            return Ok(Some(waiting));
        }
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let in_line = OperationFilter {
            status: Some(OperationStatus::AtHeadquarters),
            limit: Some(1),
            ..OperationFilter::default()
        };
        if let Some(operation) = self.runtime.block_on(headquarters.operations(&in_line))?.first() {
            // Behind a refused one of its customer it may wait for a person.
            if !self.is_parked(operation)? {
                return Ok(Some(format!("{} waits at headquarters", operation.id)));
            }
        }
        for no in 0..self.channels.len() {
            let channel = self.channels[no].channel.clone().context("a channel is dead")?;
            let waiting = self.runtime.block_on(channel.status())?.waiting;
            if let Some(waits) =
                waiting.iter().find(|waits| ["asked", "ready"].contains(&waits.progress.as_str()))
            {
                return Ok(Some(format!("channel {no} has {} {}", waits.count, waits.progress)));
            }
            // Until it gives up it asks nothing else, and may not know yet that headquarters came back from a backup.
            if self.channels[no].waits_until > self.machine.now_silently() {
                return Ok(Some(format!("channel {no} waits for an answer")));
            }
            // What is held for an account number waits with its customer's creation.
            for (id, held) in
                self.seen_channels[no].operations.iter().filter(|(_, seen)| seen.status == "held")
            {
                let creation = headquarters.operation(OperationId::from(held.customer));
                let creation = self.runtime.block_on(creation)?;
                if !creation.is_some_and(|creation| waits_for_people(creation.status)) {
                    return Ok(Some(format!("channel {no} holds {id}")));
                }
            }
        }
        self.disagreement()
    }

    /// An operation that still waits at a register, and for no person.
    fn unsettled_outbox(&self) -> Result<Option<String>> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        for place in &self.browsers {
            let entries = self.runtime.block_on(place.store.outbox_after(0))?;
            let is_held = |id: CustomerId| {
                entries.iter().any(|entry| entry.customer_id == id && entry.progress == Progress::Held)
            };
            for entry in &entries {
                if entry.progress.refusal().is_some() {
                    continue;
                }
                // What is held for an account number, and what stands behind it, waits with its customer's creation.
                let creation = OperationId::from(entry.customer_id);
                let creation = self.runtime.block_on(headquarters.operation(creation))?;
                if is_held(entry.customer_id)
                    && creation.is_some_and(|creation| waits_for_people(creation.status))
                {
                    continue;
                }
                // Contested fields, and what stands behind a refused operation, wait for people at headquarters.
                // What is held waits for whatever its customer's creation waits for.
                let held = entry.progress == Progress::Held;
                let waits = if held { entry.customer_id.into() } else { entry.id };
                let is_for_people = match self.runtime.block_on(headquarters.operation(waits))? {
                    Some(operation) if waits_for_people(operation.status) => true,
                    Some(operation) => self.is_parked(&operation)?,
                    // What is held for an account number waits for whoever decides about the creation.
                    None if entry.progress == Progress::Held => {
                        let creation = headquarters.operation(entry.customer_id.into());
                        self.runtime
                            .block_on(creation)?
                            .is_some_and(|creation| waits_for_people(creation.status))
                    }
                    None => false,
                };
                if !is_for_people {
                    let progress = short(&entry.progress);
                    return Ok(Some(format!("{} waits at {}: {progress}", entry.id, place.device.register)));
                }
            }
        }
        Ok(None)
    }

    fn is_parked(&self, operation: &OperationOverview) -> Result<bool> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let of_customer =
            OperationFilter { customer_id: Some(operation.customer_id), ..OperationFilter::default() };
        let all = self.runtime.block_on(headquarters.operations(&of_customer))?;
        Ok(all.iter().any(|other| other.line < operation.line && waits_for_people(other.status)))
    }

    /// The first customer who is not the same at all three places.
    fn disagreement(&mut self) -> Result<Option<String>> {
        let mut truth = self.told_by_headquarters()?;
        let pending: Vec<CustomerId> =
            truth.extract_if(.., |_, state| state.account.is_pending()).map(|(id, _)| id).collect();
        let contested = self.contested()?;
        // Whose address was given away while a restored headquarters had forgotten it waits for a person there.
        let forgotten =
            if self.restored.contains(HEADQUARTERS_FILE) { contested.clone() } else { BTreeSet::new() };
        for no in 0..self.channels.len() {
            if self.is_filtered(no)? {
                // Its feed holds no customers for registers.
                continue;
            }
            let here = self.at_channel(no)?;
            if let Some(how) =
                differing(&truth, &here, &contested).or_else(|| unknown(&pending, &here, &forgotten))
            {
                return Ok(Some(format!("channel {no} and headquarters disagree about {how}")));
            }
        }
        for browser in 0..self.browsers.len() {
            if self.is_filtered(self.browsers[browser].channel)? {
                continue;
            }
            let here = self.at_register(browser)?;
            if let Some(how) =
                differing(&truth, &here, &contested).or_else(|| unknown(&pending, &here, &forgotten))
            {
                let register = &self.browsers[browser].device.register;
                return Ok(Some(format!("{register} and headquarters disagree about {how}")));
            }
        }
        Ok(None)
    }

    /// Customers of whom something waits for a person at headquarters: until that is decided a store may show what was
    /// recorded there.
    fn contested(&self) -> Result<BTreeSet<CustomerId>> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let mut customers = BTreeSet::new();
        for status in FOR_PEOPLE {
            let filter = OperationFilter { status: Some(status), ..OperationFilter::default() };
            let operations = self.runtime.block_on(headquarters.operations(&filter))?;
            customers.extend(operations.into_iter().map(|operation| CustomerId(operation.customer_id)));
        }
        Ok(customers)
    }
}

/// The first customer about whom a place differs from headquarters, and how. Who was refused is at headquarters no
/// customer.
fn differing(truth: &Customers, here: &Customers, contested: &BTreeSet<CustomerId>) -> Option<String> {
    for (id, state) in truth {
        let Some(known) = here.get(id) else { return Some(format!("{id}, who is not there")) };
        if known.account != state.account {
            return Some(format!("{id}: {} and {}", short(&known.account), short(&state.account)));
        }
        if known.customer != state.customer && !contested.contains(id) {
            let (known, state) = (known.customer.to_record(), state.customer.to_record());
            return Some(format!("{id}: {} and {}", json(&known), json(&state)));
        }
    }
    let is_unknown = |(id, state): &(&CustomerId, &CustomerState)| {
        let refused = matches!(&state.account, Account::Pending(stage) if stage.refusal().is_some());
        !refused && !truth.contains_key(*id) && !contested.contains(*id)
    };
    here.iter().find(is_unknown).map(|(id, _)| format!("{id}, whom headquarters does not know"))
}

/// The first customer who waits at headquarters and could be created here a second time.
fn unknown(pending: &[CustomerId], here: &Customers, forgotten: &BTreeSet<CustomerId>) -> Option<String> {
    let is_pending = |id| here.get(id).is_some_and(|state: &CustomerState| state.account.is_pending());
    pending
        .iter()
        .find(|id| !is_pending(*id) && !forgotten.contains(id))
        .map(|id| format!("{id}, who is pending"))
}

fn json(record: &CustomerRecord) -> String {
    serde_json::to_string(record).unwrap_or_default()
}
