//! One batch, written in one transaction. Everything that can be worked out beforehand is, before the
//! transaction opens: inside it, only its own requests may be waited for.

use std::collections::BTreeMap;

use idb::ObjectStore;
use kase_domain::{Account, CustomerId, OperationId};
use kase_register::{NewEntry, Progress, StoreError, ValueKey, WriteBatch};
use kase_replication::CustomerState;
use wasm_bindgen::JsValue;
use web_sys::IdbRequest;

use crate::error::reduce_wrapped;
use crate::finishing;
use crate::read::{get, result};
use crate::record::{self, Header};
use crate::schema::{Area, BY_OPERATION};
use crate::transaction::{Transaction, answered};

/// So many rows are put before the browser may draw: putting one takes some 10 µs, a frame is 16 ms.
const ROWS_BETWEEN_FRAMES: usize = 500;

/// A batch as it will be written.
pub(crate) struct Plan {
    batch: WriteBatch,
    customer_texts: Vec<String>,
    rows: Vec<JsValue>,
}

impl Plan {
    /// Works out what can be worked out.
    pub(crate) fn new(batch: WriteBatch) -> Result<Self, StoreError> {
        let customer_texts =
            batch.customers.iter().map(record::customer_text).collect::<Result<Vec<_>, _>>()?;
        let row = |entry: &NewEntry| Header::of(entry).to_row(None);
        let rows = batch.recorded.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { batch, customer_texts, rows })
    }

    /// The areas that it touches; others stay free for other transactions.
    pub(crate) fn areas(&self) -> Vec<Area> {
        let batch = &self.batch;
        let mut areas = Vec::new();
        if batch.clear_customers
            || !batch.customers.is_empty()
            || !batch.advances.is_empty()
            || !batch.removed_customers.is_empty()
        {
            areas.push(Area::Customers);
        }
        if !batch.recorded.is_empty() || !batch.progress.is_empty() || !batch.removed_entries.is_empty() {
            areas.extend([Area::Outbox, Area::OperationTexts]);
        }
        if finishing::concerns(batch) {
            if finishing::moves(batch) && !areas.contains(&Area::Outbox) {
                areas.extend([Area::Outbox, Area::OperationTexts]);
            }
            areas.push(Area::Finished);
        }
        if !batch.values.is_empty() {
            areas.push(Area::Values);
        }
        areas
    }

    /// Writes it in `transaction`, which must be over [`Self::areas`], and waits for it to be complete.
    pub(crate) async fn write(self, transaction: Transaction) -> Result<(), StoreError> {
        let areas = self.areas();
        match self.make_requests(&transaction, &areas).await {
            Ok(()) => transaction.finished().await,
            Err(error) => Err(transaction.aborted(error).await),
        }
    }

    async fn make_requests(&self, transaction: &Transaction, areas: &[Area]) -> Result<(), StoreError> {
        if areas.contains(&Area::Customers) {
            self.write_customers(&transaction.area(Area::Customers)?).await?;
        }
        if areas.contains(&Area::Finished) {
            finishing::forget(transaction, &self.batch).await?;
        }
        if areas.contains(&Area::Outbox) {
            let outbox = transaction.area(Area::Outbox)?;
            let texts = transaction.area(Area::OperationTexts)?;
            self.record(&outbox, &texts).await?;
            self.change_progress(&outbox).await?;
            if finishing::moves(&self.batch) {
                finishing::finish_and_deliver_again(transaction, &self.batch).await?;
            }
            self.remove_entries(&outbox, &texts).await?;
        }
        if areas.contains(&Area::Values) {
            self.write_values(&transaction.area(Area::Values)?)?;
        }
        Ok(())
    }

    async fn write_customers(&self, customers: &ObjectStore) -> Result<(), StoreError> {
        if self.batch.clear_customers {
            customers.clear().map_err(reduce_wrapped)?;
        }
        let numbered = self.numbered(customers).await?;
        let mut pace = Pace::default();
        for (state, text) in self.batch.customers.iter().zip(&self.customer_texts) {
            let text = numbered.get(&state.customer_id).unwrap_or(text);
            pace.step(put(customers, text, &state.customer_id.to_string())?).await?;
        }
        self.advance(customers).await?;
        for id in &self.batch.removed_customers {
            customers.delete(JsValue::from(id.to_string())).map_err(reduce_wrapped)?;
        }
        Ok(())
    }

    /// The texts of those that are pending while their account number is there. Few are, so that few are asked for.
    async fn numbered(&self, customers: &ObjectStore) -> Result<BTreeMap<CustomerId, String>, StoreError> {
        let pending = || self.batch.customers.iter().filter(|state| state.account.is_pending());
        let ask =
            |state: &CustomerState| Ok((state.customer_id, get(customers, &state.customer_id.to_string())?));
        let asked = pending().map(ask).collect::<Result<Vec<_>, StoreError>>()?;
        let there = answers(&asked, record::customer).await?;
        let mut texts = BTreeMap::new();
        for state in pending() {
            let known = there.get(&state.customer_id).filter(|known| !known.account.is_pending());
            if let Some(known) = known {
                let mut state = state.clone();
                state.keep_number_of(known);
                texts.insert(state.customer_id, record::customer_text(&state)?);
            }
        }
        Ok(texts)
    }

    async fn advance(&self, customers: &ObjectStore) -> Result<(), StoreError> {
        let ask = |(id, _): &(CustomerId, Account)| Ok((*id, get(customers, &id.to_string())?));
        let asked = self.batch.advances.iter().map(ask).collect::<Result<Vec<_>, _>>()?;
        let mut states = answers(&asked, record::customer).await?;
        for (id, news) in &self.batch.advances {
            if let Some(state) = states.get_mut(id) {
                state.advance(news);
            }
        }
        let mut pace = Pace::default();
        for (id, state) in &states {
            pace.step(put(customers, &record::customer_text(state)?, &id.to_string())?).await?;
        }
        Ok(())
    }

    async fn record(&self, outbox: &ObjectStore, texts: &ObjectStore) -> Result<(), StoreError> {
        let mut pace = Pace::default();
        for (entry, row) in self.batch.recorded.iter().zip(&self.rows) {
            // Add, never put: an operation that is there is not to be replaced by another.
            outbox.add(row, None).map_err(reduce_wrapped)?;
            pace.step(put(texts, &entry.text, &entry.id.to_string())?).await?;
        }
        Ok(())
    }

    async fn change_progress(&self, outbox: &ObjectStore) -> Result<(), StoreError> {
        let changed = self.batch.progress.iter().map(|(id, _)| id);
        let mut entries = answers(&rows_of(outbox, changed)?, Header::from_row).await?;
        let mut pace = Pace::default();
        for (id, progress) in latest(&self.batch.progress) {
            if let Some((order, header)) = entries.get_mut(&id) {
                header.advance(progress, self.batch.at);
                let request = outbox.put(&header.to_row(Some(order))?, None).map_err(reduce_wrapped)?;
                pace.step(request.into()).await?;
            }
        }
        Ok(())
    }

    async fn remove_entries(&self, outbox: &ObjectStore, texts: &ObjectStore) -> Result<(), StoreError> {
        let entries = answers(&rows_of(outbox, self.batch.removed_entries.iter())?, Header::from_row).await?;
        let mut pace = Pace::default();
        for (id, (order, _)) in entries {
            outbox.delete(order).map_err(reduce_wrapped)?;
            let request = texts.delete(JsValue::from(id.to_string())).map_err(reduce_wrapped)?;
            pace.step(request.into()).await?;
        }
        Ok(())
    }

    fn write_values(&self, values: &ObjectStore) -> Result<(), StoreError> {
        for (key, value) in &self.batch.values {
            write_value(values, *key, value.as_deref())?;
        }
        Ok(())
    }
}

/// Asks for the rows of operations.
fn rows_of<'a>(
    outbox: &ObjectStore,
    ids: impl Iterator<Item = &'a OperationId>,
) -> Result<Vec<(OperationId, IdbRequest)>, StoreError> {
    let index = outbox.index(BY_OPERATION).map_err(reduce_wrapped)?;
    let ask = |id: &OperationId| {
        let request = index.get(JsValue::from(id.to_string())).map_err(reduce_wrapped)?;
        Ok((*id, request.into()))
    };
    ids.map(ask).collect()
}

/// Several changes of one entry: the last one counts.
fn latest(changes: &[(OperationId, Progress)]) -> BTreeMap<OperationId, &Progress> {
    changes.iter().map(|(id, progress)| (*id, progress)).collect()
}

fn write_value(values: &ObjectStore, key: ValueKey, value: Option<&str>) -> Result<(), StoreError> {
    match value {
        Some(value) => put(values, value, key.as_str()).map(drop),
        None => values.delete(JsValue::from_str(key.as_str())).map(drop).map_err(reduce_wrapped),
    }
}

pub(crate) fn put(store: &ObjectStore, text: &str, key: &str) -> Result<IdbRequest, StoreError> {
    let request = store.put(&JsValue::from_str(text), Some(&JsValue::from_str(key)));
    request.map(Into::into).map_err(reduce_wrapped)
}

/// What was found under each id; ids under which nothing stands that can be read are left out.
pub(crate) async fn answers<Id: Ord + Copy, T>(
    requests: &[(Id, IdbRequest)],
    read: impl Fn(&JsValue) -> Result<T, StoreError>,
) -> Result<BTreeMap<Id, T>, StoreError> {
    if let Some((_, last)) = requests.last() {
        answered(last).await?;
    }
    let mut found = BTreeMap::new();
    for (id, request) in requests {
        let value = result(request)?;
        // What cannot be read is left as it is: it holds up nothing else of the batch.
        if !value.is_undefined()
            && let Ok(value) = read(&value)
        {
            found.insert(*id, value);
        }
    }
    Ok(found)
}

/// Lets the browser draw from time to time while many rows are put.
#[derive(Default)]
pub(crate) struct Pace {
    rows: usize,
}

impl Pace {
    pub(crate) async fn step(&mut self, request: IdbRequest) -> Result<(), StoreError> {
        self.rows += 1;
        if self.rows.is_multiple_of(ROWS_BETWEEN_FRAMES) { answered(&request).await } else { Ok(()) }
    }
}
