//! `kase-simulator --seed N --runs K`: that many runs from that seed on. It says nothing of runs that are well, and
//! stops at the first that is not, with its seed, the check and the end of its trace.
#![allow(clippy::print_stdout, reason = "a command line tool speaks to the person who called it")]

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use lexopt::{Arg, Parser, ValueExt};

/// Lines of a failed run's trace that are printed.
const TAIL: usize = 60;

fn main() -> Result<ExitCode> {
    let (seed, runs) = arguments()?;
    let beginning = Instant::now();
    let mut acknowledged = 0;
    for seed in seed..seed.saturating_add(runs) {
        let run = kase_simulator::run(seed, None)?;
        acknowledged += run.acknowledged;
        if let Some(failed) = run.failed {
            for line in run.trace.iter().skip(run.trace.len().saturating_sub(TAIL)) {
                println!("{line}");
            }
            println!("seed {seed} failed: {failed}");
            return Ok(ExitCode::FAILURE);
        }
    }
    let seconds = beginning.elapsed().as_secs_f64();
    let speed = f64::from(u32::try_from(runs)?) * 3_600.0 / seconds;
    println!("{runs} runs, {acknowledged} customers acknowledged, all well; {speed:.0} runs per hour");
    Ok(ExitCode::SUCCESS)
}

fn arguments() -> Result<(u64, u64), lexopt::Error> {
    let (mut seed, mut runs) = (1, 100);
    let mut parser = Parser::from_env();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("seed") => seed = parser.value()?.parse()?,
            Arg::Long("runs") => runs = parser.value()?.parse()?,
            other => return Err(other.unexpected()),
        }
    }
    Ok((seed, runs))
}
