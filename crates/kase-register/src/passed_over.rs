//! What of the feed this register could not read. It holds up nothing, and a version of the app that may read it pulls
//! from the beginning.

use std::collections::BTreeSet;

use kase_replication::{Change, PROGRAM_VERSION};
use serde::{Deserialize, Serialize};

/// So many are told apart at most; beyond them there are simply many.
const MOST_KEYS: usize = 1_000;

/// Changes that could not be read, and which version of the app that was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassedOver {
    version: String,
    keys: BTreeSet<String>,
}

impl PassedOver {
    /// How many, as far as they are counted.
    pub fn count(&self) -> usize {
        self.keys.len()
    }

    /// Whether another version passed over what this one may read.
    pub(crate) fn by_another_version(&self) -> bool {
        !self.keys.is_empty() && self.version != PROGRAM_VERSION
    }

    /// What it becomes with another change of the feed.
    pub(crate) fn note(&mut self, change: &Change) {
        let unreadable = matches!(change, Change::Unreadable(_));
        if unreadable && self.keys.len() < MOST_KEYS {
            self.version = PROGRAM_VERSION.to_owned();
            self.keys.insert(change.key());
        } else if !unreadable && !self.keys.is_empty() {
            self.keys.remove(&change.key());
        }
    }
}
