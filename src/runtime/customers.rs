//! The customers that the register holds: read, overlaid with what waits, found.

use std::collections::HashSet;
use std::rc::Rc;

use kase_domain::{Country, CustomerId, CustomerRecord, Operation, OperationId, OperationKind};
use kase_register::{Event, RegisterStore, StoreError, label, overlay};
use kase_replication::CustomerState;
use kase_search::{Draft, DuplicateOf, Entry, Match, Query, Shortcuts};
use kase_text::SearchField;
use leptos::prelude::*;

use super::engine::Engine;
use super::{Runtime, show};

/// Customers read from the store at once while the index is built: some milliseconds of work.
const READ_AT_ONCE: u32 = 1_000;

/// A prefix of an account number finds others with it; the one that is it comes among the first.
const MOST_WITH_ONE_LABEL: usize = 50;

/// A hint names at most this many customers.
const MOST_LIKELY: usize = 3;

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Found {
    /// How many match in all.
    pub(crate) total: usize,
    /// The best of them.
    pub(crate) rows: Vec<Row>,
}

/// A customer that was found, and what of it matched.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The customer, with what waits on top.
    pub(crate) state: CustomerState,
    /// What matched.
    pub(crate) matched: Vec<Match>,
}

/// A customer who is likely the one that is being typed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Likely {
    /// The customer.
    pub(crate) state: CustomerState,
    /// Why.
    pub(crate) of: DuplicateOf,
}

impl Runtime {
    /// Finds customers on this register. An empty text gives those that wait here first, then others by name.
    pub(crate) async fn search(self, text: String, limit: usize) -> Found {
        let engine = self.engine();
        let query = Query::parse(&text, &shortcuts(&engine));
        if query.is_empty() {
            return engine.first_customers(limit).await;
        }
        let (total, ids) = engine.ids(&query, limit);
        let states = engine.overlaid(&ids).await;
        let row = |state: CustomerState| Row { matched: query.matched_in(&entry(&state)), state };
        Found { total, rows: states.into_iter().map(row).collect() }
    }

    /// One customer, by account number or short reference, with what waits on top.
    pub(crate) async fn customer(self, label_text: String) -> Option<CustomerState> {
        let engine = self.engine();
        let query = Query::parse(&format!("account:{label_text}"), &Shortcuts::ENGLISH);
        let ids = engine.ids(&query, MOST_WITH_ONE_LABEL).1;
        engine.overlaid(&ids).await.into_iter().find(|state| label(state) == label_text)
    }

    /// The customer who was shown, read again: what it is called may have changed.
    pub(crate) async fn customer_again(self, id: CustomerId) -> Option<CustomerState> {
        self.engine().overlaid(&[id]).await.into_iter().next()
    }

    /// The words before the colon that search one field only, in the language in force.
    pub(crate) fn shortcuts(self) -> Shortcuts<'static> {
        shortcuts(&self.engine())
    }

    /// Customers who are likely the one that is being typed.
    pub(crate) async fn likely_duplicates(self, record: CustomerRecord) -> Vec<Likely> {
        let engine = self.engine();
        let Some(country) = engine.country() else { return Vec::new() };
        let draft = Draft::of_record(&record, &country);
        let duplicates = engine.index.borrow().likely_duplicates(&draft, None, MOST_LIKELY);
        let ids: Vec<CustomerId> = duplicates.iter().map(|duplicate| duplicate.customer_id).collect();
        let states = engine.overlaid(&ids).await.into_iter();
        states
            .filter_map(|state| {
                let of = duplicates.iter().find(|duplicate| duplicate.customer_id == state.customer_id)?.of;
                Some(Likely { state, of })
            })
            .collect()
    }
}

impl Engine {
    /// Reads every customer into the index, page by page, so that the screen stays alive.
    pub(super) async fn build_index(self: &Rc<Self>) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let page = self.store.customers_after(after, READ_AT_ONCE).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.customer_id);
            for state in &page {
                self.index.borrow_mut().upsert(&entry(state));
            }
        }
        self.count_customers();
        Ok(())
    }

    /// Lets the index follow the store: what is there is indexed as it is, what is not there any more goes.
    pub(super) async fn reindex(self: &Rc<Self>, ids: &[CustomerId]) {
        if ids.is_empty() {
            return;
        }
        let Ok(states) = self.store.customers(ids).await else { return };
        let there: HashSet<CustomerId> = states.iter().map(|state| state.customer_id).collect();
        let mut index = self.index.borrow_mut();
        for id in ids.iter().filter(|id| !there.contains(id)) {
            index.remove(*id);
        }
        for state in &states {
            index.upsert(&entry(state));
        }
        drop(index);
        self.count_customers();
    }

    pub(super) fn count_customers(&self) {
        let count = self.index.borrow().len();
        if self.state.customer_count.get_untracked() != Some(count) {
            self.state.customer_count.set(Some(count));
        }
    }

    pub(super) async fn read_outbox(&self, after: u64) -> Result<Event, StoreError> {
        let entries = self.store.outbox_after(after).await?;
        self.state.unreadable_operations.set(self.store.unreadable().entries.len());
        let mut ids: Vec<CustomerId> = entries.iter().map(|entry| entry.customer_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let customers = self.store.customers(&ids).await?;
        Ok(Event::OutboxRead { all: after == 0, entries, customers })
    }

    async fn first_customers(self: &Rc<Self>, limit: usize) -> Found {
        let waiting = self.state.waiting.get_untracked();
        let mut ids: Vec<CustomerId> = waiting.iter().rev().map(|operation| operation.customer_id).collect();
        ids.dedup();
        ids.extend(self.ids(&Query::parse("", &Shortcuts::ENGLISH), limit).1);
        let mut seen = HashSet::new();
        ids.retain(|id| seen.insert(*id));
        ids.truncate(limit);
        let states = self.overlaid(&ids).await;
        let rows = states.into_iter().map(|state| Row { state, matched: Vec::new() }).collect();
        Found { total: self.index.borrow().len(), rows }
    }

    /// How many customers match, and the best of them.
    fn ids(&self, query: &Query, limit: usize) -> (usize, Vec<CustomerId>) {
        let found = self.index.borrow().search(query, limit);
        (found.total, found.hits.iter().map(|hit| hit.customer_id).collect())
    }

    /// Customers with what waits on this register on top, in the order of `ids`.
    async fn overlaid(&self, ids: &[CustomerId]) -> Vec<CustomerState> {
        let states = match self.store.customers(ids).await {
            Ok(states) => states,
            Err(error) => {
                // Nothing found and nothing read are not the same.
                show::store_answered(self, &Err(error));
                return Vec::new();
            }
        };
        let Some(country) = self.country() else { return states };
        let shown: HashSet<CustomerId> = states.iter().map(|state| state.customer_id).collect();
        let waiting = self.state.waiting.get_untracked();
        let changes: Vec<OperationId> = waiting
            .iter()
            .filter(|waiting| waiting.kind != OperationKind::CreateCustomer)
            // What was refused is nowhere so but in what was typed.
            .filter(|waiting| waiting.progress.refusal().is_none())
            .filter(|waiting| shown.contains(&waiting.customer_id))
            .map(|waiting| waiting.id)
            .collect();
        if changes.is_empty() {
            return states;
        }
        let texts = self.store.operation_texts(&changes).await.unwrap_or_default();
        let operations: Vec<Operation> =
            texts.iter().filter_map(|(_, text)| serde_json::from_str(text).ok()).collect();
        let overlaid = |state: CustomerState| {
            let id = state.customer_id;
            let actions = operations.iter().filter(|operation| operation.customer_id == id);
            overlay(state, actions.map(|operation| &operation.action), &country)
        };
        states.into_iter().map(overlaid).collect()
    }

    fn country(&self) -> Option<Country> {
        self.state
            .settings
            .with_untracked(|settings| settings.as_ref().map(|settings| settings.country.clone()))
    }
}

/// A customer as the index sees it.
pub(super) fn entry(state: &CustomerState) -> Entry<'_> {
    Entry {
        customer_id: state.customer_id,
        account_number: state.account.number(),
        reference: state.reference.as_ref(),
        loyalty_cards: &state.loyalty_cards,
        customer: &state.customer,
    }
}

/// The words before the colon, in the language in force.
fn shortcuts(engine: &Engine) -> Shortcuts<'static> {
    let text = engine.locale.get_untracked().text();
    Shortcuts {
        name: text.search_shortcut(SearchField::Name),
        phone: text.search_shortcut(SearchField::Phone),
        email: text.search_shortcut(SearchField::Email),
        card: text.search_shortcut(SearchField::Card),
        account: text.search_shortcut(SearchField::Account),
        address: text.search_shortcut(SearchField::Address),
    }
}
