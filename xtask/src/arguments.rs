//! What can be asked on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::{Arg, Parser, ValueExt};

use crate::test::Step;

/// Shown for `--help`, and beside a mistake.
pub(crate) const USAGE: &str = "\
cargo xtask run [--port 8080] [--data var]   set up what is missing, build, start Kase with the demo chain
cargo xtask test [--only STEP]...            everything that proves something; --only for quick use, STEP one of:
                                             format lint-native lint-web tidy native simulated web browser e2e
                                             faults
cargo xtask simulate [--seed 1] [--runs 100] registers, channels and headquarters on a virtual clock and network;
                                             --planted: after how many runs each planted fault is found
cargo xtask faults [--seed 1] [--kills 200]  real processes and a real browser are killed, cut off and filled up
cargo xtask dist                             one self-contained kase-server in target/dist/
cargo xtask formats                          opens every format ever shipped; a new one gets its fixture
cargo xtask tidy                             the rules of the house that a machine can check";

/// One call of `cargo xtask`.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    /// Print [`USAGE`].
    Help,
    /// Build everything and serve it with the demo chain.
    Run {
        /// The port on the loopback address.
        port: u16,
        /// The folder of the databases; `var/` in the workspace if none is named.
        data: Option<PathBuf>,
    },
    /// Prove that everything works.
    Test {
        /// The steps to run; none named means all.
        only: Vec<Step>,
    },
    /// Run the simulator.
    Simulate {
        /// The first run's seed.
        seed: u64,
        /// How many runs, each with the next seed.
        runs: u64,
        /// Plant faults, and see that each is found.
        planted: bool,
    },
    /// Break real processes, networks and disks.
    Faults {
        /// What every draw comes from.
        seed: u64,
        /// How many processes are killed.
        kills: u64,
    },
    /// Make the binary that is handed out.
    Dist,
    /// Open every format that ever shipped, and note new ones.
    Formats,
    /// Check the rules of the house.
    Tidy,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_args(arguments);
    let name = match parser.next()? {
        None | Some(Arg::Long("help") | Arg::Short('h')) => return Ok(Command::Help),
        Some(Arg::Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected()),
    };
    let mut command = match name.as_str() {
        "help" => Command::Help,
        "run" => Command::Run { port: 8080, data: None },
        "test" => Command::Test { only: Vec::new() },
        "simulate" => Command::Simulate { seed: 1, runs: 100, planted: false },
        "faults" => Command::Faults { seed: 1, kills: 200 },
        "dist" => Command::Dist,
        "formats" => Command::Formats,
        "tidy" => Command::Tidy,
        other => return Err(format!("there is no command `{other}`").into()),
    };
    while let Some(argument) = parser.next()? {
        match (&mut command, argument) {
            (_, Arg::Long("help") | Arg::Short('h')) => return Ok(Command::Help),
            (Command::Run { port, .. }, Arg::Long("port")) => *port = parser.value()?.parse()?,
            (Command::Run { data, .. }, Arg::Long("data")) => *data = Some(parser.value()?.into()),
            (Command::Test { only }, Arg::Long("only")) => only.push(parser.value()?.parse()?),
            (Command::Simulate { seed, .. } | Command::Faults { seed, .. }, Arg::Long("seed")) => {
                *seed = parser.value()?.parse()?;
            }
            (Command::Faults { kills, .. }, Arg::Long("kills")) => *kills = parser.value()?.parse()?,
            (Command::Simulate { runs, .. }, Arg::Long("runs")) => *runs = parser.value()?.parse()?,
            (Command::Simulate { planted, .. }, Arg::Long("planted")) => *planted = true,
            (_, other) => return Err(other.unexpected()),
        }
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Command) {
        assert_eq!(parse(line.split_whitespace().map(OsString::from)).unwrap(), expected, "{line}");
    }

    fn refused(line: &str) -> String {
        parse(line.split_whitespace().map(OsString::from)).unwrap_err().to_string()
    }

    #[test]
    fn commands_and_their_options_are_read() {
        check("", Command::Help);
        check("tidy", Command::Tidy);
        check("formats", Command::Formats);
        check("tidy --help", Command::Help);
        check("run", Command::Run { port: 8080, data: None });
        check("run --port 9000 --data x", Command::Run { port: 9000, data: Some("x".into()) });
        check("simulate --seed 7 --runs 9", Command::Simulate { seed: 7, runs: 9, planted: false });
        check("simulate --planted", Command::Simulate { seed: 1, runs: 100, planted: true });
        check("faults --kills 5", Command::Faults { seed: 1, kills: 5 });
        check("test", Command::Test { only: vec![] });
        check("test --only web --only e2e", Command::Test { only: vec![Step::Web, Step::EndToEnd] });
    }

    #[test]
    fn a_mistake_is_named() {
        assert!(refused("fly").contains("`fly`"));
        assert!(refused("run --only web").contains("--only"));
        assert!(refused("run --port high").contains("high"));
        assert!(refused("test --only everything").contains("everything"));
    }

    #[test]
    fn every_step_is_in_the_usage() {
        for step in Step::ALL {
            assert!(USAGE.contains(step.name()), "{}", step.name());
        }
    }
}
