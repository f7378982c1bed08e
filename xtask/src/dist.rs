//! `cargo xtask dist`: the one file that is handed out.

use std::fs;

use anyhow::{Context, Result};

use crate::tools::Tools;
use crate::workspace::Workspace;
use crate::{run, web};

/// Builds the front end, then the server with it inside, and puts that into `target/dist/`.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let tools = Tools::new(workspace)?;
    web::build(workspace, &tools)?;
    run::build_server(&tools)?;
    let folder = workspace.made("dist");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let built = workspace.binary("release", "kase-server");
    let shipped = folder.join(built.file_name().unwrap_or_default());
    let bytes = fs::copy(&built, &shipped).with_context(|| format!("copying {}", built.display()))?;
    let megabytes = bytes / 1_000_000;
    let shown = shipped.strip_prefix(workspace.root()).unwrap_or(&shipped).display();
    println!("{shown} ({megabytes} MB)");
    Ok(())
}
