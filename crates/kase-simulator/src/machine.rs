//! The machine that everything runs on: one clock, one source of ids and randomness.

use std::sync::{Mutex, MutexGuard, PoisonError};

use kase_domain::Timestamp;
use kase_replication::Environment;
use uuid::Uuid;

use crate::random::Random;

/// When every run begins: any moment does.
const BEGINNING_MS: i64 = 1_790_000_000_000;

/// Clock, ids and randomness of a run.
#[derive(Debug)]
pub(crate) struct Machine {
    inside: Mutex<Inside>,
}

#[derive(Debug)]
struct Inside {
    now: Timestamp,
    random: Random,
    /// So many questions more are answered before the server that asks is killed.
    left: Option<u64>,
}

/// What unwinds a server that is killed in the middle of its work: what its transaction did is rolled back.
pub(crate) struct Killed;

impl Machine {
    pub(crate) fn new(seed: u64) -> Self {
        let inside = Inside { now: Timestamp(BEGINNING_MS), random: Random::new(seed), left: None };
        Self { inside: Mutex::new(inside) }
    }

    /// The clock goes to `at`; it never goes back.
    pub(crate) fn reach(&self, at: Timestamp) {
        let mut inside = self.inside();
        inside.now = inside.now.max(at);
    }

    /// Draws from the run's randomness.
    pub(crate) fn draw<T>(&self, draw: impl FnOnce(&mut Random) -> T) -> T {
        draw(&mut self.inside().random)
    }

    /// Kills whoever asks the clock or for an id after so many questions; nobody with none.
    pub(crate) fn kill_after(&self, questions: Option<u64>) {
        self.inside().left = questions;
    }

    /// The time, for the world itself: nobody is killed by its question.
    pub(crate) fn now_silently(&self) -> Timestamp {
        self.inside().now
    }

    fn asked(&self) {
        let mut inside = self.inside();
        let is_killed = inside.left == Some(0);
        inside.left = inside.left.filter(|left| *left > 0).map(|left| left - 1);
        drop(inside);
        if is_killed {
            std::panic::resume_unwind(Box::new(Killed));
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Environment for Machine {
    fn now(&self) -> Timestamp {
        self.asked();
        self.inside().now
    }

    fn new_id(&self) -> Uuid {
        self.asked();
        let mut inside = self.inside();
        let millis = u64::try_from(inside.now.0).unwrap_or_default();
        let random = inside.random.bytes::<10>();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn random(&self) -> [u8; 32] {
        self.asked();
        self.draw(Random::bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (one, other) = (Machine::new(7), Machine::new(7));
        assert_eq!(one.new_id(), other.new_id());
        assert_eq!(one.random(), other.random());
        assert_ne!(one.new_id(), Machine::new(8).new_id());
    }
}
