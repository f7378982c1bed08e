//! What a browser downloads before it shows the first screen.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::compressed::beside;

/// From the design: the first screen, brotli, in bytes.
const GOAL: u64 = 350_000;

/// What was reached, and 5 %: whoever goes beyond it looks at what was added, or raises it and says why. Last for
/// what a register keeps of finished operations, corrections, and what is said of jobs: 19 kB together.
const CEILING: u64 = 600_000;

const KINDS: [&str; 4] = ["html", "js", "wasm", "css"];

/// What the first screen weighs, file by file.
pub(crate) struct Size {
    files: Vec<Weighed>,
}

struct Weighed {
    name: String,
    raw: u64,
    brotli: u64,
}

/// Weighs what Trunk wrote: the page, all code and styles, and whatever else the page links to, such as
/// a font that it wants early. As it is sent: compressed where that is worth anything.
pub(super) fn first_screen(web: &Path) -> Result<Size> {
    let page = fs::read_to_string(web.join("index.html"))?;
    let mut paths: BTreeSet<PathBuf> = links(&page).map(|link| web.join(link)).collect();
    collect(web, &mut paths)?;
    let mut files = Vec::new();
    for path in paths {
        let raw = path.metadata().with_context(|| format!("the page links to {}", path.display()))?.len();
        let brotli = beside(&path).metadata().map_or(raw, |compressed| compressed.len());
        let name = path.strip_prefix(web)?.to_string_lossy().into_owned();
        files.push(Weighed { name, raw, brotli });
    }
    files.sort_by_key(|file| std::cmp::Reverse(file.brotli));
    Ok(Size { files })
}

impl Size {
    /// Sizes are the same at every run, so that this fails for what was written alone.
    pub(crate) fn check(&self) -> Result<()> {
        let brotli = self.total().brotli;
        ensure!(brotli <= CEILING, "the first screen is above its ceiling of {}", kilobytes(CEILING));
        Ok(())
    }

    fn total(&self) -> Weighed {
        let raw = self.files.iter().map(|file| file.raw).sum();
        let brotli = self.files.iter().map(|file| file.brotli).sum();
        Weighed { name: "first screen".into(), raw, brotli }
    }
}

/// The files of this server that a page names in its links.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()).filter(|link| !link.is_empty())
}

fn collect(folder: &Path, files: &mut BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if KINDS.iter().any(|kind| path.extension().is_some_and(|found| found == *kind)) {
            files.insert(path);
        }
    }
    Ok(())
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        let width = self.files.iter().map(|file| file.name.len()).max().unwrap_or_default();
        writeln!(f, "{:width$} {:>12} {:>12}", "", "raw", "brotli")?;
        for Weighed { name, raw, brotli } in self.files.iter().chain([&total]) {
            writeln!(f, "{name:width$} {:>12} {:>12}", kilobytes(*raw), kilobytes(*brotli))?;
        }
        let verdict = if total.brotli > GOAL { "MISSED" } else { "reached" };
        write!(f, "goal {}: {verdict}", kilobytes(GOAL))
    }
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::{CEILING, Size, Weighed, links};

    fn size(files: &[(&str, u64, u64)]) -> Size {
        let weighed = |&(name, raw, brotli): &(&str, u64, u64)| Weighed { name: name.into(), raw, brotli };
        Size { files: files.iter().map(weighed).collect() }
    }

    #[test]
    fn every_file_stands_beside_what_it_weighs() {
        let said = size(&[("kase_bg.wasm", 812_345, 61_999), ("kase.js", 70_000, 9_001)]).to_string();
        let expected = [
            "                      raw       brotli",
            "kase_bg.wasm     812.3 kB      61.9 kB",
            "kase.js           70.0 kB       9.0 kB",
            "first screen     882.3 kB      71.0 kB",
            "goal 350.0 kB: reached",
        ];
        assert_eq!(said.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_missed_goal_is_shown_as_missed_and_fails_only_above_the_ceiling() {
        assert!(size(&[("a", 2_000_000, 350_001)]).to_string().ends_with("goal 350.0 kB: MISSED"));
        assert!(size(&[("a", 2_000_000, CEILING)]).check().is_ok());
        assert!(size(&[("a", 2_000_000, CEILING), ("b", 1, 1)]).check().is_err());
    }

    #[test]
    fn what_the_page_links_to_is_weighed_too() {
        let page = r#"<link rel="preload" href="/fonts/a.woff2"><link href="/a.css"><a href="https://example.org/">"#;
        assert_eq!(links(page).collect::<Vec<_>>(), ["fonts/a.woff2", "a.css"]);
    }
}
