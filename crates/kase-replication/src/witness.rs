//! What a register remembers of its records outside of its database, so that a deleted one is noticed and people are
//! told what was lost and what was not. It holds no data of customers.

use kase_domain::{OperationId, Timestamp};
use serde::{Deserialize, Serialize};

/// Most operations that a witness names; what waits beyond them is counted.
pub const MOST_WITNESSED: usize = 1_000;

/// `POST replication/witness`: what a register has recorded so far. The channel keeps the latest of each browser.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// How many operations were recorded, ever.
    pub recorded: u64,
    /// The last count of a short reference that was taken.
    pub references: u32,
    /// What has not been delivered yet, the oldest first, at most [`MOST_WITNESSED`].
    #[serde(default)]
    pub waiting: Vec<Witnessed>,
    /// How many more wait.
    #[serde(default)]
    pub beyond: u64,
}

/// An operation that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witnessed {
    /// The operation.
    pub id: OperationId,
    /// When it was recorded, by the register's clock.
    pub recorded_at: Timestamp,
}

/// Answer to a witness.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WitnessAnswer {
    /// Those of its waiting operations that the channel does not have.
    pub missing: Vec<OperationId>,
}

/// What the channel knows of a register from its earlier browsers, told with an activation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The last count of a short reference that is known of; the next one is larger.
    #[serde(default)]
    pub references: u32,
    /// The latest witness of an earlier browser, its waiting operations only as far as the channel does not have
    /// them; none when there was none.
    #[serde(default)]
    pub earlier: Option<Witness>,
    /// When that was told, by the channel's clock.
    #[serde(default)]
    pub told_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_witness_of_an_older_register_is_read() {
        let read: Witness = serde_json::from_str(r#"{"recorded":3,"references":2}"#).unwrap();
        assert_eq!(read, Witness { recorded: 3, references: 2, ..Witness::default() });
        assert_eq!(serde_json::from_str::<Remembered>("{}").unwrap(), Remembered::default());
    }
}
