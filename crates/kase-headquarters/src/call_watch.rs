//! Real-time calls that did not get through. Headquarters hears nothing of them when they fail: their channel tells with
//! what it delivers afterwards.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kase_domain::{ChannelId, Timestamp};

/// What channels have told since this server started.
#[derive(Debug, Default)]
pub(crate) struct CallWatch(Mutex<HashMap<ChannelId, FailedCalls>>);

/// Of one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FailedCalls {
    pub(crate) count: u64,
    /// When it last told of some.
    pub(crate) told_at: Timestamp,
}

impl CallWatch {
    /// `channel` tells of `count` more.
    pub(crate) fn note(&self, channel: &ChannelId, count: u64, now: Timestamp) {
        if count == 0 {
            return;
        }
        tracing::warn!(%channel, count, "real-time calls have failed");
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_channel = all.entry(channel.clone()).or_insert(FailedCalls { count: 0, told_at: now });
        *of_channel = FailedCalls { count: of_channel.count.saturating_add(count), told_at: now };
    }

    pub(crate) fn of(&self, channel: &ChannelId) -> Option<FailedCalls> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(channel).copied()
    }
}
