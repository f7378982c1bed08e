//! Rows and their text.

use js_sys::{Object, Reflect};
use kase_domain::{CustomerId, OperationId, OperationKind, Timestamp};
use kase_register::{NewEntry, OutboxEntry, Progress, StoreError};
use kase_replication::{Claim, CustomerState};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use crate::error::reduce;
use crate::schema::{CUSTOMER, HEADER, OPERATION, ORDER, TEXT};

/// What the outbox keeps of an operation besides its bytes.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    id: OperationId,
    customer_id: CustomerId,
    kind: OperationKind,
    recorded_at: Timestamp,
    bytes: u32,
    pub(crate) progress: Progress,
    /// None where it is as when it was recorded, and in what was written before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<Timestamp>,
    /// What was told of it, once it was finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    claim: Option<Claim>,
}

impl Header {
    /// That of a new entry.
    pub(crate) fn of(entry: &NewEntry) -> Self {
        Self {
            id: entry.id,
            customer_id: entry.customer_id,
            kind: entry.kind,
            recorded_at: entry.recorded_at,
            bytes: u32::try_from(entry.text.len()).unwrap_or(u32::MAX),
            progress: entry.progress.clone(),
            since: None,
            claim: None,
        }
    }

    /// Takes over its progress, as [`OutboxEntry::advance`] does.
    pub(crate) fn advance(&mut self, progress: &Progress, at: Timestamp) {
        if self.progress != *progress {
            self.since = Some(at);
        }
        self.progress = progress.clone();
    }

    /// The same of an operation that is finished.
    pub(crate) fn with_claim(self, claim: &Claim) -> Self {
        Self { claim: Some(claim.clone()), ..self }
    }

    /// The row, with its order once it has one.
    pub(crate) fn to_row(&self, order: Option<&JsValue>) -> Result<JsValue, StoreError> {
        let row = Object::new();
        let set = |name: &str, value: &JsValue| {
            Reflect::set(&row, &name.into(), value).map(drop).map_err(|thrown| reduce(&thrown))
        };
        if let Some(order) = order {
            set(ORDER, order)?;
        }
        set(OPERATION, &self.id.to_string().into())?;
        set(HEADER, &to_text(self)?.into())?;
        Ok(row.into())
    }

    /// Reads a row: the order and the rest.
    pub(crate) fn from_row(row: &JsValue) -> Result<(JsValue, Self), StoreError> {
        let get = |name: &str| Reflect::get(row, &name.into()).map_err(|thrown| reduce(&thrown));
        let header = get(HEADER)?;
        Ok((get(ORDER)?, from_text(&header, "an outbox entry")?))
    }
}

/// An operation that is finished.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Its place in the outbox, as it was.
    pub(crate) order: JsValue,
    pub(crate) header: Header,
    pub(crate) text: String,
}

impl Finished {
    pub(crate) fn to_row(&self) -> Result<JsValue, StoreError> {
        let row = Object::new();
        let set = |name: &str, value: &JsValue| {
            Reflect::set(&row, &name.into(), value).map(drop).map_err(|thrown| reduce(&thrown))
        };
        set(ORDER, &self.order)?;
        set(CUSTOMER, &self.header.customer_id.to_string().into())?;
        set(HEADER, &to_text(&self.header)?.into())?;
        set(TEXT, &self.text.as_str().into())?;
        Ok(row.into())
    }

    pub(crate) fn from_row(row: &JsValue) -> Result<Self, StoreError> {
        let (order, header) = Header::from_row(row)?;
        let text = Reflect::get(row, &TEXT.into()).map_err(|thrown| reduce(&thrown))?;
        Ok(Self { order, header, text: plain(&text)? })
    }
}

/// Reads a row of the outbox as the register knows it.
pub(crate) fn outbox_entry(row: &JsValue) -> Result<OutboxEntry, StoreError> {
    let (order, header) = Header::from_row(row)?;
    let order = order.as_f64().ok_or_else(|| StoreError::Corrupt("an outbox entry has no order".into()))?;
    Ok(OutboxEntry {
        order: order as u64,
        id: header.id,
        customer_id: header.customer_id,
        kind: header.kind,
        recorded_at: header.recorded_at,
        progress: header.progress,
        since: header.since.unwrap_or(header.recorded_at),
        bytes: header.bytes,
        claim: header.claim,
    })
}

/// The order of an outbox row that cannot be read, and its operation where that can be.
pub(crate) fn name_of_entry(row: &JsValue) -> (u64, Option<OperationId>) {
    let get = |name: &str| Reflect::get(row, &name.into()).unwrap_or(JsValue::UNDEFINED);
    let order = get(ORDER).as_f64().unwrap_or_default();
    (order as u64, get(OPERATION).as_string().and_then(|id| id.parse().ok()))
}

/// A customer's text.
pub(crate) fn customer_text(state: &CustomerState) -> Result<String, StoreError> {
    to_text(state)
}

/// Reads a customer's text.
pub(crate) fn customer(text: &JsValue) -> Result<CustomerState, StoreError> {
    from_text(text, "a customer")
}

/// Reads a text that is kept as it is.
pub(crate) fn plain(text: &JsValue) -> Result<String, StoreError> {
    text.as_string().ok_or_else(|| StoreError::Corrupt("a text is no text".into()))
}

fn to_text(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Failed(error.to_string()))
}

/// The error names the kind of record and the place in its text, never what a person typed.
fn from_text<T: for<'a> Deserialize<'a>>(text: &JsValue, what: &str) -> Result<T, StoreError> {
    let text = text.as_string().ok_or_else(|| StoreError::Corrupt(format!("{what} is no text")))?;
    serde_json::from_str(&text).map_err(|error| {
        StoreError::Corrupt(format!("{what}, line {}, column {}", error.line(), error.column()))
    })
}
