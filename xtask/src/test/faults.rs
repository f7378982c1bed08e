//! The campaign of real faults: real processes are killed, a real network is cut and a real disk is filled, while a
//! real browser and a web shop create customers.

use anyhow::Result;

use super::{Tally, end_to_end};
use crate::tools::Tools;
use crate::workspace::Workspace;

/// The part that every test run does: always the same draws, and as many kills as a minute has room for.
const PART_SEED: u64 = 1;
const PART_KILLS: u64 = 6;

/// What only the whole campaign has time for.
const WHOLE_ONLY: &str = "@whole";

/// The bounded part.
pub(super) fn run_part(workspace: &Workspace, tools: &Tools, tally: &mut Tally) -> Result<()> {
    play(workspace, tools, tally, PART_SEED, PART_KILLS, &["--grep-invert", WHOLE_ONLY])
}

/// Runs it with this seed and so many kills; the report lies in `target/faults/`.
pub(super) fn run(
    workspace: &Workspace,
    tools: &Tools,
    tally: &mut Tally,
    seed: u64,
    kills: u64,
) -> Result<()> {
    play(workspace, tools, tally, seed, kills, &[])
}

fn play(
    workspace: &Workspace,
    tools: &Tools,
    tally: &mut Tally,
    seed: u64,
    kills: u64,
    selection: &[&str],
) -> Result<()> {
    if let Err(error) = tools.need_strace() {
        // The part that needs it is skipped, says so, and is counted as skipped.
        println!("strace cannot be had: {error:#}");
    }
    let results = workspace.made("faults");
    let report = results.join("playwright.json");
    end_to_end::play(workspace, tools, tally, "tests/faults", &report, |program| {
        program
            .args(selection)
            .env("KASE_FAULTS_RESULTS", &results)
            .env("KASE_FAULTS_SEED", seed.to_string())
            .env("KASE_FAULTS_KILLS", kills.to_string())
    })
}
