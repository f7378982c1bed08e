//! The second version: finished operations are kept for a channel that goes back in time.

use idb::{Database, Error, IndexParams, KeyPath, ObjectStoreParams};

use crate::schema::{Area, BY_CUSTOMER, BY_ORDER, CUSTOMER, ORDER};

/// Makes it of the first. Whatever is finished from now on is kept.
pub(super) fn migrate(database: &Database) -> Result<(), Error> {
    let finished = database.create_object_store(Area::Finished.name(), ObjectStoreParams::new())?;
    for (index, property) in [(BY_ORDER, ORDER), (BY_CUSTOMER, CUSTOMER)] {
        finished.create_index(index, KeyPath::new_single(property), Some(IndexParams::new()))?;
    }
    Ok(())
}
