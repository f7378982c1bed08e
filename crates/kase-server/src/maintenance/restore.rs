//! `kase-server restore`: brings databases back from a backup. Everything is checked and made ready beside the
//! installation; only then the old databases are moved aside, never deleted, and the new ones take their places.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kase_replication::Environment;

use super::databases::{HEADQUARTERS, place_of, synchronize};
use super::manifest::{Copied, Manifest};
use super::passed_over::PassedOver;
use crate::ServerError;
use crate::environment::System;
use crate::folder_lock::{FolderLock, RESTORING};

/// What SQLite keeps beside a database.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

/// How to restore.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub(super) replace: bool,
    pub(super) only: Vec<String>,
    pub(super) skip_numbers: u64,
}

/// Brings the databases of the backup `source` back into `data`; what was done, in words.
pub(super) async fn restore(source: &Path, data: &Path, wish: &Wish) -> Result<String, ServerError> {
    let manifest = Manifest::read(source)?;
    let chosen = choose(&manifest, &wish.only)?;
    for copied in &chosen {
        copied.check(source)?;
    }
    std::fs::create_dir_all(data)
        .map_err(|error| ServerError::Folder { folder: data.to_owned(), reason: error.to_string() })?;
    let _lock = FolderLock::to_restore(data)?;
    if !wish.replace
        && let Some(there) = chosen.iter().find(|copied| data.join(&copied.file).exists())
    {
        let reason =
            format!("{} is there already; --replace moves it aside", data.join(&there.file).display());
        return Err(ServerError::setting("--data", reason));
    }
    let passed_over = PassedOver::read(data)?;
    let restoring = data.join(RESTORING);
    let was_unfinished = restoring.exists();
    if was_unfinished {
        std::fs::remove_dir_all(&restoring).map_err(|error| ServerError::file(&restoring, error))?;
    }
    std::fs::create_dir(&restoring).map_err(|error| ServerError::file(&restoring, error))?;
    let made_ready = make_all_ready(&chosen, source, data, wish, passed_over).await;
    if made_ready.is_err() && !was_unfinished {
        // Nothing was changed yet, and what was made ready is in the backup too. What an earlier restore left half done
        // still is.
        let _ = std::fs::remove_dir_all(&restoring);
    }
    let mut said = made_ready?;
    let aside = data.join(format!("replaced-{}", System.now().0));
    for copied in &chosen {
        put_in_place(&copied.file, data, &restoring, &aside)?;
    }
    synchronize(data)?;
    std::fs::remove_dir(&restoring).map_err(|error| ServerError::file(&restoring, error))?;
    synchronize(data)?;
    if aside.exists() {
        said.push(format!("what stood there lies in {}", aside.display()));
    }
    Ok(said.join("\n"))
}

fn choose<'a>(manifest: &'a Manifest, only: &[String]) -> Result<Vec<&'a Copied>, ServerError> {
    let is_in = |place: &&String| manifest.databases.iter().any(|copied| copied.place == **place);
    if let Some(missing) = only.iter().find(|place| !is_in(place)) {
        let places: Vec<&str> = manifest.databases.iter().map(|copied| copied.place.as_str()).collect();
        let reason = format!("{missing} is not in this backup; it holds {}", places.join(", "));
        return Err(ServerError::setting("--only", reason));
    }
    let wanted = |copied: &&Copied| only.is_empty() || only.contains(&copied.place);
    Ok(manifest.databases.iter().filter(wanted).collect())
}

/// Makes every chosen database ready; what that meant, in words.
async fn make_all_ready(
    chosen: &[&Copied],
    source: &Path,
    data: &Path,
    wish: &Wish,
    mut passed_over: PassedOver,
) -> Result<Vec<String>, ServerError> {
    let mut said = Vec::with_capacity(chosen.len());
    for copied in chosen {
        said.push(make_ready(copied, source, data, wish, &mut passed_over).await?);
    }
    // Before anything that is restored can serve; a restore that ends here has passed over more than it must.
    passed_over.write(data)?;
    Ok(said)
}

/// Copies a database out of the backup and makes it fit to serve; what that meant, in words.
async fn make_ready(
    copied: &Copied,
    source: &Path,
    data: &Path,
    wish: &Wish,
    passed_over: &mut PassedOver,
) -> Result<String, ServerError> {
    let path = data.join(RESTORING).join(&copied.file);
    std::fs::copy(source.join(&copied.file), &path).map_err(|error| ServerError::file(&path, error))?;
    // In a backup on a disk that is read-only, so are its files.
    make_writable(&path)?;
    if place_of(&path).await?.as_deref() != Some(copied.place.as_str()) {
        return Err(ServerError::source(
            &source.join(&copied.file),
            format!("it is not of {}", copied.place),
        ));
    }
    let environment: Arc<dyn Environment> = Arc::new(System);
    let words = if copied.place == HEADQUARTERS {
        let replaced = data.join(&copied.file);
        let replaced = replaced.exists().then_some(replaced.as_path());
        let (skip, earlier) = (wish.skip_numbers, &passed_over.headquarters);
        let restored = kase_headquarters::restored(&path, environment, skip, earlier, replaced).await?;
        passed_over.headquarters = restored.given_out;
        let skipped: Vec<String> = restored.skipped.iter().map(ToString::to_string).collect();
        format!("restored headquarters: {}", skipped.join("; "))
    } else {
        let earlier = passed_over.references.get(&copied.place).copied().unwrap_or_default();
        let restored = kase_channel::restored(&path, environment, earlier).await?;
        passed_over.references.insert(copied.place.clone(), restored.references);
        format!("restored channel {}", restored.channel)
    };
    // Closed, everything is in the one file.
    for beside in ["-wal", "-shm"] {
        let beside = beside_of(&path, beside);
        if beside.exists() {
            return Err(ServerError::file(&beside, "the restored database did not come to rest"));
        }
    }
    synchronize(&path)?;
    Ok(words)
}

/// Moves what stands there aside and the restored database to its place.
fn put_in_place(file: &str, data: &Path, restoring: &Path, aside: &Path) -> Result<(), ServerError> {
    let path = data.join(file);
    for beside in BESIDE {
        let there = beside_of(&path, beside);
        if there.exists() {
            std::fs::create_dir_all(aside).map_err(|error| ServerError::file(aside, error))?;
            let kept = beside_of(&aside.join(file), beside);
            std::fs::rename(&there, &kept).map_err(|error| ServerError::file(&there, error))?;
        }
    }
    std::fs::rename(restoring.join(file), &path).map_err(|error| ServerError::file(&path, error))
}

fn beside_of(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn make_writable(path: &Path) -> Result<(), ServerError> {
    let failed = |error: std::io::Error| ServerError::file(path, error);
    let mut permissions = path.metadata().map_err(failed)?.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o600);
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    std::fs::set_permissions(path, permissions).map_err(failed)
}
