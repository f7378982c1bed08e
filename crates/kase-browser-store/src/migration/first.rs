//! The first version that shipped.

use idb::{Database, Error, IndexParams, KeyPath, ObjectStoreParams};

use crate::schema::{Area, BY_OPERATION, OPERATION, ORDER};

/// Makes it of nothing.
pub(super) fn migrate(database: &Database) -> Result<(), Error> {
    for area in [Area::Customers, Area::OperationTexts, Area::Values, Area::Counters] {
        database.create_object_store(area.name(), ObjectStoreParams::new())?;
    }
    let mut parameters = ObjectStoreParams::new();
    parameters.auto_increment(true).key_path(Some(KeyPath::new_single(ORDER)));
    let outbox = database.create_object_store(Area::Outbox.name(), parameters)?;
    let mut unique = IndexParams::new();
    unique.unique(true);
    outbox.create_index(BY_OPERATION, KeyPath::new_single(OPERATION), Some(unique))?;
    Ok(())
}
