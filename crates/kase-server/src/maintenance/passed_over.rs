//! What every restore in this folder passed over. The database that a restore replaces may be unreadable, and the backup
//! knows nothing of the time since: without this, the same backup restored twice would give out the same numbers twice.

use std::collections::BTreeMap;
use std::path::Path;

use kase_headquarters::GivenOut;
use serde::{Deserialize, Serialize};

use super::databases::synchronize;
use crate::ServerError;

/// The file in the folder of the databases.
const FILE: &str = "passed-over.json";

/// The format that this program writes; it reads those up to it.
const FORMAT: u32 = 1;

/// See the module. It only ever grows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PassedOver {
    format: u32,
    /// What headquarters goes on from at least.
    #[serde(default)]
    pub(super) headquarters: GivenOut,
    /// The last short reference that each channel may have given.
    #[serde(default)]
    pub(super) references: BTreeMap<String, u32>,
}

impl PassedOver {
    /// Reads what earlier restores passed over; nothing where there was none.
    pub(super) fn read(data: &Path) -> Result<Self, ServerError> {
        let path = data.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let (headquarters, references) = (GivenOut::default(), BTreeMap::new());
                return Ok(Self { format: FORMAT, headquarters, references });
            }
            Err(error) => return Err(ServerError::file(&path, error)),
        };
        let unreadable = |reason: String| {
            let advice = "move it away, and pass over more with --skip-numbers";
            ServerError::setting("--data", format!("{}: {reason}; {advice}", path.display()))
        };
        let read: Self = serde_json::from_str(&text).map_err(|error| unreadable(error.to_string()))?;
        if read.format > FORMAT {
            return Err(unreadable("it is of a newer program".to_owned()));
        }
        Ok(read)
    }

    /// Writes it, wholly and on the disk.
    pub(super) fn write(&self, data: &Path) -> Result<(), ServerError> {
        let (path, unfinished) = (data.join(FILE), data.join(format!("{FILE}.unfinished")));
        let failed = |error: &dyn std::fmt::Display| ServerError::file(&path, error);
        let text = serde_json::to_string_pretty(self).map_err(|error| failed(&error))?;
        std::fs::write(&unfinished, text).map_err(|error| failed(&error))?;
        synchronize(&unfinished)?;
        std::fs::rename(&unfinished, &path).map_err(|error| failed(&error))?;
        synchronize(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_restores_of_every_version_passed_over_is_read() {
        let fixture = include_str!("../../../kase-formats/fixtures/restores/1.json");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), fixture).unwrap();
        let read = PassedOver::read(folder.path()).unwrap();
        assert_eq!(read.headquarters.numbers["customer_account"], 102_001);
        assert_eq!((read.headquarters.settings_version, read.references["riga-centrs"]), (10_007, 42));
        assert_eq!(serde_json::to_string_pretty(&read).unwrap(), fixture.trim_end(), "what is written today");
    }
}
