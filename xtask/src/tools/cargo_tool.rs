//! A program that `cargo install` brings, in exactly one version.

use anyhow::{Result, ensure};

use super::{Tools, set_up};

/// A package on crates.io and the programs it installs.
pub(super) struct CargoTool<'a> {
    pub(super) package: &'a str,
    pub(super) version: &'a str,
    pub(super) programs: &'a [&'a str],
    /// The packages that it spends its own time in.
    pub(super) optimized: &'a [&'a str],
    /// What `cargo install` is told beside.
    pub(super) arguments: &'a [&'a str],
}

/// A tool works for seconds and compiles for minutes: what makes its own release fast costs more than it gives here.
const QUICKLY_BUILT: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "false"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
];

impl CargoTool<'_> {
    /// Installs it under target/tools, unless each of its programs is there in the right version.
    pub(super) fn need(&self, tools: &Tools) -> Result<()> {
        if self.is_there(tools) {
            return Ok(());
        }
        set_up(&format!("{} {}", self.package, self.version), || {
            let root = tools.installed.to_string_lossy();
            let arguments = ["install", self.package, "--version", self.version, "--force", "--root", &root];
            let install = tools.cargo(arguments.into_iter().chain(self.arguments.iter().copied()));
            let optimized = |package: &&str| format!("profile.release.package.{package}.opt-level=1");
            let optimized: Vec<String> = self.optimized.iter().map(optimized).collect();
            let install = install.args(optimized.iter().flat_map(|setting| ["--config", setting.as_str()]));
            QUICKLY_BUILT.into_iter().fold(install, |install, (key, value)| install.env(key, value)).run()
        })?;
        ensure!(self.is_there(tools), "{} {} was installed, but does not run", self.package, self.version);
        Ok(())
    }

    fn is_there(&self, tools: &Tools) -> bool {
        self.programs.iter().all(|program| {
            let answer = tools.program(program).args(["--version"]).output();
            answer.is_ok_and(|answer| version(&answer) == Some(self.version))
        })
    }
}

/// The version in the answer to `--version`: `trunk 0.21.14`, `wasm-bindgen 0.2.130 (0bd0cd9 2026-01-01)`.
fn version(answer: &str) -> Option<&str> {
    let word = answer.split_whitespace().nth(1)?;
    word.starts_with(|first: char| first.is_ascii_digit()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::version;

    fn check(answer: &str, expected: Option<&str>) {
        assert_eq!(version(answer), expected, "{answer}");
    }

    #[test]
    fn the_version_is_read_from_the_answer() {
        check("trunk 0.21.14\n", Some("0.21.14"));
        check("wasm-bindgen 0.2.130 (0bd0cd9 2026-01-01)\n", Some("0.2.130"));
        check("wasm-bindgen-test-runner 0.2.130\n", Some("0.2.130"));
        check("trunk", None);
        check("command not found", None);
        check("", None);
    }
}
