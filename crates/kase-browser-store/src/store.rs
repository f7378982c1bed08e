//! The store itself: each promise of the port, in one transaction.

use std::cell::RefCell;
use std::rc::Rc;

use futures::lock::Mutex;
use kase_domain::{CustomerId, OperationId};
use kase_register::{OutboxEntry, RegisterStore, StoreError, Unreadable, ValueKey, WriteBatch};
use kase_replication::CustomerState;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use crate::connection::{Connection, Listener};
use crate::error::{reduce, reduce_wrapped};
use crate::notice::StoreNotice;
use crate::renewal::renew;
use crate::schema::{Area, REFERENCE};
use crate::transaction::{Access, Transaction, answered};
use crate::write::Plan;
use crate::{read, record};

/// Where a counter goes on that cannot be read: no register has given so many short references.
const BEYOND_WHAT_WAS_GIVEN: f64 = 100_000.0;

/// The register's database in this browser. A connection that was closed is opened again by the next call.
pub struct BrowserStore {
    name: String,
    listener: Listener,
    connection: RefCell<Option<Rc<Connection>>>,
    /// Held while a connection is being opened, so that there is one.
    opening: Mutex<()>,
    /// What reads have left out until now.
    unreadable: RefCell<Unreadable>,
}

impl BrowserStore {
    /// Opens the database `name`. `listener` hears what happens to the connection, from now on for as long as
    /// the store lives; it must not call the store, but may have it called later.
    pub async fn open(name: &str, listener: impl Fn(StoreNotice) + 'static) -> Result<Self, StoreError> {
        let store = Self {
            name: name.to_owned(),
            listener: Rc::new(listener),
            connection: RefCell::default(),
            opening: Mutex::default(),
            unreadable: RefCell::default(),
        };
        store.connection().await?;
        // The browser may have been killed in the middle of a write. Nobody waits for it: until it is done, nothing is
        // worse than it was.
        let name = store.name.clone();
        spawn_local(async move { drop(renew(&name).await) });
        Ok(store)
    }

    async fn begin(&self, areas: &[Area], access: Access) -> Result<Transaction, StoreError> {
        match self.connection().await?.begin(areas, access) {
            // The browser had closed it and not said so yet.
            Err(StoreError::Closed) => self.connection().await?.begin(areas, access),
            begun => begun,
        }
    }

    async fn connection(&self) -> Result<Rc<Connection>, StoreError> {
        if let Some(connection) = self.open_connection() {
            return Ok(connection);
        }
        let _only_one = self.opening.lock().await;
        if let Some(connection) = self.open_connection() {
            return Ok(connection);
        }
        let connection = Rc::new(Connection::open(&self.name, &self.listener).await?);
        if self.connection.borrow().is_some() {
            // The one before was closed, perhaps because a write had failed half way.
            renew(&self.name).await?;
        }
        self.connection.replace(Some(connection.clone()));
        Ok(connection)
    }

    fn open_connection(&self) -> Option<Rc<Connection>> {
        self.connection.borrow().clone().filter(|connection| connection.is_open())
    }

    /// What stands under `key`, `undefined` where nothing does.
    async fn one(&self, area: Area, key: String) -> Result<Option<JsValue>, StoreError> {
        let transaction = self.begin(&[area], Access::Read).await?;
        let found = read::under(transaction, area, std::iter::once(key)).await?;
        Ok(found.into_iter().find(|value| !value.is_undefined()))
    }

    /// The customer, or none and a note.
    fn readable(&self, id: CustomerId, text: &JsValue) -> Option<CustomerState> {
        let state = record::customer(text).ok();
        if state.is_none() {
            self.unreadable.borrow_mut().customers.insert(id);
        }
        state
    }

    /// The entry, or none and a note.
    fn readable_entry(&self, row: &JsValue) -> Option<OutboxEntry> {
        let entry = record::outbox_entry(row).ok();
        if entry.is_none() {
            let (order, id) = record::name_of_entry(row);
            self.unreadable.borrow_mut().entries.insert(order, id);
        }
        entry
    }

    /// Notes the customers of a page that cannot be read; tells the last key of the page.
    async fn note_unreadable_after(
        &self,
        after: Option<JsValue>,
        limit: u32,
    ) -> Result<Option<JsValue>, StoreError> {
        let transaction = self.begin(&[Area::Customers], Access::Read).await?;
        let (keys, texts) = read::after_with_keys(transaction, Area::Customers, after, Some(limit)).await?;
        for (key, text) in keys.iter().zip(texts.iter()) {
            // A key that is no id was never one of the register's.
            if let Some(id) = key.as_string().and_then(|key| key.parse().ok()) {
                self.readable(id, &text);
            }
        }
        Ok(keys.iter().last())
    }
}

impl RegisterStore for BrowserStore {
    async fn commit(&self, batch: WriteBatch) -> Result<(), StoreError> {
        let plan = Plan::new(batch)?;
        let areas = plan.areas();
        if areas.is_empty() {
            return Ok(());
        }
        let transaction = self.begin(&areas, Access::Durable).await?;
        plan.write(transaction).await
    }

    async fn value(&self, key: ValueKey) -> Result<Option<String>, StoreError> {
        let found = self.one(Area::Values, key.as_str().to_owned()).await?;
        found.as_ref().map(record::plain).transpose()
    }

    async fn take_reference_count(&self) -> Result<u32, StoreError> {
        let transaction = self.begin(&[Area::Counters], Access::Durable).await?;
        match count_on(&transaction, |last| last + 1.0).await {
            Ok(count) => transaction.finished().await.map(|()| count),
            Err(error) => Err(transaction.aborted(error).await),
        }
    }

    async fn raise_reference_count(&self, to: u32) -> Result<(), StoreError> {
        let transaction = self.begin(&[Area::Counters], Access::Durable).await?;
        match count_on(&transaction, |last| last.max(f64::from(to))).await {
            Ok(_) => transaction.finished().await,
            Err(error) => Err(transaction.aborted(error).await),
        }
    }

    async fn forget(&self) -> Result<(), StoreError> {
        let transaction = self.begin(&FORGOTTEN, Access::Durable).await?;
        for area in FORGOTTEN {
            let cleared = transaction.area(area).and_then(|area| area.clear().map_err(reduce_wrapped));
            if let Err(error) = cleared {
                return Err(transaction.aborted(error).await);
            }
        }
        transaction.finished().await
    }

    async fn customer(&self, id: CustomerId) -> Result<Option<CustomerState>, StoreError> {
        let found = self.one(Area::Customers, id.to_string()).await?;
        Ok(found.and_then(|text| self.readable(id, &text)))
    }

    async fn customers(&self, ids: &[CustomerId]) -> Result<Vec<CustomerState>, StoreError> {
        let transaction = self.begin(&[Area::Customers], Access::Read).await?;
        let found = read::under(transaction, Area::Customers, ids.iter().map(CustomerId::to_string)).await?;
        let there = ids.iter().zip(&found).filter(|(_, value)| !value.is_undefined());
        Ok(there.filter_map(|(id, text)| self.readable(*id, text)).collect())
    }

    async fn customers_after(
        &self,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerState>, StoreError> {
        if limit == 0 {
            // The browser takes it for no limit at all.
            return Ok(Vec::new());
        }
        let mut after = after.map(|id| JsValue::from(id.to_string()));
        loop {
            let transaction = self.begin(&[Area::Customers], Access::Read).await?;
            let found = read::after(transaction, Area::Customers, after.clone(), Some(limit)).await?;
            let states: Vec<CustomerState> =
                found.iter().filter_map(|text| record::customer(&text).ok()).collect();
            if states.len() == found.length() as usize {
                return Ok(states);
            }
            // Keys are read only where some are needed: with every page they would cost as much as the rows.
            let last = self.note_unreadable_after(after, limit).await?;
            if !states.is_empty() || last.is_none() {
                return Ok(states);
            }
            after = last;
        }
    }

    async fn outbox_after(&self, after: u64) -> Result<Vec<OutboxEntry>, StoreError> {
        let transaction = self.begin(&[Area::Outbox], Access::Read).await?;
        let after = JsValue::from_f64(after as f64);
        let found = read::after(transaction, Area::Outbox, Some(after), None).await?;
        Ok(found.iter().filter_map(|row| self.readable_entry(&row)).collect())
    }

    async fn operation_texts(&self, ids: &[OperationId]) -> Result<Vec<(OperationId, String)>, StoreError> {
        let transaction = self.begin(&[Area::OperationTexts], Access::Read).await?;
        let keys = ids.iter().map(OperationId::to_string);
        let found = read::under(transaction, Area::OperationTexts, keys).await?;
        let there = ids.iter().zip(&found).filter(|(_, value)| !value.is_undefined());
        Ok(there.filter_map(|(id, value)| Some((*id, record::plain(value).ok()?))).collect())
    }

    async fn finished_count(&self) -> Result<u32, StoreError> {
        let transaction = self.begin(&[Area::Finished], Access::Read).await?;
        read::count(transaction, Area::Finished).await
    }

    fn unreadable(&self) -> Unreadable {
        self.unreadable.borrow().clone()
    }
}

/// What a register that is forgotten leaves nothing in. Counters never give a number twice, whoever comes next.
const FORGOTTEN: [Area; 5] =
    [Area::Customers, Area::Outbox, Area::OperationTexts, Area::Finished, Area::Values];

/// Puts the counter of references to what `next` makes of its last number.
async fn count_on(transaction: &Transaction, next: impl Fn(f64) -> f64) -> Result<u32, StoreError> {
    let counters = transaction.area(Area::Counters)?;
    let last = read::get(&counters, REFERENCE)?;
    answered(&last).await?;
    let last = last.result().map_err(|thrown| reduce(&thrown))?;
    let last = if last.is_undefined() { 0.0 } else { last.as_f64().unwrap_or(BEYOND_WHAT_WAS_GIVEN) };
    let count = next(last);
    counters.put(&count.into(), Some(&REFERENCE.into())).map_err(reduce_wrapped)?;
    Ok(count as u32)
}
