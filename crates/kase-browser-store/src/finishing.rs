//! Finished operations: off the outbox, kept, and back to it.

use std::collections::BTreeSet;

use idb::{ObjectStore, Query};
use js_sys::Array;
use kase_domain::{CustomerId, OperationId};
use kase_register::{MOST_FINISHED, StoreError, WriteBatch};
use kase_replication::Claim;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbRequest;

use crate::error::reduce_wrapped;
use crate::read::{get, result};
use crate::record::{Finished, Header, plain};
use crate::schema::{Area, BY_CUSTOMER, BY_OPERATION, BY_ORDER};
use crate::transaction::{Transaction, answered};
use crate::write::{Pace, answers, put};

/// The three areas that an operation is in.
struct Areas {
    outbox: ObjectStore,
    texts: ObjectStore,
    finished: ObjectStore,
}

impl Areas {
    fn of(transaction: &Transaction) -> Result<Self, StoreError> {
        Ok(Self {
            outbox: transaction.area(Area::Outbox)?,
            texts: transaction.area(Area::OperationTexts)?,
            finished: transaction.area(Area::Finished)?,
        })
    }
}

/// Whether a batch touches what is finished.
pub(crate) fn concerns(batch: &WriteBatch) -> bool {
    let forgets = batch.clear_customers || batch.drop_finished || !batch.removed_customers.is_empty();
    forgets || moves(batch)
}

/// Whether it takes operations off the outbox or puts them back.
pub(crate) fn moves(batch: &WriteBatch) -> bool {
    batch.deliver_again || !batch.finished.is_empty()
}

/// Forgets what the batch wants forgotten.
pub(crate) async fn forget(transaction: &Transaction, batch: &WriteBatch) -> Result<(), StoreError> {
    let finished = transaction.area(Area::Finished)?;
    if batch.clear_customers || batch.drop_finished {
        finished.clear().map_err(reduce_wrapped)?;
    }
    for id in &batch.removed_customers {
        let keys = keys_of(&finished, *id)?;
        answered(&keys).await?;
        delete_all(&finished, &result(&keys)?.unchecked_into())?;
    }
    Ok(())
}

/// Finishes operations, and puts all of them back where the batch says so.
pub(crate) async fn finish_and_deliver_again(
    transaction: &Transaction,
    batch: &WriteBatch,
) -> Result<(), StoreError> {
    let areas = Areas::of(transaction)?;
    if !batch.finished.is_empty() {
        finish(&areas, &batch.finished).await?;
        trim(&areas.finished).await?;
    }
    if batch.deliver_again {
        deliver_again(&areas, batch).await?;
    }
    Ok(())
}

async fn finish(areas: &Areas, told: &[(OperationId, Claim)]) -> Result<(), StoreError> {
    let index = areas.outbox.index(BY_OPERATION).map_err(reduce_wrapped)?;
    let mut rows: Vec<(OperationId, IdbRequest)> = Vec::with_capacity(told.len());
    let mut texts: Vec<(OperationId, IdbRequest)> = Vec::with_capacity(told.len());
    for (id, _) in told {
        let row = index.get(JsValue::from(id.to_string())).map_err(reduce_wrapped)?;
        rows.push((*id, row.into()));
        texts.push((*id, get(&areas.texts, &id.to_string())?));
    }
    let mut rows = answers(&rows, Header::from_row).await?;
    let mut texts = answers(&texts, plain).await?;
    let mut pace = Pace::default();
    for (id, claim) in told {
        // What cannot be read stays where it is, for people.
        let (Some((order, header)), Some(text)) = (rows.remove(id), texts.remove(id)) else { continue };
        let row = Finished { order: order.clone(), header: header.with_claim(claim), text }.to_row()?;
        let key = JsValue::from(id.to_string());
        areas.finished.put(&row, Some(&key)).map_err(reduce_wrapped)?;
        areas.outbox.delete(order).map_err(reduce_wrapped)?;
        pace.step(areas.texts.delete(key).map_err(reduce_wrapped)?.into()).await?;
    }
    Ok(())
}

/// Lets the oldest go where there are too many.
async fn trim(finished: &ObjectStore) -> Result<(), StoreError> {
    let count: IdbRequest = finished.count(None).map_err(reduce_wrapped)?.into();
    answered(&count).await?;
    let count = result(&count)?.as_f64().unwrap_or_default() as u32;
    let Some(beyond) = count.checked_sub(MOST_FINISHED).filter(|beyond| *beyond > 0) else { return Ok(()) };
    let index = finished.index(BY_ORDER).map_err(reduce_wrapped)?;
    let keys: IdbRequest = index.get_all_keys(None, Some(beyond)).map_err(reduce_wrapped)?.into();
    answered(&keys).await?;
    delete_all(finished, &result(&keys)?.unchecked_into())
}

async fn deliver_again(areas: &Areas, batch: &WriteBatch) -> Result<(), StoreError> {
    let keys: IdbRequest = areas.finished.get_all_keys(None, None).map_err(reduce_wrapped)?.into();
    let rows: IdbRequest = areas.finished.get_all(None, None).map_err(reduce_wrapped)?.into();
    answered(&rows).await?;
    let keys: Array = result(&keys)?.unchecked_into();
    let rows: Array = result(&rows)?.unchecked_into();
    let waiting = waiting(areas, &keys).await?;
    let mut pace = Pace::default();
    for (key, row) in keys.iter().zip(rows.iter()) {
        let Some(id) = key.as_string() else { continue };
        // One that cannot be read may be read by another version.
        let Ok(Finished { order, mut header, text }) = Finished::from_row(&row) else { continue };
        if !waiting.contains(&id) {
            header.advance(&kase_register::Progress::Ready, batch.at);
            areas.outbox.put(&header.to_row(Some(&order))?, None).map_err(reduce_wrapped)?;
            put(&areas.texts, &text, &id)?;
        }
        pace.step(areas.finished.delete(key).map_err(reduce_wrapped)?.into()).await?;
    }
    Ok(())
}

/// Those of the finished operations that wait again already, since somebody has recorded the same once more.
async fn waiting(areas: &Areas, keys: &Array) -> Result<BTreeSet<String>, StoreError> {
    let index = areas.outbox.index(BY_OPERATION).map_err(reduce_wrapped)?;
    let mut asked: Vec<(String, IdbRequest)> = Vec::new();
    for key in keys.iter() {
        let Some(id) = key.as_string() else { continue };
        asked.push((id, index.get_key(key).map_err(reduce_wrapped)?.into()));
    }
    if let Some((_, last)) = asked.last() {
        answered(last).await?;
    }
    let mut waiting = BTreeSet::new();
    for (id, request) in asked {
        if !result(&request)?.is_undefined() {
            waiting.insert(id);
        }
    }
    Ok(waiting)
}

fn keys_of(finished: &ObjectStore, id: CustomerId) -> Result<IdbRequest, StoreError> {
    let index = finished.index(BY_CUSTOMER).map_err(reduce_wrapped)?;
    let query = Query::from(JsValue::from(id.to_string()));
    index.get_all_keys(Some(query), None).map(Into::into).map_err(reduce_wrapped)
}

fn delete_all(finished: &ObjectStore, keys: &Array) -> Result<(), StoreError> {
    for key in keys.iter() {
        finished.delete(key).map_err(reduce_wrapped)?;
    }
    Ok(())
}
