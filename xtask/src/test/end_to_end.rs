//! The tests that use Kase as people do: Playwright, a real Chromium, a real server.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::{Tally, native};
use crate::program::Program;
use crate::tools::Tools;
use crate::web;
use crate::workspace::Workspace;

pub(super) fn run(workspace: &Workspace, tools: &Tools, tally: &mut Tally) -> Result<()> {
    let results = workspace.made("e2e");
    let report = results.join("report.json");
    play(workspace, tools, tally, "tests/e2e", &report, |program| program.env("KASE_E2E_RESULTS", &results))
}

/// Runs the specifications in `folder`, counts them by the `report` that they write, and hands the program what
/// they want to know besides.
pub(super) fn play(
    workspace: &Workspace,
    tools: &Tools,
    tally: &mut Tally,
    folder: &str,
    report: &Path,
    surroundings: impl FnOnce(Program) -> Program,
) -> Result<()> {
    if !has_specifications(&workspace.root().join(folder))? {
        println!("{folder} has no *.spec.ts yet: nothing to run");
        return Ok(());
    }
    let index = web::folder(workspace).join("index.html");
    ensure!(index.is_file(), "there is no built front end: run the step `web` before");
    tools.need_node_packages()?;
    let chromium = tools.need_chromium()?;
    // The server that its own tests run: built by itself it would have other features, and be compiled once more.
    let arguments = ["test", "--no-run"].into_iter().chain(native::selection()).chain(["--test", "server"]);
    tools.cargo(arguments).run()?;

    // Yesterday's counts must not stand in for a run that wrote none.
    if report.exists() {
        fs::remove_file(report).with_context(|| format!("removing {}", report.display()))?;
    }
    let program = tools
        .program("playwright")
        .args(["test", "--config", folder])
        .env("CHROMIUM", &chromium.browser)
        .env("KASE_SERVER", workspace.binary("debug", "kase-server"));
    let outcome = surroundings(program).run();
    let counted = fs::read_to_string(report)
        .with_context(|| format!("reading {}", report.display()))
        .and_then(|text| tally.read_playwright(&text));
    outcome?;
    counted?;
    ensure!(tally.ran() > 0, "no test ran");
    Ok(())
}

fn has_specifications(folder: &Path) -> Result<bool> {
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        let found = match path.is_dir() {
            true => has_specifications(&path)?,
            false => path.to_string_lossy().ends_with(".spec.ts"),
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}
