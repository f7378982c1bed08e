//! Compressed web files, each beside the one it was made of: `kase.js.br` is sent in place of `kase.js` to whoever
//! takes it. Made once, as small as can be, so that no server does it and no visitor waits for it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::tools::Tools;

/// What is packed already.
const PACKED: [&str; 5] = ["woff2", "png", "jpg", "webp", "ico"];

/// Node.js is there for the build anyhow and has brotli, at its best by default.
const COMPRESS: &str = "\
const { readFileSync, writeFileSync } = require('node:fs');
const { brotliCompressSync } = require('node:zlib');
for (const file of process.argv.slice(1)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));";

/// Where the compressed form of a file lies.
pub(super) fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    name.into()
}

/// Compresses every file of the folder that is worth it.
pub(super) fn write(tools: &Tools, web: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(web, &mut files)?;
    tools.program("node").args(["--eval", COMPRESS, "--"]).args(&files).run()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if is_worth_it(&path) {
            files.push(path);
        }
    }
    Ok(())
}

fn is_worth_it(file: &Path) -> bool {
    let kind = file.extension().unwrap_or_default();
    kind != "br" && PACKED.iter().all(|packed| kind != *packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compressed_file_lies_beside_its_own() {
        assert_eq!(beside(Path::new("web/kase-0a_bg.wasm")), Path::new("web/kase-0a_bg.wasm.br"));
    }

    #[test]
    fn what_is_packed_is_left_alone() {
        for (file, expected) in [
            ("kase.js", true),
            ("fonts/inter.woff2", false),
            ("icons/kase.png", false),
            ("kase.js.br", false),
        ] {
            assert_eq!(is_worth_it(Path::new(file)), expected, "{file}");
        }
    }
}
