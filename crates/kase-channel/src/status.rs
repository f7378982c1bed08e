//! How the channel is doing, for people and for monitoring. No customer's data.

use kase_domain::Timestamp;
use kase_replication::HeadquartersReach;
use serde::Serialize;

use crate::store::{again, customer, outbox};
use crate::{Channel, ChannelError};

/// How the channel is doing.
#[derive(Debug, Clone, Serialize)]
pub struct ChannelStatus {
    /// Which channel.
    pub channel: String,
    /// Whether headquarters answered last.
    pub headquarters: HeadquartersReach,
    /// Customers that it holds.
    pub customers: u64,
    /// Operations that have not taken effect.
    pub waiting: Vec<Waiting>,
    /// Whether headquarters came back from a backup and is still delivered again what it forgot.
    pub delivering_again: bool,
    /// Real-time calls that failed since the start.
    pub failed_real_time_calls: u64,
}

/// Operations that are equally far.
#[derive(Debug, Clone, Serialize)]
pub struct Waiting {
    /// `asked`, `ready`, `held`, `delivered` or `refused`.
    pub progress: String,
    /// How many.
    pub count: u64,
    /// When the oldest was recorded.
    pub oldest: Timestamp,
}

impl Channel {
    /// How the channel is doing.
    pub async fn status(&self) -> Result<ChannelStatus, ChannelError> {
        let mut read = self.database.snapshot().await?;
        let waiting = outbox::waiting(&mut read).await?;
        Ok(ChannelStatus {
            channel: self.id.to_string(),
            headquarters: self.reach(),
            customers: customer::count(&mut read).await?,
            waiting: waiting
                .into_iter()
                .map(|(progress, count, oldest)| Waiting { progress, count, oldest })
                .collect(),
            delivering_again: again::stretch(&mut read).await?.is_some(),
            failed_real_time_calls: self.failed_calls(),
        })
    }
}
