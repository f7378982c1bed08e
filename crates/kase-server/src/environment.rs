//! The machine: its clock, its randomness.

use std::time::{SystemTime, UNIX_EPOCH};

use kase_domain::Timestamp;
use kase_replication::Environment;
use uuid::Uuid;

/// The system's clock and random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct System;

impl Environment for System {
    fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
    }

    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[allow(clippy::expect_used, reason = "without randomness no secret can be made: better to stop")]
    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        bytes
    }
}
