//! The packages from npm.

use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context, Result};

use super::{Tools, set_up};

pub(super) fn need_packages(tools: &Tools) -> Result<()> {
    let lock = tools.root.join("package-lock.json");
    // npm writes its own copy of the lock file last, so a newer one means a finished install.
    let installed = tools.root.join("node_modules").join(".package-lock.json");
    if changed(&installed).is_some_and(|installed| changed(&lock).is_some_and(|lock| installed >= lock)) {
        return Ok(());
    }
    tools
        .program("node")
        .args(["--version"])
        .output()
        .context("Node.js is needed (20.11 or newer, with npm), and was not found on the PATH")?;
    set_up("the npm packages", || {
        // The browser is Chromium from the system; Playwright must not fetch its own.
        let npm = tools.program("npm").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        npm.args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]).run()
    })
}

fn changed(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}
