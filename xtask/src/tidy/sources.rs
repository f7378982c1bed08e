//! The files that people write, as text.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// A file of the checkout.
#[derive(Debug)]
pub(super) struct Source {
    /// From the checkout's root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

/// What tools made or people run, not wrote.
const SKIPPED: [&str; 5] = ["target", "node_modules", "var", "dist", ".git"];

/// What people write, and `lock` for what has landed.
const KINDS: [&str; 11] = ["rs", "toml", "css", "html", "js", "mjs", "ts", "json", "md", "sql", "lock"];

impl Source {
    /// How the name ends, without the dot.
    pub(super) fn kind(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, kind)| kind)
    }

    /// The name without the folders.
    pub(super) fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The crate whose `src/` holds it; the root's is `kase`.
    pub(super) fn package(&self) -> Option<&str> {
        if self.path.starts_with("src/") {
            return Some("kase");
        }
        let (package, rest) = self.path.strip_prefix("crates/").unwrap_or(&self.path).split_once('/')?;
        rest.starts_with("src/").then_some(package)
    }

    /// Its lines with their numbers, as editors count.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }
}

/// Reads them all, in the order of their paths.
pub(super) fn read(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    collect(root, root, &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn collect(root: &Path, folder: &Path, sources: &mut Vec<Source>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            if !SKIPPED.iter().any(|skipped| name == *skipped) {
                collect(root, &path, sources)?;
            }
            continue;
        }
        let kind = path.extension().unwrap_or_default();
        if KINDS.iter().any(|known| kind == *known) {
            let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            sources.push(Source { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
pub(super) fn source(path: &str, text: &str) -> Source {
    Source { path: path.into(), text: text.into() }
}

#[cfg(test)]
mod tests {
    use super::source;

    fn check(path: &str, expected: Option<&str>) {
        assert_eq!(source(path, "").package(), expected, "{path}");
    }

    #[test]
    fn a_file_belongs_to_the_crate_whose_src_holds_it() {
        check("src/pages/customers.rs", Some("kase"));
        check("crates/kase-domain/src/lib.rs", Some("kase-domain"));
        check("xtask/src/main.rs", Some("xtask"));
        check("crates/kase-channel/tests/http.rs", None);
        check("tests/web/main.rs", None);
        check("build.rs", None);
    }
}
