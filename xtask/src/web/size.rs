//! What a browser downloads before it shows the first screen.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

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

/// Weighs what Trunk wrote.
pub(super) fn first_screen(tools: &Tools, web: &Path) -> Result<Size> {
    let mut files = Vec::new();
    let mut raw = 0;
    for entry in fs::read_dir(web)? {
        let entry = entry?;
        let path = entry.path();
        let kind = path.extension().unwrap_or_default();
        if KINDS.iter().any(|known| kind == *known) {
            raw += entry.metadata()?.len();
            files.push(path);
        }
    }
    ensure!(files.len() >= KINDS.len(), "{} has not all of {KINDS:?}", web.display());
    let answer = tools.program("node").args(["--eval", COMPRESS, "--"]).args(&files).output()?;
    let sizes = answer.lines().map(str::parse::<u64>).collect::<Result<Vec<_>, _>>();
    let brotli = sizes.context("reading the compressed sizes")?.iter().sum();
    Ok(Size { raw, brotli })
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
    use super::Size;

    #[test]
    fn a_missed_goal_is_shown_as_missed() {
        let small = Size { raw: 812_345, brotli: 61_999 }.to_string();
        assert_eq!(small, "first screen: 812.3 kB raw, 61.9 kB brotli (goal 350.0 kB: reached)");
        assert!(Size { raw: 2_000_000, brotli: 350_001 }.to_string().ends_with("MISSED)"));
    }
}
