//! The tests that run inside a browser, by wasm-bindgen-test in a headless Chromium.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use super::Tally;
use crate::tools::{Chromium, Tools};
use crate::workspace::{WEB_TARGET, Workspace};

/// For all tests of one binary together; a stuck one must not hold up a build for ever.
const TIMEOUT_S: &str = "300";

/// Nothing but the page itself speaks to any network, and a container's root may start it.
const FLAGS: [&str; 8] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

pub(super) fn run(workspace: &Workspace, tools: &Tools, tally: &mut Tally) -> Result<()> {
    let packages = packages_with_tests(workspace);
    if packages.is_empty() {
        println!("no package depends on wasm-bindgen-test: nothing to run");
        return Ok(());
    }
    tools.need_web_target()?;
    tools.need_wasm_bindgen()?;
    let chromium = tools.need_chromium()?;
    let capabilities = write_capabilities(workspace, &chromium)?;
    let selection = packages.iter().flat_map(|package| ["--package", package]);
    let outcome = tools
        .cargo(["test", "--no-fail-fast", "--tests", "--target", WEB_TARGET].into_iter().chain(selection))
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
        .env("WASM_BINDGEN_TEST_TIMEOUT", TIMEOUT_S)
        // Without it, a test that does not ask for a browser would run in Node.js.
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("CHROMEDRIVER", &chromium.driver)
        .run_reading(|line| tally.read_line(line));
    outcome?;
    ensure!(tally.ran() > 0, "no test ran");
    Ok(())
}

/// A package says that it has such tests by depending on the library for them.
fn packages_with_tests(workspace: &Workspace) -> Vec<&str> {
    let has_tests = |package: &&cargo_metadata::Package| {
        package.dependencies.iter().any(|dependency| dependency.name == "wasm-bindgen-test")
    };
    workspace.packages().filter(has_tests).map(|package| package.name.as_str()).collect()
}

fn write_capabilities(workspace: &Workspace, chromium: &Chromium) -> Result<PathBuf> {
    let folder = workspace.made("browser-tests");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let file = folder.join("webdriver.json");
    let capabilities = json!({ "goog:chromeOptions": { "binary": chromium.browser, "args": FLAGS } });
    fs::write(&file, capabilities.to_string()).with_context(|| format!("writing {}", file.display()))?;
    Ok(file)
}
