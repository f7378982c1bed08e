//! `cargo xtask faults`: the whole campaign of real faults.

use anyhow::Result;

use crate::tools::Tools;
use crate::workspace::Workspace;
use crate::{test, web};

/// Builds what the campaign runs, and runs it; fails where anything was lost, doubled or damaged.
pub(crate) fn run(workspace: &Workspace, seed: u64, kills: u64) -> Result<()> {
    let tools = Tools::new(workspace)?;
    web::build(workspace, &tools)?;
    test::faults(workspace, &tools, seed, kills)
}
