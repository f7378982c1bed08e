//! The checks, from outside the code under test: what people were told against what the places hold.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use kase_domain::{CustomerId, OperationId};
use kase_headquarters::{OperationOverview, OperationStatus};
use kase_register::RegisterStore;
use kase_replication::{Change as FeedChange, CustomerState, MOST_PULLED_CHANGES};

use crate::ledger::{Change, Changed};
use crate::prepared::CHANNELS;
use crate::world::World;

/// Customers as a place holds them.
pub(crate) type Customers = BTreeMap<CustomerId, CustomerState>;

impl World {
    /// What must hold in full although something has never come to rest.
    pub(crate) fn check_safety(&self) -> Result<()> {
        let truth = self.at_headquarters()?;
        self.check_accounts(&truth)?;
        self.check_aliases(&truth)?;
        self.check_cards(&truth)
    }

    /// What was promised. Called when everything is quiet.
    pub(crate) fn check(&mut self) -> Result<()> {
        self.check_safety()?;
        self.check_excluded()?;
        let truth = self.at_headquarters()?;
        self.check_acknowledged(&truth)?;
        self.check_refused(&truth)?;
        let changed: Vec<(OperationId, Changed)> =
            self.ledger.changed.iter().map(|(id, changed)| (*id, changed.clone())).collect();
        let mut operations = BTreeMap::new();
        for (id, changed) in &changed {
            operations.insert(*id, self.check_change(*id, changed, &truth)?);
        }
        self.check_order(&changed, &operations, &truth)
    }

    /// One account for each customer id and each person, one customer for each number.
    fn check_accounts(&self, truth: &Customers) -> Result<()> {
        let mut numbers = BTreeSet::new();
        let mut names = BTreeSet::new();
        for (id, state) in truth {
            let number = state.account.number();
            ensure!(number.is_some(), "no account number: {id} at headquarters");
            ensure!(numbers.insert(number), "one number twice: {number:?}");
            let name = state.customer.to_record().first_name;
            ensure!(names.insert(name.clone()), "created twice: {name:?}");
            ensure!(self.ledger.tried.contains_key(id), "nobody's customer: {id}");
        }
        Ok(())
    }

    /// Whoever was told "saved" is there, or waits with a reason that a person can read.
    fn check_acknowledged(&self, truth: &Customers) -> Result<()> {
        for (id, browser) in &self.ledger.created {
            if let Some(state) = truth.get(id) {
                let name = state.customer.to_record().first_name;
                ensure!(name.as_ref() == self.ledger.tried.get(id), "another name: {id} is {name:?}");
                continue;
            }
            let refused = self.refused_somewhere(*browser, (*id).into())?;
            ensure!(refused, "acknowledged and missing: customer {id} of browser {browser}");
        }
        Ok(())
    }

    fn check_refused(&self, truth: &Customers) -> Result<()> {
        // What was tried before under the same id may have arrived, and what is refused then is the second try.
        let may_be_there =
            |id: &&CustomerId| self.ledger.created.contains_key(*id) || self.ledger.not_known.contains(*id);
        for id in self.ledger.refused.iter().filter(|id| !may_be_there(id)) {
            ensure!(!truth.contains_key(id), "refused and there: customer {id} at headquarters");
            for place in &self.browsers {
                // A doubled request may come again when headquarters is out of reach: then it is pending, and refused there.
                let kept = self.runtime.block_on(place.store.customer(*id))?;
                let is_there = kept.is_some_and(|state| !state.account.is_pending());
                ensure!(!is_there, "refused and there: customer {id} at {}", place.device.register);
            }
        }
        Ok(())
    }

    fn check_change(
        &self,
        id: OperationId,
        changed: &Changed,
        truth: &Customers,
    ) -> Result<Option<OperationOverview>> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let operation = self.runtime.block_on(headquarters.operation(id))?;
        let Some(operation) = operation else {
            let browsers = 0..self.browsers.len();
            let mut refused = false;
            for browser in browsers {
                refused |= self.refused_somewhere(browser, id)?;
            }
            ensure!(refused, "acknowledged and missing: change {id} of {}", changed.customer);
            return Ok(None);
        };
        self.check_table(changed, &operation)?;
        if operation.status == OperationStatus::Applied
            && let Change::Address(address) = &changed.what
        {
            let state = truth.get(&changed.customer).context("an address of a customer who is not there")?;
            let there = state.customer.addresses.iter().filter(|other| other.id() == *address).count();
            ensure!(there == 1, "address {address} of {} is there {there} times", changed.customer);
        }
        Ok(Some(operation))
    }

    /// Within a customer the last edit has the last word, and the creation was first.
    fn check_order(
        &self,
        changed: &[(OperationId, Changed)],
        operations: &BTreeMap<OperationId, Option<OperationOverview>>,
        truth: &Customers,
    ) -> Result<()> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let mut last: BTreeMap<CustomerId, (i64, &str)> = BTreeMap::new();
        let mut contested: BTreeSet<CustomerId> = self.ledger.uncertain.clone();
        for (id, change) in changed {
            let Some(Some(operation)) = operations.get(id) else {
                contested.insert(change.customer);
                continue;
            };
            let creation = self.runtime.block_on(headquarters.operation(change.customer.into()))?;
            let line = creation.map_or(0, |creation| creation.line);
            // What is sent between a restore and the next pull stands before the creation that is delivered again, waits
            // for it and takes effect after it.
            let may_wait = !self.restored.is_empty();
            ensure!(
                line < operation.line || may_wait,
                "out of order: {id} before the creation of {}",
                change.customer
            );
            match (&change.what, operation.status) {
                (Change::MiddleName(name), OperationStatus::Applied) => {
                    let latest = last.entry(change.customer).or_insert((operation.line, name));
                    *latest = (*latest).max((operation.line, name));
                }
                (Change::MiddleName(_), _) => drop(contested.insert(change.customer)),
                (Change::Address(_), _) => {}
            }
        }
        for (customer, (_, name)) in last.iter().filter(|(customer, _)| !contested.contains(customer)) {
            let record = truth.get(customer).map(|state| state.customer.to_record());
            let there = record.and_then(|record| record.middle_name);
            ensure!(there.as_deref() == Some(*name), "out of order: {customer} is {there:?}, not {name}");
        }
        Ok(())
    }

    /// Whether an operation waits for a person, with a reason, where it was recorded or at headquarters, or is reported
    /// as deleted by the browser.
    fn refused_somewhere(&self, browser: usize, id: OperationId) -> Result<bool> {
        if self.was_evicted(id) {
            return Ok(true);
        }
        // All is quiet: what is in an outbox still waits for a person, perhaps behind an earlier one of its customer.
        if self.browsers[browser].outbox.contains_key(&id) {
            return Ok(true);
        }
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let operation = self.runtime.block_on(headquarters.operation(id))?;
        let is_in_review = |operation: &OperationOverview| operation.status == OperationStatus::Review;
        Ok(operation.is_some_and(|operation| operation.error_code.is_some() || is_in_review(&operation)))
    }

    /// The customers that have their numbers.
    pub(crate) fn at_headquarters(&self) -> Result<Customers> {
        let mut customers = self.told_by_headquarters()?;
        customers.retain(|_, state| !state.account.is_pending());
        Ok(customers)
    }

    /// All customers that channels are told of, the pending ones among them.
    pub(crate) fn told_by_headquarters(&self) -> Result<Customers> {
        let headquarters = self.headquarters.headquarters.clone().context("headquarters is dead")?;
        let mut customers = Customers::new();
        let channel = CHANNELS[0].into();
        let mut cursor = None;
        loop {
            let pulling = headquarters.pull(&channel, cursor, MOST_PULLED_CHANGES);
            let answer = self.runtime.block_on(pulling)?;
            collect(&mut customers, answer.changes)?;
            if !answer.more {
                return Ok(customers);
            }
            cursor = Some(answer.cursor.parse()?);
        }
    }

    pub(crate) fn at_channel(&self, no: usize) -> Result<Customers> {
        let channel = self.channels[no].channel.clone().context("a channel is dead")?;
        let place = self.browsers.iter().find(|place| place.channel == no).context("no register there")?;
        let device = self.runtime.block_on(channel.device(&place.device.token))?;
        let mut customers = Customers::new();
        let mut cursor: Option<String> = None;
        loop {
            let answer = self.runtime.block_on(channel.pull(&device, cursor.as_deref(), None))?;
            collect(&mut customers, answer.changes)?;
            if !answer.more {
                return Ok(customers);
            }
            cursor = Some(answer.cursor);
        }
    }

    pub(crate) fn at_register(&self, browser: usize) -> Result<Customers> {
        let store = &self.browsers[browser].store;
        let mut customers = Customers::new();
        let states = self.runtime.block_on(store.customers_after(None, u32::MAX))?;
        collect(
            &mut customers,
            states.into_iter().map(|state| FeedChange::Customer(Box::new(state))).collect(),
        )?;
        Ok(customers)
    }
}

fn collect(customers: &mut Customers, changes: Vec<FeedChange>) -> Result<()> {
    for change in changes {
        if let FeedChange::Customer(state) = change {
            let id = state.customer_id;
            ensure!(customers.insert(id, *state).is_none(), "one customer twice in a feed: {id}");
        }
    }
    Ok(())
}
