//! One transaction. It ends by itself as soon as it has nothing to do when control goes back to the browser:
//! between beginning and finishing, only its own requests may be awaited.

use idb::{ObjectStore, TransactionMode};
use js_sys::{Array, Function, Object, Promise, Reflect};
use kase_register::StoreError;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, IdbDatabase, IdbRequest, IdbTransaction};

use crate::error::{reduce, reduce_exception, reduce_wrapped};
use crate::schema::Area;

#[wasm_bindgen]
extern "C" {
    /// web-sys has `transaction` with options behind a flag for unstable interfaces only.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DatabaseWithOptions;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with_options(
        this: &DatabaseWithOptions,
        stores: &Array,
        mode: &JsValue,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// What a transaction may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Read.
    Read,
    /// Write, on the disk before it is complete: the browser's default would leave it to the system's cache.
    Durable,
}

/// A transaction over some areas.
pub(crate) struct Transaction {
    raw: IdbTransaction,
    wrapped: idb::Transaction,
    /// Resolved with the `complete` or `abort` event, or the connection's `close`. Heard from the beginning, so that
    /// none is missed.
    end: Promise,
    _closing: Option<Closing>,
}

/// Listens to the end of the connection for as long as a transaction lives: a browser that closes one because its disk
/// is full tells some of the transactions under way nothing more.
struct Closing {
    database: IdbDatabase,
    heard: Function,
}

impl Closing {
    fn listen(database: &IdbDatabase, heard: Function) -> Self {
        // Refused for no function only.
        let _asked = database.add_event_listener_with_callback("close", &heard);
        Self { database: database.clone(), heard }
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        // As above.
        let _asked = self.database.remove_event_listener_with_callback("close", &self.heard);
    }
}

impl Transaction {
    /// Opens it.
    pub(crate) fn begin(database: &IdbDatabase, areas: &[Area], access: Access) -> Result<Self, StoreError> {
        let names: Array = areas.iter().map(|area| JsValue::from_str(area.name())).collect();
        let (mode, durability) = match access {
            Access::Read => (TransactionMode::ReadOnly, "default"),
            Access::Durable => (TransactionMode::ReadWrite, "strict"),
        };
        let options = Object::new();
        Reflect::set(&options, &"durability".into(), &durability.into()).map_err(|thrown| reduce(&thrown))?;
        let raw = database
            .unchecked_ref::<DatabaseWithOptions>()
            .transaction_with_options(&names, &mode.into(), &options)
            .map_err(|thrown| reduce(&thrown))?;
        let mut heard = None;
        let end = Promise::new(&mut |resolve, _| {
            raw.set_oncomplete(Some(&resolve));
            raw.set_onabort(Some(&resolve));
            heard = Some(resolve);
        });
        let closing = heard.map(|heard| Closing::listen(database, heard));
        Ok(Self { wrapped: raw.clone().into(), raw, end, _closing: closing })
    }

    /// One of its areas.
    pub(crate) fn area(&self, area: Area) -> Result<ObjectStore, StoreError> {
        self.wrapped.object_store(area.name()).map_err(reduce_wrapped)
    }

    /// Waits until it is complete. With an error, nothing of it was done, as far as the browser has told.
    pub(crate) async fn finished(self) -> Result<(), StoreError> {
        // Nothing more will come: the browser need not wait until the requests' answers are heard. It refuses
        // when the transaction has ended already, and then the end says why.
        let _asked = self.wrapped.commit();
        let event = JsFuture::from(self.end).await.map_err(|thrown| reduce(&thrown))?;
        if event.unchecked_ref::<Event>().type_() == "complete" {
            return Ok(());
        }
        // The browser gives no reason where it closed the connection.
        Err(self.raw.error().map_or(StoreError::Closed, |exception| reduce_exception(&exception)))
    }

    /// Undoes everything, and says why: for the reason that the browser had, or else for `error`.
    pub(crate) async fn aborted(self, error: StoreError) -> StoreError {
        // Refused when the transaction has ended already.
        let _asked = self.raw.abort();
        let _event = JsFuture::from(self.end).await;
        self.raw.error().map_or(error, |exception| reduce_exception(&exception))
    }
}

/// Waits for the answer to one request of an open transaction, and thereby to all that were made before.
pub(crate) async fn answered(request: &IdbRequest) -> Result<(), StoreError> {
    let answer = Promise::new(&mut |resolve, _| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&resolve));
    });
    JsFuture::from(answer).await.map_err(|thrown| reduce(&thrown))?;
    match request.error() {
        Ok(Some(exception)) => Err(reduce_exception(&exception)),
        Ok(None) => Ok(()),
        Err(thrown) => Err(reduce(&thrown)),
    }
}
