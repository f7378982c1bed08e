//! What a browser downloads before it shows the first screen.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::tools::Tools;

/// From the design: the first screen, brotli, in bytes.
const GOAL: u64 = 350_000;

const KINDS: [&str; 4] = ["html", "js", "wasm", "css"];

/// Node.js is there for the build anyhow and has brotli; a crate of its own would be built for one number.
const COMPRESS: &str = "\
const { readFileSync } = require('node:fs');
const { brotliCompressSync } = require('node:zlib');
for (const file of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(file)).length);";

/// Bytes of the first screen.
pub(super) struct Size {
    raw: u64,
    brotli: u64,
}

/// Weighs what Trunk wrote: the page, all code and styles, and whatever else the page links to, such as
/// a font that it wants early.
pub(super) fn first_screen(tools: &Tools, web: &Path) -> Result<Size> {
    let page = fs::read_to_string(web.join("index.html"))?;
    let mut files: BTreeSet<PathBuf> = links(&page).map(|link| web.join(link)).collect();
    collect(web, &mut files)?;
    let mut raw = 0;
    for file in &files {
        raw += file.metadata().with_context(|| format!("the page links to {}", file.display()))?.len();
    }
    let answer = tools.program("node").args(["--eval", COMPRESS, "--"]).args(&files).output()?;
    let sizes = answer.lines().map(str::parse::<u64>).collect::<Result<Vec<_>, _>>();
    let brotli = sizes.context("reading the compressed sizes")?.iter().sum();
    Ok(Size { raw, brotli })
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
        let kilobytes = |bytes: u64| format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100);
        write!(f, "first screen: {} raw, {} brotli", kilobytes(self.raw), kilobytes(self.brotli))?;
        let verdict = if self.brotli > GOAL { "MISSED" } else { "reached" };
        write!(f, " (goal {}: {verdict})", kilobytes(GOAL))
    }
}

#[cfg(test)]
mod tests {
    use super::{Size, links};

    #[test]
    fn a_missed_goal_is_shown_as_missed() {
        let small = Size { raw: 812_345, brotli: 61_999 }.to_string();
        assert_eq!(small, "first screen: 812.3 kB raw, 61.9 kB brotli (goal 350.0 kB: reached)");
        assert!(Size { raw: 2_000_000, brotli: 350_001 }.to_string().ends_with("MISSED)"));
    }

    #[test]
    fn what_the_page_links_to_is_weighed_too() {
        let page = r#"<link rel="preload" href="/fonts/a.woff2"><link href="/a.css"><a href="https://example.org/">"#;
        assert_eq!(links(page).collect::<Vec<_>>(), ["fonts/a.woff2", "a.css"]);
    }
}
