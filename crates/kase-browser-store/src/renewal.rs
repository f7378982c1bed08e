//! A new log below all databases of this origin. It touches no data, and is asked for before anything is written upon
//! what a failed write may have left.
//!
//! Chromium keeps them in one LevelDB with a log at its end. A disk that fills up, or a browser that is killed, can
//! leave half a record there. The next opening forgives it and goes on writing behind it; the one after that takes the
//! half record for damage in the middle, and then Chromium deletes *everything* that the origin has. Deleting any
//! database makes LevelDB begin a new log, since Chromium compacts what it deleted. Other browsers lose some
//! milliseconds by it.

use kase_register::StoreError;
use wasm_bindgen::JsCast;
use web_sys::{IdbDatabase, IdbFactory};

use crate::error::{reduce, reduce_at_opening};
use crate::transaction::answered;

/// Has the browser begin a new log, by a database that is made and deleted.
pub(crate) async fn renew(name: &str) -> Result<(), StoreError> {
    let factory: IdbFactory = idb::Factory::new().map_err(|_| StoreError::Unavailable)?.into();
    let name = format!("{name}-renewal");
    let opening = factory.open(&name).map_err(|thrown| reduce_at_opening(&thrown))?;
    answered(&opening).await?;
    let database = opening.result().map_err(|thrown| reduce_at_opening(&thrown))?;
    database.unchecked_into::<IdbDatabase>().close();
    let deleting = factory.delete_database(&name).map_err(|thrown| reduce(&thrown))?;
    answered(&deleting).await
}
