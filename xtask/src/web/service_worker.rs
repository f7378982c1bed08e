//! The service worker, told which files make up the app.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::tools::Tools;

/// The line of the service worker that stands for the list.
const PLACE: &str = "const SHELL = {};";

/// What the service worker is called; it does not keep itself.
const NAME: &str = "sw.js";

/// The page itself; every screen's address shows it.
const PAGE: &str = "index.html";

/// Licences and notes travel with the fonts, but no browser asks for them.
const NEVER_ASKED_FOR: [&str; 2] = ["md", "txt"];

/// Node.js is there for the build anyhow and can hash; see `size.rs`.
const HASH: &str = "\
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
for (const file of process.argv.slice(1)) {
  console.log('sha256-' + createHash('sha256').update(readFileSync(file)).digest('base64'));
}";

/// Writes the service worker `source` into `web`, with everything that the build wrote there.
pub(super) fn write(tools: &Tools, source: &Path, web: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(web, &mut files)?;
    files.sort();
    let hashes = tools.program("node").args(["--eval", HASH, "--"]).args(&files).output()?;
    let hashes: Vec<&str> = hashes.lines().collect();
    ensure!(hashes.len() == files.len(), "not every file was hashed");
    let paths = files.iter().map(|file| address(web, file)).collect::<Result<Vec<_>>>()?;
    let shell: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(hashes).collect();
    let script = fs::read_to_string(source).with_context(|| format!("reading {}", source.display()))?;
    let script = fill(&script, &shell).with_context(|| format!("filling {}", source.display()))?;
    let target = web.join(NAME);
    fs::write(&target, script).with_context(|| format!("writing {}", target.display()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let kind = path.extension().unwrap_or_default();
        if path.is_dir() {
            collect(&path, files)?;
        } else if !path.ends_with(NAME) && !NEVER_ASKED_FOR.iter().any(|never| kind == *never) {
            files.push(path);
        }
    }
    Ok(())
}

/// Where a browser finds the file.
fn address(web: &Path, file: &Path) -> Result<String> {
    let path = file.strip_prefix(web)?.to_string_lossy().replace('\\', "/");
    Ok(if path == PAGE { "/".into() } else { format!("/{path}") })
}

fn fill(script: &str, shell: &[(&str, &str)]) -> Result<String> {
    ensure!(script.matches(PLACE).count() == 1, "it has not one line `{PLACE}`");
    ensure!(shell.iter().any(|(path, _)| *path == "/"), "the build wrote no {PAGE}");
    let entries: String = shell.iter().map(|(path, hash)| format!("  \"{path}\": \"{hash}\",\n")).collect();
    Ok(script.replace(PLACE, &format!("const SHELL = {{\n{entries}}};")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_takes_its_place() {
        let shell = [("/", "sha256-a="), ("/fonts/inter.woff2", "sha256-b=")];
        let filled = fill("// list\nconst SHELL = {};\nconst CACHE = 1;\n", &shell).unwrap();
        let expected = "// list\nconst SHELL = {\n  \"/\": \"sha256-a=\",\n  \"/fonts/inter.woff2\": \"sha256-b=\",\n};\nconst CACHE = 1;\n";
        assert_eq!(filled, expected);
    }

    #[test]
    fn a_worker_without_a_place_or_a_page_is_refused() {
        assert!(fill("const SHELL = [];", &[("/", "sha256-a=")]).is_err());
        assert!(fill(PLACE, &[("/kase.js", "sha256-a=")]).is_err());
    }

    #[test]
    fn the_page_stands_for_every_screen() {
        let web = Path::new("target/web");
        assert_eq!(address(web, &web.join("index.html")).unwrap(), "/");
        assert_eq!(address(web, &web.join("icons").join("kase.svg")).unwrap(), "/icons/kase.svg");
    }

    #[test]
    fn the_worker_of_the_project_has_the_place() {
        let script = include_str!("../../../public/sw.js");
        assert_eq!(script.matches(PLACE).count(), 1);
    }
}
