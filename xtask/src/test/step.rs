//! The steps, in the order that finds a mistake soonest.

use std::str::FromStr;

use anyhow::Result;

use super::{Tally, browser, end_to_end, faults, native, simulated};
use crate::tools::Tools;
use crate::workspace::{WEB_PACKAGES, WEB_TARGET, Workspace};
use crate::{tidy, web};

/// One step of `cargo xtask test`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// rustfmt has nothing to change.
    Format,
    /// Clippy has nothing to say of what runs on servers and on the developer's machine.
    LintNative,
    /// Clippy has nothing to say of what runs in browsers.
    LintWeb,
    /// The rules of the house hold.
    Tidy,
    /// Unit, contract and HTTP tests.
    Native,
    /// Registers, channels and headquarters on a virtual clock and network while things break.
    Simulated,
    /// The front end builds as it ships.
    Web,
    /// Tests inside a browser.
    Browser,
    /// Tests through a browser, against a real server.
    EndToEnd,
    /// A bounded part of the campaign of real faults.
    Faults,
}

impl Step {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 10] = [
        Self::Format,
        Self::LintNative,
        Self::LintWeb,
        Self::Tidy,
        Self::Native,
        Self::Simulated,
        Self::Web,
        Self::Browser,
        Self::EndToEnd,
        Self::Faults,
    ];

    /// What it is called on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::LintNative => "lint-native",
            Self::LintWeb => "lint-web",
            Self::Tidy => "tidy",
            Self::Native => "native",
            Self::Simulated => "simulated",
            Self::Web => "web",
            Self::Browser => "browser",
            Self::EndToEnd => "e2e",
            Self::Faults => "faults",
        }
    }

    /// Does it, and counts its tests.
    pub(super) fn run(self, workspace: &Workspace, tools: &Tools, tally: &mut Tally) -> Result<()> {
        match self {
            Self::Format => {
                tools.need_lints()?;
                tools.cargo(["fmt", "--all", "--check"]).run()
            }
            Self::LintNative => {
                tools.need_lints()?;
                lint(tools, &native::selection())
            }
            Self::LintWeb => {
                tools.need_lints()?;
                tools.need_web_target()?;
                lint(tools, &web_selection())
            }
            Self::Tidy => tidy::run(workspace),
            Self::Native => native::run(tools, tally),
            Self::Simulated => simulated::run(workspace, tools, tally),
            Self::Web => web::build(workspace, tools)?.check(),
            Self::Browser => browser::run(workspace, tools, tally),
            Self::EndToEnd => end_to_end::run(workspace, tools, tally),
            Self::Faults => faults::run_part(workspace, tools, tally),
        }
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|step| step.name() == name);
        found.ok_or_else(|| format!("there is no step `{name}`"))
    }
}

/// A warning is a mistake here. The flag goes to Clippy alone: as a RUSTFLAG it would build all anew.
fn lint(tools: &Tools, selection: &[&str]) -> Result<()> {
    let flags = ["--all-targets", "--", "-D", "warnings"];
    tools.cargo(["clippy"].into_iter().chain(selection.iter().copied()).chain(flags)).run()
}

fn web_selection() -> Vec<&'static str> {
    let packages = WEB_PACKAGES.into_iter().flat_map(|package| ["--package", package]);
    packages.chain(["--target", WEB_TARGET]).collect()
}
