//! Who uses a folder of databases: any number of servers together, or one restore alone. The system lets go of the lock
//! with the process, however that ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::ServerError;

/// The folder, in that of the databases, in which a restore makes its databases ready. While it is there, those beside it
/// may be half of the old and half of the new.
pub(crate) const RESTORING: &str = "restoring";

/// The lock's file; it is empty and stays.
const LOCK_FILE: &str = "kase-server.lock";

/// Held as long as the folder is used.
#[derive(Debug)]
pub(crate) struct FolderLock(#[allow(dead_code, reason = "held, not read")] Option<File>);

impl FolderLock {
    /// For a server, or what works beside one; not where a restore has begun and was not finished.
    pub(crate) fn to_serve(folder: &Path) -> Result<Self, ServerError> {
        let file = open(folder)?;
        let refused = |what| ServerError::setting("--data", format!("{}: {what}", folder.display()));
        let lock = match file.try_lock_shared() {
            Ok(()) => Self(Some(file)),
            Err(TryLockError::WouldBlock) => return Err(refused("a restore is under way")),
            Err(TryLockError::Error(error)) => {
                tracing::warn!(%error, "the folder cannot be locked here: restore only while the server is stopped");
                Self(None)
            }
        };
        if folder.join(RESTORING).exists() {
            return Err(refused("a restore was not finished; run it again"));
        }
        Ok(lock)
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
