//! `cargo xtask formats`: opens every format that ever shipped, gives fixtures to what has none yet, and notes what is
//! new in `formats.lock`. It never rewrites what the last commit noted there.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::program::Program;
use crate::tools::Tools;
use crate::workspace::Workspace;

/// What has landed: a line each, `DIGEST  PATH`.
pub(crate) const LOCK: &str = "formats.lock";

/// Tells the tests that fixtures may be added.
const WRITE: &str = "KASE_FORMATS_WRITE";

/// Opens all. Where a person has to say what a new fixture means, it fails and says where.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let tools = Tools::new(workspace)?;
    let tests = ["test", "--quiet", "--package", "kase-formats"];
    let opened = tools.cargo(tests).env(WRITE, "1").run();
    let root = workspace.root();
    let noted = with_new(&landed(&root)?, &landing(&root)?);
    let path = root.join(LOCK);
    fs::write(&path, noted).with_context(|| format!("writing {}", path.display()))?;
    opened
}

/// What the last commit noted. What was noted since has not landed, and may still change.
fn landed(root: &Path) -> Result<String> {
    let committed = Program::new("git").args(["show", &format!("HEAD:{LOCK}")]).dir(root).output();
    let path = root.join(LOCK);
    match committed {
        Ok(lock) => Ok(lock),
        // Without git nobody knows: everything has landed.
        Err(_) if path.exists() => {
            fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
        }
        Err(_) => Ok(String::new()),
    }
}

/// The files that stay once they have landed, with their texts.
fn landing(root: &Path) -> Result<Vec<(String, String)>> {
    let mut landing = Vec::new();
    collect(root, &root.join("crates"), &mut landing)?;
    Ok(landing)
}

/// The lock with a line for each file that has none, in the order of the paths.
fn with_new(lock: &str, landing: &[(String, String)]) -> String {
    let mut lines: Vec<(String, String)> = lock
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(digest, path)| (path.to_owned(), digest.to_owned()))
        .collect();
    for (path, text) in landing {
        if !lines.iter().any(|(noted, _)| noted == path) {
            lines.push((path.clone(), digest(text)));
        }
    }
    lines.sort();
    lines.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, found)?;
            continue;
        }
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if is_landing(&name) {
            let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            found.push((name, text));
        }
    }
    Ok(())
}

/// Whether a file stays as it is once it has landed: migrations, and fixtures of formats.
pub(crate) fn is_landing(path: &str) -> bool {
    let kind = path.rsplit_once('.').map_or("", |(_, kind)| kind);
    let is_migration = path.starts_with("crates/") && path.contains("/migrations/") && kind == "sql";
    is_migration || (path.starts_with("crates/kase-formats/fixtures/") && matches!(kind, "json" | "sql"))
}

/// SHA-256 in hex. Line ends are those of the repository, whatever a checkout makes of them.
pub(crate) fn digest(text: &str) -> String {
    let bytes = Sha256::digest(text.replace("\r\n", "\n"));
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_is_noted_and_what_stands_there_stays() {
        let landing =
            [("crates/b".to_owned(), "new".to_owned()), ("crates/a".to_owned(), "other".to_owned())];
        let noted = with_new("0123  crates/a\n", &landing);
        assert_eq!(noted, format!("0123  crates/a\n{}  crates/b\n", digest("new")));
        assert_eq!(with_new(&noted, &landing), noted);
    }

    #[test]
    fn migrations_and_fixtures_stay_and_nothing_else() {
        let check = |path, expected| assert_eq!(is_landing(path), expected, "{path}");
        check("crates/kase-channel/migrations/0001_channel.sql", true);
        check("crates/kase-formats/fixtures/settings/1.json", true);
        check("crates/kase-formats/fixtures/channel-database/1.sql", true);
        check("crates/kase-formats/tests/formats/main.rs", false);
        check("crates/kase-channel/src/change.rs", false);
        check("tests/e2e/migrations/a.sql", false);
    }

    #[test]
    fn a_digest_is_as_sha256sum_says() {
        assert_eq!(digest("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest("a\r\nb"), digest("a\nb"));
    }
}
