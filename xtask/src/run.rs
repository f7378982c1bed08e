//! `cargo xtask run`: everything in one process on this machine, with the demo chain.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::tools::Tools;
use crate::web;
use crate::workspace::Workspace;

/// Builds in release, says where to look and how to sign in, and becomes the server.
pub(crate) fn run(workspace: &Workspace, port: u16, data: Option<PathBuf>) -> Result<()> {
    let tools = Tools::new(workspace)?;
    web::build(workspace, &tools)?;
    build_server(&tools)?;
    let data = match data {
        Some(data) => std::path::absolute(data).context("finding the data folder")?,
        None => workspace.root().join("var"),
    };
    println!("{}", welcome(port));
    let server = workspace.binary("release", "kase-server");
    let mut command = tools
        .program(&server.to_string_lossy())
        .args(["--demo", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .args([data])
        .into_command();
    // Whoever stops us means the server: on Unix it takes our place and gets every signal itself.
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(command.exec()).context("starting kase-server")
    }
    #[cfg(not(unix))]
    {
        let status = command.status().context("starting kase-server")?;
        anyhow::ensure!(status.success(), "kase-server ended with {status}");
        Ok(())
    }
}

/// Builds the server as it ships; it takes in the web files that lie in `target/web/`.
pub(crate) fn build_server(tools: &Tools) -> Result<()> {
    tools.cargo(["build", "--release", "--package", "kase-server"]).run()
}

fn welcome(port: u16) -> String {
    let address = format!("http://127.0.0.1:{port}");
    format!(
        "
  Point of sale   {address}/
  API             {address}/api/docs

  Activate        register RIGA-1, code demo-riga-1 (also RIGA-2, TARTU-1, KIOSK-1: `demo-` and the name)
  Sign in         operator 1001, PIN 246810 (cashier) · operator 9001, PIN 135790 (manager)
  Headquarters    user admin, password demo-admin
"
    )
}
