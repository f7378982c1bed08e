//! `cargo xtask simulate`: the simulator, built for speed.

use anyhow::Result;

use crate::tools::Tools;
use crate::workspace::Workspace;

/// Runs that many seeds from `seed` on; fails with the first run in which a check has failed, or with the first planted
/// fault that is not found in them.
pub(crate) fn run(workspace: &Workspace, seed: u64, runs: u64, planted: bool) -> Result<()> {
    let (seed, runs) = (seed.to_string(), runs.to_string());
    let tools = Tools::new(workspace)?;
    let program = ["run", "--release", "--quiet", "--package", "kase-simulator", "--"];
    let planted = planted.then_some("--planted");
    tools.cargo(program).args(["--seed", &seed, "--runs", &runs]).args(planted).run()
}
