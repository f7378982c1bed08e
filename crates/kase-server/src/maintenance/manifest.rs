//! What a backup says of itself. It is written last, so that a folder without one is no backup.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ServerError;

/// The file in a backup's folder.
pub(super) const MANIFEST_FILE: &str = "backup.json";

/// The format that this program writes; it reads those up to it.
pub(super) const FORMAT: u32 = 1;

/// Bytes read at once.
const PIECE: usize = 1024 * 1024;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// See [`FORMAT`].
    pub(super) format: u32,
    /// The program that made it.
    pub(super) version: String,
    /// When it was begun, in milliseconds since the Unix epoch.
    pub(super) made_at: i64,
    /// What is in it.
    pub(super) databases: Vec<Copied>,
}

/// A database in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Copied {
    /// `headquarters`, or the channel's id.
    pub(super) place: String,
    /// Its name in the backup and in the installation.
    pub(super) file: String,
    /// Its size.
    pub(super) bytes: u64,
    /// In hex.
    pub(super) sha256: String,
}

impl Manifest {
    /// Reads the manifest of a backup.
    pub(super) fn read(folder: &Path) -> Result<Self, ServerError> {
        let path = folder.join(MANIFEST_FILE);
        let text = std::fs::read_to_string(&path).map_err(|error| ServerError::source(&path, error))?;
        let manifest: Self = serde_json::from_str(&text)
            .map_err(|error| ServerError::source(&path, format!("it is no manifest of a backup: {error}")))?;
        if manifest.format > FORMAT {
            let reason = format!("it was made by kase-server {}, which is newer", manifest.version);
            return Err(ServerError::source(&path, reason));
        }
        // A name is a file of the folder, and never leads out of it.
        let leads_out = |copied: &&Copied| Path::new(&copied.file).file_name() != Some(copied.file.as_ref());
        match manifest.databases.iter().find(leads_out) {
            Some(copied) => Err(ServerError::source(&path, format!("{} is no name of a file", copied.file))),
            None => Ok(manifest),
        }
    }
}

impl Copied {
    /// Looks at a file.
    pub(super) fn of(place: String, path: &Path) -> Result<Self, ServerError> {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (bytes, sha256) = digest(path).map_err(|error| ServerError::file(path, error))?;
        Ok(Self { place, file, bytes, sha256 })
    }

    /// Whether the file is still what it was.
    pub(super) fn check(&self, folder: &Path) -> Result<(), ServerError> {
        let path = folder.join(&self.file);
        let (bytes, sha256) = digest(&path).map_err(|error| ServerError::source(&path, error))?;
        if (bytes, &sha256) == (self.bytes, &self.sha256) {
            Ok(())
        } else {
            Err(ServerError::source(
                &path,
                "it is not the file that was backed up: it was changed or cut off",
            ))
        }
    }
}

fn digest(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((bytes, kase_service::hex(&hash.finalize())));
        }
        bytes += read as u64;
        hash.update(&piece[..read]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_of_every_version_is_read() {
        let fixture = include_str!("../../../kase-formats/fixtures/backup-manifest/1.json");
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(MANIFEST_FILE), fixture).unwrap();
        let manifest = Manifest::read(folder.path()).unwrap();
        assert_eq!((manifest.version.as_str(), manifest.made_at), ("0.1.0", 1_762_000_000_000));
        let [copied] = &manifest.databases[..] else { unreachable!("one was backed up") };
        assert_eq!((copied.place.as_str(), copied.file.as_str()), ("headquarters", "headquarters.sqlite"));
        std::fs::write(folder.path().join(&copied.file), "abc").unwrap();
        copied.check(folder.path()).unwrap();
        assert_eq!(
            serde_json::to_string_pretty(&manifest).unwrap(),
            fixture.trim_end(),
            "what is written today"
        );
    }
}
