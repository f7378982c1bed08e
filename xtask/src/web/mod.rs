//! The front end, built for a browser into `target/web/`.

mod compressed;
mod service_worker;
mod size;
mod style;

use std::path::PathBuf;

use anyhow::{Context, Result};
use size::Size;

use crate::tools::Tools;
use crate::workspace::{WEB_TARGET, Workspace};

/// Where the built front end lies; the server takes its web files from here.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.made("web")
}

/// Builds the point of sale as it ships, and says what its first screen weighs.
pub(crate) fn build(workspace: &Workspace, tools: &Tools) -> Result<Size> {
    tools.need_web_build()?;
    let style = workspace.made("style");
    style::bundle(&workspace.root().join("style").join("main.css"), &style.join("kase.css"))?;
    // Trunk's --offline goes for the Cargo it calls, too: that one must find everything at home.
    tools.cargo(["fetch", "--quiet", "--target", WEB_TARGET]).run()?;
    let mut trunk = tools.program("trunk").args(["build", "--release", "--offline"]);
    if std::env::var_os("NO_COLOR").is_some() {
        // Trunk takes it for an option of its own, and refuses the usual `1`.
        trunk = trunk.env("NO_COLOR", "true");
    }
    trunk.run()?;
    let worker = workspace.root().join("public").join("sw.js");
    service_worker::write(tools, &worker, &folder(workspace))?;
    compressed::write(tools, &folder(workspace)).context("compressing the web files")?;
    let size = size::first_screen(&folder(workspace)).context("weighing the first screen")?;
    println!("{size}");
    Ok(size)
}
