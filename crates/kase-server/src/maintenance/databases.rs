//! The databases in a folder, known by what is in them and not by their names; and files that are on the disk for sure.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use kase_service::{has_table, open_beside};

use crate::ServerError;

/// How headquarters is called where channels are called by their ids.
pub(super) const HEADQUARTERS: &str = "headquarters";

/// What every SQLite file begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The databases of an installation, each with its place; channels first.
pub(super) async fn databases(folder: &Path) -> Result<Vec<(String, PathBuf)>, ServerError> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| ServerError::setting("--data", format!("{}: {error}", folder.display())))?;
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| ServerError::file(folder, error))?.path();
        if is_sqlite(&path)
            && let Some(place) = place_of(&path).await?
        {
            found.push((place, path));
        }
    }
    // A channel that was copied before headquarters has nothing that headquarters' copy does not know.
    found.sort_by_key(|(place, _)| (place == HEADQUARTERS, place.clone()));
    Ok(found)
}

/// Whose database it is; none of somebody else's.
pub(super) async fn place_of(path: &Path) -> Result<Option<String>, ServerError> {
    let mut connection = open_beside(path).await.map_err(|error| ServerError::file(path, error))?;
    let failed = |error: &dyn std::fmt::Display| ServerError::file(path, error);
    if has_table(&mut connection, "number_sequences").await.map_err(|error| failed(&error))? {
        return Ok(Some(HEADQUARTERS.to_owned()));
    }
    if !has_table(&mut connection, "place").await.map_err(|error| failed(&error))? {
        return Ok(None);
    }
    let channel = kase_channel::channel_of(&mut connection).await.map_err(|error| failed(&error))?;
    Ok(channel.map(|channel| channel.to_string()))
}

fn is_sqlite(path: &Path) -> bool {
    let mut magic = [0; 16];
    path.is_file()
        && File::open(path).is_ok_and(|mut file| file.read_exact(&mut magic).is_ok() && magic == *MAGIC)
}

/// Waits until a file or folder is on the disk.
pub(super) fn synchronize(path: &Path) -> Result<(), ServerError> {
    // Only Unix opens a folder as a file; elsewhere the system sees to its folders itself.
    if path.is_dir() && !cfg!(unix) {
        return Ok(());
    }
    File::open(path).and_then(|file| file.sync_all()).map_err(|error| ServerError::file(path, error))
}
