//! The tests that need no browser.

use anyhow::{Result, ensure};

use super::Tally;
use crate::tools::Tools;
use crate::workspace::WEB_PACKAGES;

/// The packages that run without a browser. Lints, tests and the server for the end-to-end tests
/// are all built from this one selection, since another would turn on other features and build the
/// dependencies again.
pub(super) fn selection() -> Vec<&'static str> {
    let left_out = WEB_PACKAGES.into_iter().flat_map(|package| ["--exclude", package]);
    ["--workspace"].into_iter().chain(left_out).collect()
}

pub(super) fn run(tools: &Tools, tally: &mut Tally) -> Result<()> {
    let arguments = ["test", "--no-fail-fast"].into_iter().chain(selection());
    let outcome = tools.cargo(arguments).run_reading(|line| tally.read_line(line));
    outcome?;
    ensure!(tally.ran() > 0, "no test ran");
    Ok(())
}
