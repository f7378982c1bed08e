//! Brings a database of any version that ever shipped to the current one, inside the browser's upgrade
//! transaction: wholly, or it stays as it was.

mod first;
mod second;

use idb::{Database, Error};

use crate::schema::Version;

/// Makes every version after `from`, one after the other; 0 is a database that is not there yet.
pub(crate) fn migrate(from: u32, database: &Database) -> Result<(), Error> {
    for version in Version::ALL.into_iter().filter(|version| version.number() > from) {
        match version {
            Version::First => first::migrate(database)?,
            Version::Second => second::migrate(database)?,
        }
    }
    Ok(())
}
