//! How long to wait before the next try.

/// The first wait is at most this long, in milliseconds.
pub const SHORTEST_WAIT_MS: u64 = 500;

/// No wait is longer than this, in milliseconds: a store that comes back is served within seconds.
pub const LONGEST_WAIT_MS: u64 = 15_000;

/// Counts failed tries and spreads the next ones, so that a chain's registers do not all come at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// Counts a failure and tells how long to wait, in milliseconds: the bound doubles with each failure, and
    /// `random` picks a point in its upper half.
    pub fn fail(&mut self, random: u64) -> u64 {
        let bound = SHORTEST_WAIT_MS.saturating_shl(self.failures).min(LONGEST_WAIT_MS);
        self.failures = self.failures.saturating_add(1).min(32);
        bound / 2 + random % (bound / 2 + 1)
    }

    /// It worked: the next failure waits shortly again.
    pub fn succeed(&mut self) {
        self.failures = 0;
    }

    /// Failed tries in a row.
    pub fn failures(&self) -> u32 {
        self.failures
    }
}

trait SaturatingShl {
    fn saturating_shl(self, by: u32) -> Self;
}

impl SaturatingShl for u64 {
    fn saturating_shl(self, by: u32) -> Self {
        if by >= self.leading_zeros() { Self::MAX } else { self << by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_bound_and_stay_in_the_upper_half() {
        for random in [0, 1, u64::MAX] {
            let mut backoff = Backoff::default();
            let mut bound = SHORTEST_WAIT_MS;
            for _ in 0..100 {
                let wait = backoff.fail(random);
                assert!((bound / 2..=bound).contains(&wait), "{wait} of {bound}");
                bound = (bound * 2).min(LONGEST_WAIT_MS);
            }
            backoff.succeed();
            assert!(backoff.fail(random) <= SHORTEST_WAIT_MS);
        }
    }
}
