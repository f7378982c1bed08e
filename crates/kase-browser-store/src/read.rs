//! Reading: every request is made before the first answer is awaited.

use idb::{KeyRange, ObjectStore, Query};
use js_sys::Array;
use kase_register::StoreError;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::IdbRequest;

use crate::error::{reduce, reduce_wrapped};
use crate::schema::Area;
use crate::transaction::Transaction;

/// What stands under each of `keys`, `undefined` where nothing does.
pub(crate) async fn under(
    transaction: Transaction,
    area: Area,
    keys: impl Iterator<Item = String>,
) -> Result<Vec<JsValue>, StoreError> {
    let store = transaction.area(area)?;
    let requests = keys.map(|key| get(&store, &key)).collect::<Result<Vec<_>, _>>()?;
    transaction.finished().await?;
    requests.iter().map(result).collect()
}

/// What stands after `after` in the order of the keys.
pub(crate) async fn after(
    transaction: Transaction,
    area: Area,
    after: Option<JsValue>,
    limit: Option<u32>,
) -> Result<Array, StoreError> {
    let store = transaction.area(area)?;
    let range =
        after.map(|key| KeyRange::lower_bound(&key, Some(true))).transpose().map_err(reduce_wrapped)?;
    let request: IdbRequest = store.get_all(range.map(Query::from), limit).map_err(reduce_wrapped)?.into();
    transaction.finished().await?;
    Ok(result(&request)?.unchecked_into())
}

/// The keys of what [`after`] answers with the same, and what stands under them.
pub(crate) async fn after_with_keys(
    transaction: Transaction,
    area: Area,
    after: Option<JsValue>,
    limit: Option<u32>,
) -> Result<(Array, Array), StoreError> {
    let store = transaction.area(area)?;
    let range = || {
        after.as_ref().map(|key| KeyRange::lower_bound(key, Some(true))).transpose().map_err(reduce_wrapped)
    };
    let keys: IdbRequest =
        store.get_all_keys(range()?.map(Query::from), limit).map_err(reduce_wrapped)?.into();
    let rows: IdbRequest = store.get_all(range()?.map(Query::from), limit).map_err(reduce_wrapped)?.into();
    transaction.finished().await?;
    Ok((result(&keys)?.unchecked_into(), result(&rows)?.unchecked_into()))
}

/// How much there is.
pub(crate) async fn count(transaction: Transaction, area: Area) -> Result<u32, StoreError> {
    let request: IdbRequest = transaction.area(area)?.count(None).map_err(reduce_wrapped)?.into();
    transaction.finished().await?;
    Ok(result(&request)?.as_f64().unwrap_or_default() as u32)
}

/// Asks for what stands under `key`.
pub(crate) fn get(store: &ObjectStore, key: &str) -> Result<IdbRequest, StoreError> {
    store.get(JsValue::from_str(key)).map(Into::into).map_err(reduce_wrapped)
}

/// The answer to a request that was answered.
pub(crate) fn result(request: &IdbRequest) -> Result<JsValue, StoreError> {
    request.result().map_err(|thrown| reduce(&thrown))
}
