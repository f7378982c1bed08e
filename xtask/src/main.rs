//! Set-up, run, test, dist and tidy for Kase: `cargo xtask COMMAND`.
//!
//! It calls other programs and reads what they say; no rule of Kase itself lives here. One module
//! is one noun: [`tools`] are there or are set up, [`web`] builds the front end, [`test`] runs
//! everything that proves something, [`tidy`] reads the sources and complains.
#![allow(clippy::print_stdout, reason = "a command line tool speaks to the person who called it")]

mod arguments;
mod dist;
mod faults;
mod formats;
mod program;
mod run;
mod simulate;
mod test;
mod tidy;
mod tools;
mod web;
mod workspace;

use std::process::ExitCode;

use arguments::Command;
use workspace::Workspace;

fn main() -> ExitCode {
    match call() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn call() -> anyhow::Result<ExitCode> {
    let command = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("error: {error}\n\n{}", arguments::USAGE);
            return Ok(ExitCode::from(2));
        }
    };
    if let Command::Help = command {
        println!("{}", arguments::USAGE);
        return Ok(ExitCode::SUCCESS);
    }
    let workspace = Workspace::load()?;
    match command {
        Command::Help => {}
        Command::Run { port, data } => run::run(&workspace, port, data)?,
        Command::Test { only } => return test::run(&workspace, &only),
        Command::Simulate { seed, runs, planted } => simulate::run(&workspace, seed, runs, planted)?,
        Command::Faults { seed, kills } => faults::run(&workspace, seed, kills)?,
        Command::Dist => dist::run(&workspace)?,
        Command::Formats => formats::run(&workspace)?,
        Command::Tidy => tidy::run(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
