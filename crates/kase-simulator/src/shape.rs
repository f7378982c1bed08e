//! How much of a run is run: all of it, or less, so that a failing one gets short enough to be read.

use std::fmt;

use crate::faults::Faults;

/// People work for so long, in milliseconds.
const DAY_MS: u64 = 60_000;

/// What a run is cut down to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// How long people work, in milliseconds.
    pub(crate) day_ms: u64,
    /// People work at so many registers; the others stand there and take part in the sync.
    pub(crate) busy_registers: usize,
    /// Kinds of faults that are left out, as places in [`Faults::KINDS`].
    pub(crate) without: Vec<usize>,
}

impl Default for Shape {
    fn default() -> Self {
        Self { day_ms: DAY_MS, busy_registers: usize::MAX, without: Vec::new() }
    }
}

impl Shape {
    /// Smaller ones, the most promising first; none when it can get no smaller.
    pub(crate) fn smaller(&self) -> Vec<Self> {
        const SHORTEST_DAY_MS: u64 = 500;
        let mut smaller = Vec::new();
        for day_ms in [self.day_ms / 4, self.day_ms / 2, self.day_ms * 4 / 5] {
            if day_ms >= SHORTEST_DAY_MS {
                smaller.push(Self { day_ms, ..self.clone() });
            }
        }
        let fewer = [1, 2].into_iter().filter(|count| *count < self.busy_registers);
        smaller.extend(fewer.map(|busy_registers| Self { busy_registers, ..self.clone() }));
        for kind in (0..Faults::KINDS.len()).filter(|kind| !self.without.contains(kind)) {
            let without = self.without.iter().copied().chain([kind]).collect();
            smaller.push(Self { without, ..self.clone() });
        }
        smaller
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a day of {} ms", self.day_ms)?;
        if self.busy_registers < usize::MAX {
            write!(f, ", people at {} register(s)", self.busy_registers)?;
        }
        for (name, _) in self.without.iter().filter_map(|kind| Faults::KINDS.get(*kind)) {
            write!(f, ", without {name}")?;
        }
        Ok(())
    }
}
