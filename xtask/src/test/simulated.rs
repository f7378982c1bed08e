//! The simulator's runs: some hundreds of seeds, as `native` has built it.

use anyhow::Result;

use super::{Tally, native};
use crate::tools::Tools;
use crate::workspace::Workspace;

/// The first seed: the same runs each time, so that a failure is somebody's change.
const SEED: u64 = 1;

/// Not quite two minutes of two cores; with the simulator's own tests, which `native` runs, it is three.
const RUNS: u64 = 500;

pub(super) fn run(workspace: &Workspace, tools: &Tools, tally: &mut Tally) -> Result<()> {
    let arguments = ["test", "--no-run", "--quiet"].into_iter().chain(native::selection());
    tools.cargo(arguments.chain(["--test", "simulator"])).run()?;
    let program = workspace.binary("debug", "kase-simulator");
    let (seed, runs) = (SEED.to_string(), RUNS.to_string());
    tools.program(&program.to_string_lossy()).args(["--seed", &seed, "--runs", &runs]).run()?;
    tally.passed += RUNS;
    Ok(())
}
