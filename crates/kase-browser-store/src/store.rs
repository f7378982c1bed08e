//! The store itself: each promise of the port, in one transaction.

use std::cell::RefCell;
use std::rc::Rc;

use futures::lock::Mutex;
use kase_domain::{CustomerId, OperationId};
use kase_register::{OutboxEntry, RegisterStore, StoreError, ValueKey, WriteBatch};
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

/// The register's database in this browser. A connection that was closed is opened again by the next call.
pub struct BrowserStore {
    name: String,
    listener: Listener,
    connection: RefCell<Option<Rc<Connection>>>,
    /// Held while a connection is being opened, so that there is one.
    opening: Mutex<()>,
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
        found.as_ref().map(record::customer).transpose()
    }

    async fn customers(&self, ids: &[CustomerId]) -> Result<Vec<CustomerState>, StoreError> {
        let transaction = self.begin(&[Area::Customers], Access::Read).await?;
        let found = read::under(transaction, Area::Customers, ids.iter().map(CustomerId::to_string)).await?;
        found.iter().filter(|value| !value.is_undefined()).map(record::customer).collect()
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
        let transaction = self.begin(&[Area::Customers], Access::Read).await?;
        let after = after.map(|id| JsValue::from(id.to_string()));
        let found = read::after(transaction, Area::Customers, after, Some(limit)).await?;
        found.iter().map(|text| record::customer(&text)).collect()
    }

    async fn outbox_after(&self, after: u64) -> Result<Vec<OutboxEntry>, StoreError> {
        let transaction = self.begin(&[Area::Outbox], Access::Read).await?;
        let after = JsValue::from_f64(after as f64);
        let found = read::after(transaction, Area::Outbox, Some(after), None).await?;
        found.iter().map(|row| record::outbox_entry(&row)).collect()
    }

    async fn operation_texts(&self, ids: &[OperationId]) -> Result<Vec<(OperationId, String)>, StoreError> {
        let transaction = self.begin(&[Area::OperationTexts], Access::Read).await?;
        let keys = ids.iter().map(OperationId::to_string);
        let found = read::under(transaction, Area::OperationTexts, keys).await?;
        let there = ids.iter().zip(&found).filter(|(_, value)| !value.is_undefined());
        there.map(|(id, value)| Ok((*id, record::plain(value)?))).collect()
    }
}

/// What a register that is forgotten leaves nothing in. Counters never give a number twice, whoever comes next.
const FORGOTTEN: [Area; 4] = [Area::Customers, Area::Outbox, Area::OperationTexts, Area::Values];

/// Puts the counter of references to what `next` makes of its last number.
async fn count_on(transaction: &Transaction, next: impl Fn(f64) -> f64) -> Result<u32, StoreError> {
    let counters = transaction.area(Area::Counters)?;
    let last = read::get(&counters, REFERENCE)?;
    answered(&last).await?;
    let last = last.result().map_err(|thrown| reduce(&thrown))?;
    let last = if last.is_undefined() { Some(0.0) } else { last.as_f64() };
    let count = last.map(next).ok_or_else(|| StoreError::Corrupt("the counter is no number".into()))?;
    counters.put(&count.into(), Some(&REFERENCE.into())).map_err(reduce_wrapped)?;
    Ok(count as u32)
}
