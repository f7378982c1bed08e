//! Who uses a folder of databases: any number of servers together, or one restore alone. The system lets go of the lock
//! with the process, however that ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::ServerError;

/// The lock's file; it is empty and stays.
const LOCK_FILE: &str = "kase-server.lock";

/// Held as long as the folder is used.
#[derive(Debug)]
pub(crate) struct FolderLock(#[allow(dead_code, reason = "held, not read")] Option<File>);

impl FolderLock {
    /// For a server.
    pub(crate) fn to_serve(folder: &Path) -> Result<Self, ServerError> {
        let file = open(folder)?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Self(Some(file))),
            Err(TryLockError::WouldBlock) => {
                Err(ServerError::setting("--data", format!("{}: a restore is under way", folder.display())))
            }
            Err(TryLockError::Error(error)) => {
                tracing::warn!(%error, "the folder cannot be locked here: restore only while the server is stopped");
                Ok(Self(None))
            }
        }
    }

    /// For a restore.
    pub(crate) fn to_restore(folder: &Path) -> Result<Self, ServerError> {
        let file = open(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(Some(file))),
            Err(TryLockError::WouldBlock) => {
                let reason = format!("{}: a kase-server runs there; stop it first", folder.display());
                Err(ServerError::setting("--data", reason))
            }
            Err(TryLockError::Error(error)) => Err(ServerError::file(&folder.join(LOCK_FILE), error)),
        }
    }
}

fn open(folder: &Path) -> Result<File, ServerError> {
    let path = folder.join(LOCK_FILE);
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| ServerError::file(&path, error))
}
