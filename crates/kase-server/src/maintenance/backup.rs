//! `kase-server backup`: copies the databases of a running installation. It is written under another name and takes its
//! own when it is whole and on the disk.

use std::path::{Path, PathBuf};

use kase_replication::Environment;
use kase_service::copy_database;

use super::databases::{databases, synchronize};
use super::manifest::{Copied, FORMAT, MANIFEST_FILE, Manifest};
use crate::ServerError;
use crate::environment::System;
use crate::folder_lock::FolderLock;

/// Copies the databases in `data` into the new folder `target`; what was done, in words.
pub(super) async fn back_up(data: &Path, target: &Path) -> Result<String, ServerError> {
    if target.symlink_metadata().is_ok() {
        return Err(ServerError::setting("TARGET", format!("{} is there already", target.display())));
    }
    let found = databases(data).await?;
    if found.is_empty() {
        return Err(ServerError::setting("--data", format!("{} holds no databases", data.display())));
    }
    let _lock = FolderLock::to_serve(data)?;
    let name = target.file_name().ok_or_else(|| ServerError::setting("TARGET", "it names no folder"))?;
    let unfinished = target.with_file_name(format!("{}.unfinished", name.to_string_lossy()));
    let copied = fill(&unfinished, &found).await;
    let moved = copied.and_then(|manifest| {
        std::fs::rename(&unfinished, target).map_err(|error| ServerError::file(target, error))?;
        synchronize(&folder_of(target))?;
        Ok(manifest)
    });
    if moved.is_err() {
        // What is left of it is no backup; the reason is told all the same.
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    let manifest = moved?;
    let bytes: u64 = manifest.databases.iter().map(|copied| copied.bytes).sum();
    let places: Vec<&str> = manifest.databases.iter().map(|copied| copied.place.as_str()).collect();
    Ok(format!("backed up {} to {} ({bytes} bytes)", places.join(", "), target.display()))
}

async fn fill(folder: &Path, found: &[(String, PathBuf)]) -> Result<Manifest, ServerError> {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| ServerError::file(folder, error))?;
    }
    make_private(folder)?;
    let made_at = System.now().0;
    let mut copies = Vec::with_capacity(found.len());
    for (place, path) in found {
        let copy = folder.join(path.file_name().unwrap_or_default());
        copy_database(path, &copy).await.map_err(|error| ServerError::file(path, error))?;
        synchronize(&copy)?;
        copies.push(Copied::of(place.clone(), &copy)?);
    }
    let manifest = Manifest {
        format: FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at,
        databases: copies,
    };
    let path = folder.join(MANIFEST_FILE);
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| ServerError::file(&path, error))?;
    std::fs::write(&path, text).map_err(|error| ServerError::file(&path, error))?;
    synchronize(&path)?;
    synchronize(folder)?;
    Ok(manifest)
}

/// Customers' data and headquarters' secrets are for nobody else on this machine.
fn make_private(folder: &Path) -> Result<(), ServerError> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| ServerError::setting("TARGET", format!("{}: {error}", folder.display())))
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}
