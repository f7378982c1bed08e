//! An open connection to the database: how it comes about, and how it ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use idb::Database;
use idb::event::VersionChangeEvent;
use idb::request::OpenDatabaseRequest;
use kase_register::StoreError;
use wasm_bindgen::JsCast;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbVersionChangeEvent};

use crate::error::{reduce_at_opening, reduce_wrapped};
use crate::migration::migrate;
use crate::notice::StoreNotice;
use crate::schema::{Area, Version};
use crate::transaction::{Access, Transaction, answered};

/// Whoever hears what the store has to say.
pub(crate) type Listener = Rc<dyn Fn(StoreNotice)>;

/// An open connection. It is closed when it is dropped.
pub(crate) struct Connection {
    raw: IdbDatabase,
    open: Rc<Cell<bool>>,
    /// Holds the listeners of the connection's events.
    _wrapped: Database,
}

impl Connection {
    /// Opens the database; one that is not there is made, one of an older version is migrated.
    pub(crate) async fn open(name: &str, listener: &Listener) -> Result<Self, StoreError> {
        let factory: IdbFactory = idb::Factory::new().map_err(|_| StoreError::Unavailable)?.into();
        let raw = factory
            .open_with_u32(name, Version::CURRENT.number())
            .map_err(|thrown| reduce_at_opening(&thrown))?;
        let failure = Rc::new(RefCell::new(None));
        let mut request = OpenDatabaseRequest::from(raw.clone());
        request.on_upgrade_needed({
            let failure = failure.clone();
            move |event| {
                *failure.borrow_mut() = upgrade(event).err();
            }
        });
        request.on_blocked({
            let listener = listener.clone();
            move |_| listener(StoreNotice::WaitsForOtherTabs)
        });
        let opened = answered(&raw).await;
        if let Some(error) = failure.take() {
            return Err(error);
        }
        opened.map_err(|error| if error == StoreError::Closed { StoreError::Unavailable } else { error })?;
        let database = raw.result().map_err(|thrown| reduce_at_opening(&thrown))?;
        Ok(Self::over(database.unchecked_into(), listener.clone()))
    }

    fn over(raw: IdbDatabase, listener: Listener) -> Self {
        let open = Rc::new(Cell::new(true));
        let mut wrapped = Database::from(raw.clone());
        wrapped.on_version_change({
            let (raw, open, listener) = (raw.clone(), open.clone(), listener.clone());
            move |event| {
                // Letting go at once: the other tab waits for it, and transactions under way still finish.
                raw.close();
                open.set(false);
                let deleted = event.unchecked_ref::<IdbVersionChangeEvent>().new_version().is_none();
                listener(if deleted { StoreNotice::Deleted } else { StoreNotice::NewerVersionWaits });
            }
        });
        wrapped.on_close({
            let open = open.clone();
            move |_| {
                open.set(false);
                listener(StoreNotice::Closed);
            }
        });
        Self { raw, open, _wrapped: wrapped }
    }

    /// Whether it is open, as far as the browser has said.
    pub(crate) fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Begins a transaction.
    pub(crate) fn begin(&self, areas: &[Area], access: Access) -> Result<Transaction, StoreError> {
        let begun = Transaction::begin(&self.raw, areas, access);
        if begun.as_ref().is_err_and(|error| *error == StoreError::Closed) {
            self.open.set(false);
        }
        begun
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.raw.close();
    }
}

/// Migrates in the browser's upgrade transaction, or leaves the database as it was.
fn upgrade(event: VersionChangeEvent) -> Result<(), StoreError> {
    let old = event.old_version().map_err(reduce_wrapped)?;
    let raw = IdbVersionChangeEvent::from(event);
    let request: IdbOpenDbRequest = raw
        .target()
        .and_then(|target| target.dyn_into().ok())
        .ok_or_else(|| StoreError::Failed("an upgrade without a request".into()))?;
    let database: IdbDatabase =
        request.result().map_err(|thrown| reduce_at_opening(&thrown))?.unchecked_into();
    let migrated = migrate(old, &Database::from(database)).map_err(reduce_wrapped);
    if let (Err(_), Some(transaction)) = (&migrated, request.transaction()) {
        // Refused only when it has aborted by itself.
        let _asked = transaction.abort();
    }
    migrated
}
