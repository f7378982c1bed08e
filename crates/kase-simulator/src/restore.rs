//! Servers that are brought back from a backup: the files of a moment, copied back later and made fit to serve by the
//! functions that `kase-server restore` calls.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Result;
use kase_headquarters::SKIPPED_NUMBERS;

use crate::prepared::{HEADQUARTERS_FILE, channel_file};
use crate::random::Random;
use crate::world::World;

/// Who comes back from backups in a run. What all places have forgotten comes from the registers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Forgetful {
    #[default]
    Nobody,
    Headquarters,
    Channels,
    /// Now the one, now the other, or the whole installation at once.
    Everybody,
}

impl Forgetful {
    /// Whether what a channel knows may be forgotten by everybody but the register that recorded it.
    pub(crate) fn leaves_registers_alone(self) -> bool {
        self == Self::Everybody
    }

    pub(crate) fn draw(random: &mut Random) -> Self {
        match random.below(10) {
            0..3 => Self::Headquarters,
            3..6 => Self::Channels,
            6..8 => Self::Everybody,
            _ => Self::Nobody,
        }
    }
}

/// What is added to a database's file name by SQLite while it is open.
const BESIDE: [&str; 3] = ["", "-wal", "-shm"];

impl World {
    /// Takes a backup, or goes back to the last one.
    pub(crate) fn forgets(&mut self, channel: usize) -> Result<()> {
        let whole = match self.faults.forgetful {
            Forgetful::Nobody => return Ok(()),
            Forgetful::Headquarters => vec![None],
            Forgetful::Channels => vec![Some(channel)],
            Forgetful::Everybody => match self.machine.draw(|random| random.below(4)) {
                0 => vec![None],
                1 => vec![Some(channel)],
                _ => (0..self.channels.len()).map(Some).chain([None]).collect(),
            },
        };
        let goes_back = self.machine.draw(|random| random.chance(500));
        // A backup is of the whole, channels first.
        whole.into_iter().try_for_each(|place| self.place_forgets(place, goes_back))
    }

    /// Of a channel, or of headquarters.
    fn place_forgets(&mut self, channel: Option<usize>, goes_back: bool) -> Result<()> {
        let file = channel.map_or(HEADQUARTERS_FILE.to_owned(), channel_file);
        if !goes_back || !self.backups.contains(&file) {
            return self.back_up(file);
        }
        self.note(format!("{file} comes back from its backup"));
        self.restored.insert(file.clone());
        match channel {
            None => self.restore_headquarters(&file),
            Some(channel) => self.restore_channel(channel, &file),
        }
    }

    /// Nothing writes between two happenings: the files are one moment's.
    fn back_up(&mut self, file: String) -> Result<()> {
        self.note(format!("backup of {file}"));
        self.copy(&file, &format!("backup-{file}"))?;
        self.backups.insert(file);
        Ok(())
    }

    fn restore_headquarters(&mut self, file: &str) -> Result<()> {
        self.kill_headquarters();
        let replaced = format!("replaced-{file}");
        self.copy(file, &replaced)?;
        self.copy(&format!("backup-{file}"), file)?;
        // The disk may be gone with all that was on it.
        let is_known = self.machine.draw(|random| random.chance(500));
        let (path, replaced) = (self.path(file), self.path(&replaced));
        let replaced = is_known.then_some(replaced.as_path());
        let environment = self.machine.clone();
        let earlier = &self.given_out;
        let restoring = kase_headquarters::restored(&path, environment, SKIPPED_NUMBERS, earlier, replaced);
        self.given_out = self.runtime.block_on(restoring)?.given_out;
        self.start_headquarters()?;
        self.remember_settings()
    }

    fn restore_channel(&mut self, no: usize, file: &str) -> Result<()> {
        self.kill_channel(no);
        self.copy(&format!("backup-{file}"), file)?;
        let path = self.path(file);
        self.runtime.block_on(kase_channel::restored(&path, self.machine.clone(), 0))?;
        self.start_channel(no)
    }

    fn copy(&self, from: &str, to: &str) -> Result<()> {
        for beside in BESIDE {
            let (from, to) = (self.path(&format!("{from}{beside}")), self.path(&format!("{to}{beside}")));
            if to.exists() {
                std::fs::remove_file(&to)?;
            }
            // The index of the log is made anew by whoever opens the copy.
            if beside != "-shm" && from.exists() {
                std::fs::copy(&from, &to)?;
            }
        }
        Ok(())
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }
}

/// Files that have come back, or could.
pub(crate) type Files = BTreeSet<String>;
