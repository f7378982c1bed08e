//! A step that is done beside others, in a process of its own: it takes what they leave of the cores.

use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::{Step, Tally};
use crate::program::Program;
use crate::workspace::Workspace;

/// The step, under way.
pub(super) struct Beside {
    pub(super) step: Step,
    child: Child,
    /// What it writes, shown when its turn has come.
    log: PathBuf,
}

impl Beside {
    /// Begins `step`, behind everything else on this machine.
    pub(super) fn begin(workspace: &Workspace, step: Step) -> Result<Self> {
        let folder = workspace.made("beside");
        fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
        let log = folder.join(format!("{}.log", step.name()));
        let output = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
        let mut command = Command::new("nice");
        command.args(["-n", "19"]).arg(std::env::current_exe()?).args(["test", "--only", step.name()]);
        command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(output);
        // A group of its own, so that all that it has started can be ended with it.
        let child = command.process_group(0).spawn().context("starting `nice`")?;
        println!("== {} goes on beside", step.name());
        Ok(Self { step, child, log })
    }

    /// Waits for its end, shows what it wrote and takes in its counts.
    pub(super) fn end(mut self, tally: &mut Tally) -> Result<()> {
        let status = self.child.wait().context("waiting for it")?;
        let written =
            fs::read_to_string(&self.log).with_context(|| format!("reading {}", self.log.display()))?;
        print!("{written}");
        let counts = written.lines().rev().find_map(Tally::of_closing_line);
        tally.add(&counts.context("it wrote no counts")?);
        ensure!(status.success(), "it ended with {status}");
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            // Another step has failed. Nobody waits for this one any more.
            let _ = Program::new("kill").args(["--", &format!("-{}", self.child.id())]).output();
            let _ = self.child.wait();
        }
    }
}
