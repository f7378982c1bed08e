//! Slows down guessing: so many tries at a name, then a wait. It is driven with the time now and keeps nothing
//! on the disk, since a restart is no tool of a guesser's.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kase_domain::Timestamp;

/// Tries within a window before the next one has to wait.
pub const MOST_TRIES: u32 = 5;

/// Length of the window, in milliseconds, from the first try.
pub const THROTTLE_WINDOW_MS: u64 = 60_000;

/// Names remembered at most; beyond it the oldest windows go first.
const MOST_NAMES: usize = 10_000;

/// Counts tries by name.
#[derive(Debug, Default)]
pub struct Throttle {
    tries: Mutex<HashMap<String, Tries>>,
}

#[derive(Debug, Clone, Copy)]
struct Tries {
    since: Timestamp,
    count: u32,
}

impl Throttle {
    /// Counts a try before it is made, so that many at once count as many. `Err` holds the seconds to wait.
    pub fn try_now(&self, name: &str, now: Timestamp) -> Result<(), u64> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |tries: &Tries| tries.since.age_ms(now) >= THROTTLE_WINDOW_MS;
        if all.len() >= MOST_NAMES && !all.contains_key(name) {
            all.retain(|_, tries| !over(tries));
        }
        if all.len() >= MOST_NAMES && !all.contains_key(name) {
            let oldest = all.iter().min_by_key(|(_, tries)| tries.since).map(|(name, _)| name.clone());
            oldest.map(|name| all.remove(&name));
        }
        let tries = all.entry(name.to_owned()).or_insert(Tries { since: now, count: 0 });
        if over(tries) {
            *tries = Tries { since: now, count: 0 };
        }
        if tries.count >= MOST_TRIES {
            return Err((THROTTLE_WINDOW_MS - tries.since.age_ms(now)).div_ceil(1_000));
        }
        tries.count += 1;
        Ok(())
    }

    /// The try was right: earlier ones are forgotten.
    pub fn succeed(&self, name: &str) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    #[test]
    fn after_so_many_tries_the_next_one_waits() {
        let throttle = Throttle::default();
        for _ in 0..MOST_TRIES {
            assert_eq!(throttle.try_now("1001", NOW), Ok(()));
        }
        assert_eq!(throttle.try_now("1001", NOW.plus_ms(10_000)), Err(50));
        assert_eq!(throttle.try_now("9001", NOW), Ok(()));
        assert_eq!(throttle.try_now("1001", NOW.plus_ms(THROTTLE_WINDOW_MS)), Ok(()));
    }

    #[test]
    fn a_right_try_forgets_the_wrong_ones() {
        let throttle = Throttle::default();
        for _ in 0..20 {
            assert_eq!(throttle.try_now("1001", NOW), Ok(()));
            throttle.succeed("1001");
        }
    }

    #[test]
    fn many_names_do_not_fill_the_memory() {
        let throttle = Throttle::default();
        for name in 0..MOST_NAMES + 10 {
            assert_eq!(throttle.try_now(&name.to_string(), NOW), Ok(()));
        }
        assert_eq!(throttle.tries.lock().unwrap().len(), MOST_NAMES);
    }
}
