//! A recurring job that does not do its work while something waits for it: said at headquarters, and carried to the
//! registers by the hints.

use serde::{Deserialize, Serialize};

/// A continuous job has moved what waits within this time, in milliseconds, or is overdue: far longer than any batch
/// takes, and soon enough for the customer to be still remembered.
pub const OVERDUE_MS: u64 = 5 * 60 * 1_000;

/// A job that does not do its work, and how much waits for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobTrouble {
    /// Which job.
    pub job: Job,
    /// What is wrong.
    pub trouble: Trouble,
    /// Records that wait for it where it is said. Of a paused job headquarters may know of none that do: channel and
    /// register count what waits with them, and say nothing where that is nothing.
    pub waiting: u64,
}

/// The jobs that customers' operations wait for. One that only a newer peer knows is passed over with its trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Job {
    /// P-0001: from the channels to headquarters.
    #[serde(rename = "P-0001")]
    Push,
    /// Synchronize customers and channel requests: gives account numbers, applies changes.
    #[serde(rename = "synchronize-customers")]
    Synchronize,
    /// 1010 Customers: from headquarters to the channels.
    #[serde(rename = "1010")]
    Customers,
}

/// What is wrong with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Headquarters paused it.
    Paused,
    /// It was tried last in vain.
    Failing,
    /// It should have moved what waits, and has not.
    Overdue,
}

impl Job {
    /// What headquarters calls it, e.g. `1010`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Push => "P-0001",
            Self::Synchronize => "synchronize-customers",
            Self::Customers => "1010",
        }
    }
}
