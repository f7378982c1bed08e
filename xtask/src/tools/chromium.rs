//! A Chromium and its driver: named in the environment, found on the PATH, or from apt.

use std::ffi::OsStr;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::{Tools, apt, set_up};
use crate::program::find;

/// A browser that tests can drive.
pub(crate) struct Chromium {
    /// The browser; `CHROMIUM` in the environment names one.
    pub(crate) browser: PathBuf,
    /// Its WebDriver; `CHROMEDRIVER` in the environment names one.
    pub(crate) driver: PathBuf,
}

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What Debian calls the two packages.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

pub(super) fn need(tools: &Tools) -> Result<Chromium> {
    if let Some(chromium) = search(&tools.path) {
        return Ok(chromium);
    }
    set_up("Chromium and its driver through apt", || apt::install(tools, &PACKAGES)).context(
        "tests need Chromium and chromedriver: install both, or name them in CHROMIUM and CHROMEDRIVER",
    )?;
    search(&tools.path).context("Chromium was installed, but is not on the PATH")
}

fn search(path: &OsStr) -> Option<Chromium> {
    let named = |variable| std::env::var_os(variable).filter(|name| !name.is_empty()).map(PathBuf::from);
    Some(Chromium {
        browser: named("CHROMIUM").or_else(|| find(&BROWSERS, path))?,
        driver: named("CHROMEDRIVER").or_else(|| find(&["chromedriver"], path))?,
    })
}
