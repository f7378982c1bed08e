//! Another program, called and waited for.
//!
//! None gets our standard input: a question nobody answers must end at once, not hang a build.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};

/// A program with its arguments and surroundings.
pub(crate) struct Program {
    name: String,
    command: Command,
}

impl Program {
    /// `name` is looked up on the PATH, or is a path.
    pub(crate) fn new(name: impl AsRef<OsStr>) -> Self {
        let mut command = Command::new(&name);
        command.stdin(Stdio::null());
        Self { name: name.as_ref().to_string_lossy().into_owned(), command }
    }

    pub(crate) fn args<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command.args(arguments);
        self
    }

    pub(crate) fn dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    /// Runs it; what it writes goes straight through.
    pub(crate) fn run(mut self) -> Result<()> {
        let status = self.command.status().with_context(|| format!("starting {}", self.name))?;
        self.judge(status)
    }

    /// Runs it in silence and returns what it wrote to standard output.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.command.output().with_context(|| format!("starting {}", self.name))?;
        if !output.status.success() {
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
        }
        self.judge(output.status)?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it, lets what it writes through, and shows each line of its standard output to `read`.
    pub(crate) fn run_reading(mut self, mut read: impl FnMut(&str)) -> Result<()> {
        self.command.stdout(Stdio::piped());
        let mut child = self.command.spawn().with_context(|| format!("starting {}", self.name))?;
        if let Some(stdout) = child.stdout.take() {
            let mut lines = BufReader::new(stdout);
            let mut line = Vec::new();
            while lines.read_until(b'\n', &mut line)? > 0 {
                let mut out = std::io::stdout().lock();
                out.write_all(&line)?;
                out.flush()?;
                read(&String::from_utf8_lossy(&line));
                line.clear();
            }
        }
        let status = child.wait().with_context(|| format!("waiting for {}", self.name))?;
        self.judge(status)
    }

    /// The command itself, for the one caller that wants to become the program.
    pub(crate) fn into_command(mut self) -> Command {
        self.command.stdin(Stdio::inherit());
        self.command
    }

    fn judge(&self, status: ExitStatus) -> Result<()> {
        if status.success() {
            return Ok(());
        }
        let first = self.command.get_args().next().unwrap_or_default().to_string_lossy();
        bail!("`{} {first}` ended with {status}", self.name);
    }
}

/// The first of `names` that is a file in one of the folders of `path`.
pub(crate) fn find(names: &[&str], path: &OsStr) -> Option<std::path::PathBuf> {
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        std::env::split_paths(path).map(|folder| folder.join(&file)).find(|file| file.is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_read_and_a_failure_names_the_call() {
        assert!(Program::new("cargo").args(["--version"]).output().unwrap().starts_with("cargo "));
        let error = Program::new("cargo").args(["no-such-command"]).output().unwrap_err().to_string();
        assert!(error.contains("cargo no-such-command"), "{error}");
    }

    #[test]
    fn lines_are_shown_as_they_come() {
        let mut lines = Vec::new();
        Program::new("cargo").args(["--version"]).run_reading(|line| lines.push(line.to_owned())).unwrap();
        assert_eq!(lines.len(), 1);
        assert!(lines[0].starts_with("cargo "));
    }

    #[test]
    fn a_program_is_found_by_the_first_name_that_exists() {
        let path = std::env::var_os("PATH").unwrap();
        assert!(find(&["no-such-program", "cargo"], &path).is_some());
        assert_eq!(find(&["no-such-program"], &path), None);
    }
}
