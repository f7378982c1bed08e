//! People at the registers: what they do, and what they make of the answers.

use anyhow::{Result, ensure};
use kase_domain::{AddressId, AddressRecord, CustomerId, CustomerRecord, ErrorCode, OperationId};
use kase_register::{Answer, Event, Form, Intent, NewCustomer, RegisterStore, RequestId};
use kase_replication::{CustomerState, Environment};

use crate::happening::{Happening, TabAt};
use crate::ledger::{Change, Changed};
use crate::trace::short;
use crate::world::World;

/// Somebody does something each so many milliseconds at each register, on the average.
const BETWEEN_DEEDS_MS: u64 = 4_000;

/// The same is tried again so often at most.
const MOST_TRIES: u32 = 3;

/// Every so-manieth customer, in thousandths, is given a group that headquarters does not have.
const UNKNOWN_GROUP_PERMILLE: u64 = 40;

/// A new customer has an address in so many cases, in thousandths.
const ADDRESS_PERMILLE: u64 = 300;

/// And so often it is another customer's, with its id: headquarters refuses that, which no register can know.
const COPIED_ADDRESS_PERMILLE: u64 = 250;

/// Whoever tries again has changed something in so many cases, in thousandths.
const SECOND_THOUGHT_PERMILLE: u64 = 500;

/// Something that a person wants done.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    pub(crate) intent: Intent,
    tries: u32,
}

impl World {
    /// Somebody does something at a tab of this register; again and again, while the store is open.
    pub(crate) fn person_acts(&mut self, browser: usize) -> Result<()> {
        if self.is_evening {
            return Ok(());
        }
        self.soon(100, 2 * BETWEEN_DEEDS_MS, Happening::PersonActs(browser));
        let open: Vec<usize> = self.browsers[browser]
            .tabs
            .iter()
            .enumerate()
            .filter(|(_, tab)| tab.register.is_some())
            .map(|(no, _)| no)
            .collect();
        if open.is_empty() {
            return Ok(());
        }
        let (tab, kind) = self.machine.draw(|random| (open[random.place(open.len())], random.below(11)));
        let at = TabAt { browser, tab, life: self.browsers[browser].tabs[tab].life };
        let intent = match kind {
            0..6 => Some(self.new_customer(browser)?),
            6..8 => self.new_address(browser)?,
            8 => self.new_card(browser)?,
            _ => self.new_edit(browser)?,
        };
        match intent {
            Some(intent) => self.intend(at, Deed { intent, tries: 0 }),
            None => Ok(()),
        }
    }

    pub(crate) fn intend(&mut self, at: TabAt, deed: Deed) -> Result<()> {
        if !self.is_live(at) {
            return Ok(());
        }
        let tab = &mut self.browsers[at.browser].tabs[at.tab];
        let id = RequestId(tab.next());
        tab.deeds.insert(id, deed.clone());
        self.note(format!("tab {}.{} wants {}", at.browser, at.tab, short(&outline(&deed.intent))));
        self.tab_event(at, Event::Intended(id, deed.intent))
    }

    pub(crate) fn answered(&mut self, at: TabAt, id: RequestId, answer: &Answer) -> Result<()> {
        let Some(mut deed) = self.browsers[at.browser].tabs[at.tab].deeds.remove(&id) else { return Ok(()) };
        self.note(format!("tab {}.{} hears {}", at.browser, at.tab, short(answer)));
        deed.tries += 1;
        let tries_again = match (&deed.intent, answer) {
            (_, Answer::NotKnown | Answer::StoreFailed(_)) => true,
            // Whoever is refused corrects what stands in the form, or the other thing that stood in the way.
            (
                Intent::EditCustomer { .. } | Intent::AddAddress { .. } | Intent::IssueLoyaltyCard { .. },
                Answer::Refused(_),
            ) => true,
            _ => false,
        };
        if tries_again && deed.tries < MOST_TRIES {
            let mut again = deed.clone();
            if self.machine.draw(|random| random.chance(SECOND_THOUGHT_PERMILLE)) {
                again.intent = self.second_thought(again.intent);
            }
            self.soon(500, 5_000, Happening::PersonTriesAgain(at, Box::new(again)));
        }
        self.has_news = true;
        let ledger = &mut self.ledger;
        match (&deed.intent, answer) {
            (Intent::CreateCustomer(new), Answer::Saved(_)) => {
                ledger.created.insert(new.customer_id, at.browser);
                ledger.tried.insert(new.customer_id, new.record.first_name.clone().unwrap_or_default());
            }
            (Intent::CreateCustomer(new), Answer::NotKnown) => {
                ledger.not_known.insert(new.customer_id);
            }
            // Whoever is refused for the register's sake is not refused for ever: a doubled message may come once more when
            // the register is taken back.
            (Intent::CreateCustomer(new), Answer::Refused(refusal))
                if refusal.code != ErrorCode::Forbidden =>
            {
                ledger.refused.insert(new.customer_id);
            }
            (Intent::AddAddress { form, seen, address }, Answer::Saved(_)) => {
                let what = Change::Address(address.id);
                ledger.changed.insert(
                    form.operation_id,
                    Changed { customer: seen.customer_id, what, was_pending: seen.account.is_pending() },
                );
            }
            (Intent::EditCustomer { form, seen, wanted }, Answer::Saved(_)) => {
                let what = Change::MiddleName(wanted.middle_name.clone().unwrap_or_default());
                ledger.changed.insert(
                    form.operation_id,
                    Changed { customer: seen.customer_id, what, was_pending: seen.account.is_pending() },
                );
                ledger.uncertain.remove(&seen.customer_id);
            }
            (Intent::IssueLoyaltyCard { seen, .. }, Answer::Saved(_)) => {
                ensure!(!seen.account.is_pending(), "a card for a pending customer: {}", seen.customer_id);
            }
            _ => {}
        }
        Ok(())
    }

    fn new_customer(&mut self, browser: usize) -> Result<Intent> {
        let customer_id = CustomerId(self.machine.new_id());
        let held_operation_id = OperationId(self.machine.new_id());
        let correction_id = OperationId(self.machine.new_id());
        let count = self.ledger.tried.len() + 1;
        let name = format!("Anna {browser}-{count}");
        let store = &self.browsers[browser].store;
        let reference_count = self.runtime.block_on(store.take_reference_count())?;
        let (titled, unknown_group) =
            self.machine.draw(|random| (random.chance(300), random.chance(UNKNOWN_GROUP_PERMILLE)));
        let record = CustomerRecord {
            addresses: self.addresses(browser)?,
            first_name: Some(name.clone()),
            last_name: Some("Ozola".into()),
            // Closed for pending customers while the switch is off: it is held.
            title: titled.then(|| "Dr.".into()),
            customer_group: unknown_group.then(|| "no-such-group".into()),
            ..CustomerRecord::default()
        };
        self.ledger.tried.insert(customer_id, name);
        let new = NewCustomer { customer_id, held_operation_id, correction_id, reference_count, record };
        Ok(Intent::CreateCustomer(Box::new(new)))
    }

    /// Of a new customer.
    fn addresses(&mut self, browser: usize) -> Result<Vec<AddressRecord>> {
        let (has_one, is_copied) = self
            .machine
            .draw(|random| (random.chance(ADDRESS_PERMILLE), random.chance(COPIED_ADDRESS_PERMILLE)));
        if !has_one {
            return Ok(Vec::new());
        }
        let other = if is_copied { self.somebody(browser)? } else { None };
        let copied = other.and_then(|other| other.customer.to_record().addresses.into_iter().next());
        Ok(vec![copied.unwrap_or_else(|| self.address())])
    }

    fn address(&self) -> AddressRecord {
        let mut address = AddressRecord::new(AddressId(self.machine.new_id()));
        address.city = Some("Rīga".into());
        address.street = Some(format!("Brīvības iela {}", self.machine.draw(|random| random.below(200))));
        address
    }

    /// The same form, saved again after something was changed in it.
    fn second_thought(&self, mut intent: Intent) -> Intent {
        let thought = self.machine.draw(|random| random.below(100_000));
        match &mut intent {
            Intent::CreateCustomer(new) => {
                let name = new.record.first_name.take().unwrap_or_default();
                new.record.first_name = Some(format!("{name}b"));
                new.correction_id = OperationId(self.machine.new_id());
            }
            Intent::EditCustomer { wanted, form, .. } => {
                wanted.middle_name = Some(format!("M{thought}"));
                form.correction_id = OperationId(self.machine.new_id());
            }
            _ => {}
        }
        intent
    }

    fn new_address(&mut self, browser: usize) -> Result<Option<Intent>> {
        let Some(seen) = self.somebody(browser)? else { return Ok(None) };
        let form = self.form();
        let (seen, address) = (Box::new(seen), Box::new(self.address()));
        Ok(Some(Intent::AddAddress { form, seen, address }))
    }

    fn new_edit(&mut self, browser: usize) -> Result<Option<Intent>> {
        let Some(seen) = self.somebody(browser)? else { return Ok(None) };
        let form = self.form();
        let mut wanted = seen.customer.to_record();
        wanted.middle_name = Some(format!("M{}", self.machine.draw(|random| random.below(100_000))));
        self.ledger.uncertain.insert(seen.customer_id);
        let (seen, wanted) = (Box::new(seen), Box::new(wanted));
        Ok(Some(Intent::EditCustomer { form, seen, wanted }))
    }

    fn new_card(&mut self, browser: usize) -> Result<Option<Intent>> {
        let Some(seen) = self.somebody(browser)? else { return Ok(None) };
        let form = self.form();
        if seen.account.is_pending() {
            self.ledger.cards_for_pending.insert(form.operation_id);
        }
        Ok(Some(Intent::IssueLoyaltyCard { form, seen: Box::new(seen), number: None }))
    }

    fn form(&self) -> Form {
        Form {
            operation_id: OperationId(self.machine.new_id()),
            correction_id: OperationId(self.machine.new_id()),
        }
    }

    /// A customer of this register.
    fn somebody(&mut self, browser: usize) -> Result<Option<CustomerState>> {
        const MOST: u32 = 1_000;
        let store = &self.browsers[browser].store;
        let customers = self.runtime.block_on(store.customers_after(None, MOST))?;
        if customers.is_empty() {
            return Ok(None);
        }
        let at = self.machine.draw(|random| random.place(customers.len()));
        Ok(customers.into_iter().nth(at))
    }
}

fn outline(intent: &Intent) -> String {
    match intent {
        Intent::CreateCustomer(new) => format!("creation of {}", new.customer_id),
        Intent::EditCustomer { form, seen, .. } => {
            format!("edit {} of {}", form.operation_id, seen.customer_id)
        }
        Intent::AddAddress { form, seen, .. } => {
            format!("address {} of {}", form.operation_id, seen.customer_id)
        }
        Intent::IssueLoyaltyCard { form, .. } => format!("card {}", form.operation_id),
        Intent::RemoveFromList(operation_id) => format!("remove {operation_id}"),
    }
}
