//! Servers that are killed in the middle of their work. They can die wherever they ask their machine for the time, an id
//! or chance, which they do before, inside and between transactions: the future is unwound there, and SQLite rolls back
//! what was begun. Where the answer alone is lost, the work is done to its end first.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use anyhow::Result;

use crate::breakdown::Breakdown;
use crate::happening::Happening;
use crate::machine::Killed;
use crate::world::World;

/// A server asks its machine so often at most before it is killed.
const MOST_QUESTIONS: u64 = 12;

/// It comes back within so long, in milliseconds.
const LONGEST_AWAY_MS: u64 = 5_000;

impl World {
    /// Lets headquarters, and `channel` if it asks, do their work with a disk that may be full. It may kill them: then
    /// there is nothing to answer.
    pub(crate) fn risk<T>(
        &mut self,
        channel: Option<usize>,
        work: impl Future<Output = T>,
    ) -> Result<Option<T>> {
        let full = self.fill_disk(channel)?;
        let permille = self.faults.killed_inside;
        let questions =
            self.machine.draw(|random| random.chance(permille).then(|| random.below(MOST_QUESTIONS)));
        self.machine.kill_after(questions);
        let outcome = catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(work)));
        self.machine.kill_after(None);
        if let Some(file) = full {
            self.free_disk(&file)?;
        }
        match outcome {
            // It did not ask as often: it dies when its work is done, before anybody hears of it.
            Ok(_) if questions.is_some() => Ok(None),
            Ok(done) => Ok(Some(done)),
            Err(cause) if cause.is::<Killed>() => Ok(None),
            Err(cause) => resume_unwind(cause),
        }
    }

    /// Channel and headquarters were one process, which has been killed.
    pub(crate) fn kill_both(&mut self, channel: usize) {
        self.note(format!("channel {channel} and headquarters are killed at their work"));
        self.kill_channel(channel);
        self.soon(1, LONGEST_AWAY_MS, Happening::Mends(Breakdown::ChannelDead(channel)));
        self.kill_working_headquarters();
    }

    pub(crate) fn kill_working_headquarters(&mut self) {
        self.kill_headquarters();
        self.soon(1, LONGEST_AWAY_MS, Happening::Mends(Breakdown::HeadquartersDead));
    }
}
