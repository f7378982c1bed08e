//! `cargo xtask test`: everything that proves something, one step after the other.
//!
//! It stops at the first step that fails, and its last line is always the counts.

mod browser;
mod end_to_end;
mod faults;
mod native;
mod simulated;
mod step;
mod tally;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;

pub(crate) use step::Step;

use crate::tools::Tools;
use crate::workspace::Workspace;
use tally::Tally;

/// Runs the steps named in `only`, or all.
pub(crate) fn run(workspace: &Workspace, only: &[Step]) -> Result<ExitCode> {
    let tools = Tools::new(workspace)?;
    let mut total = Tally::default();
    let mut code = ExitCode::SUCCESS;
    for step in Step::ALL.into_iter().filter(|step| only.is_empty() || only.contains(step)) {
        println!("\n== {}", step.name());
        let start = Instant::now();
        let mut tally = Tally::default();
        let outcome = step.run(workspace, &tools, &mut tally);
        let seconds = start.elapsed().as_secs_f64();
        if let Err(error) = &outcome {
            // A step can fail without a test to blame: a warning, a crash. It still counts as one.
            tally.failed = tally.failed.max(1);
            eprintln!("error: {error:#}");
            code = ExitCode::FAILURE;
        }
        total.add(&tally);
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("== {} {verdict} in {seconds:.1} s", step.name());
        if outcome.is_err() {
            break;
        }
    }
    println!("\n{total}");
    Ok(code)
}

/// The whole campaign of real faults, outside the steps.
pub(crate) fn faults(workspace: &Workspace, tools: &Tools, seed: u64, kills: u64) -> Result<()> {
    faults::run(workspace, tools, &mut Tally::default(), seed, kills)
}
