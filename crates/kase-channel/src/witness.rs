//! What registers remember of their records outside of their databases. The channel keeps the latest word of each
//! browser, and tells whoever comes in its place what is missing.

use kase_domain::{ErrorCode, RegisterName};
use kase_replication::{MOST_WITNESSED, Remembered, Witness, WitnessAnswer};

use crate::store::{directory, witness};
use crate::{Channel, ChannelError, Device};

impl Channel {
    /// Keeps what a register says it has recorded, and answers what of that is not here.
    pub async fn witness(&self, device: &Device, told: &Witness) -> Result<WitnessAnswer, ChannelError> {
        if told.waiting.len() > MOST_WITNESSED {
            return Err(ErrorCode::PayloadTooLarge.into());
        }
        let ids: Vec<_> = told.waiting.iter().map(|waiting| waiting.id).collect();
        let now = self.environment.now();
        let mut write = self.write().await?;
        witness::put(write.connection(), device, told, now).await?;
        let missing = witness::missing(write.connection(), &ids).await?;
        write.commit().await?;
        Ok(WitnessAnswer { missing })
    }

    /// What is known of a register from the browsers that were it so far. For a browser that has just become it.
    pub async fn remembered(&self, register: &RegisterName) -> Result<Remembered, ChannelError> {
        let mut read = self.database.snapshot().await?;
        let entry = directory::register(&mut read, register).await?;
        let prefix = entry.map(|entry| entry.reference_prefix).unwrap_or_default();
        let references = witness::last_reference(&mut read, register, &prefix).await?;
        let Some((mut earlier, told_at)) = witness::latest(&mut read, register).await? else {
            return Ok(Remembered { references, ..Remembered::default() });
        };
        let ids: Vec<_> = earlier.waiting.iter().map(|waiting| waiting.id).collect();
        let missing = witness::missing(&mut read, &ids).await?;
        earlier.waiting.retain(|waiting| missing.contains(&waiting.id));
        Ok(Remembered { references, earlier: Some(earlier), told_at })
    }
}
