//! `kase-simulator --seed N --runs K`: that many runs from that seed on. It says nothing of runs that are well, and
//! stops at the first that is not, with its seed, the check and the shortest trace of it that was found.
//!
//! `kase-simulator --planted`: plants each fault in turn, and says after how many runs it was found.
#![allow(clippy::print_stdout, reason = "a command line tool speaks to the person who called it")]

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use kase_simulator::{Campaign, Planted, Shrunk, campaign, shrink};
use lexopt::{Arg, Parser, ValueExt};

/// Lines of a failed run's trace that are printed.
const TAIL: usize = 200;

/// What is asked for.
struct Arguments {
    seed: u64,
    runs: u64,
    planted: bool,
}

fn main() -> Result<ExitCode> {
    let arguments = Arguments::read()?;
    if arguments.planted { plant(&arguments) } else { run(&arguments) }
}

fn run(Arguments { seed, runs, .. }: &Arguments) -> Result<ExitCode> {
    let beginning = Instant::now();
    let Campaign { runs, acknowledged, failed } = campaign(*seed, *runs, None)?;
    if let Some((seed, words)) = failed {
        println!("seed {seed} failed: {words}");
        if let Some(shrunk) = shrink(seed, None)? {
            show(seed, &shrunk);
        }
        return Ok(ExitCode::FAILURE);
    }
    let speed = per_hour(runs, beginning);
    println!("{runs} runs, {acknowledged} customers acknowledged, all well; {speed:.0} runs per hour");
    Ok(ExitCode::SUCCESS)
}

/// The table of planted faults: one that is not found is a check that is missing.
fn plant(Arguments { seed, runs, .. }: &Arguments) -> Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for planted in Planted::ALL {
        match campaign(*seed, *runs, Some(planted))?.failed {
            Some((found, words)) => println!("{planted}: found in run {}: {words}", found - seed + 1),
            None => {
                println!("{planted}: NOT FOUND in {runs} runs");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

fn show(seed: u64, Shrunk { shape, run, lines_before }: &Shrunk) {
    println!("\nseed {seed} in its shortest form that was found: {shape}");
    println!("{} lines of trace, {lines_before} before\n", run.trace.len());
    for line in run.trace.iter().skip(run.trace.len().saturating_sub(TAIL)) {
        println!("{line}");
    }
    println!("{}", run.failed.as_deref().unwrap_or_default());
}

fn per_hour(runs: u64, beginning: Instant) -> f64 {
    let runs = u32::try_from(runs).map_or(f64::INFINITY, f64::from);
    runs * 3_600.0 / beginning.elapsed().as_secs_f64()
}

impl Arguments {
    fn read() -> Result<Self, lexopt::Error> {
        let mut arguments = Self { seed: 1, runs: 100, planted: false };
        let mut parser = Parser::from_env();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("seed") => arguments.seed = parser.value()?.parse()?,
                Arg::Long("runs") => arguments.runs = parser.value()?.parse()?,
                Arg::Long("planted") => arguments.planted = true,
                other => return Err(other.unexpected()),
            }
        }
        Ok(arguments)
    }
}
