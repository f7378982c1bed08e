//! Registers: activating a browser as one, and recognizing it by its device token. The token carries
//! replication; who is working says a session.

use kase_domain::{ErrorCode, RegisterName};
use kase_replication::RegisterEntry;
use kase_service::{new_token, token_digest};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::store::{device, directory, session};
use crate::{Channel, ChannelError};

/// A register that showed its device token.
#[derive(Debug, Clone)]
pub struct Device {
    /// Its name.
    pub register: RegisterName,
    /// A kiosk may create and never browse.
    pub kiosk: bool,
    /// Begins the short references of what is made through its sessions.
    pub(crate) reference_prefix: String,
    pub(crate) token_digest: String,
    /// Deactivated or replaced: it stops creating, and may still deliver what it holds.
    pub(crate) delivers_only: bool,
}

/// What a browser becomes with its activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Creates customers, finds and shows them.
    PointOfSale,
    /// Creates customers and shows none.
    Kiosk,
}

impl Device {
    /// Refuses a register that may only deliver what it holds.
    pub fn may_work(&self) -> Result<(), ChannelError> {
        if self.delivers_only { Err(ChannelError::DeliversOnly) } else { Ok(()) }
    }

    /// Refuses a kiosk.
    pub fn may_browse(&self) -> Result<(), ChannelError> {
        if self.kiosk { Err(ErrorCode::Forbidden.into()) } else { Ok(()) }
    }
}

impl Channel {
    /// Whether the channel has this register.
    pub async fn has_register(&self, name: &RegisterName) -> Result<bool, ChannelError> {
        let mut read = self.database.snapshot().await?;
        Ok(directory::register(&mut read, name).await?.is_some())
    }

    /// Activates a browser as a register and gives it its device token. A code is used once, a demo code
    /// repeatedly; with a code used once, the register's earlier browser is replaced. `purpose` says
    /// what the browser is about to be, where it knows: with the right code of the other kind it is told so
    /// ([`ErrorCode::InvalidField`]), and the code stays good.
    pub async fn activate(
        &self,
        name: &RegisterName,
        code: String,
        purpose: Option<Purpose>,
    ) -> Result<String, ChannelError> {
        let subject = format!("activate {name}");
        self.try_now(&subject)?;
        let entry = self.register_entry(name).await?;
        let hash = entry.as_ref().and_then(|entry| entry.activation_hash.clone());
        let is_right = self.secrets.verify(code, hash.clone()).await;
        let (Some(entry), Some(hash), true) = (entry, hash, is_right) else {
            return Err(ErrorCode::Unauthenticated.into());
        };
        if entry.deactivated {
            return Err(ChannelError::DeliversOnly);
        }
        let is = if entry.kiosk { Purpose::Kiosk } else { Purpose::PointOfSale };
        if purpose.is_some_and(|purpose| purpose != is) {
            return Err(ErrorCode::InvalidField.into());
        }
        let token = format!("{}.{}", self.id, new_token(self.environment.random()));
        let now = self.environment.now();
        let mut write = self.write().await?;
        if !entry.activation_reusable {
            if device::is_code_used(write.connection(), &hash).await? {
                return Err(ErrorCode::Unauthenticated.into());
            }
            device::replace_all(write.connection(), name, now).await?;
            session::end_all(write.connection(), std::slice::from_ref(name), now).await?;
        }
        device::insert(write.connection(), &token_digest(&token), name, &hash, now).await?;
        write.commit().await?;
        self.throttle.succeed(&subject);
        tracing::info!(channel = %self.id, register = %name, "register activated");
        Ok(token)
    }

    /// The register that holds the device token.
    pub async fn device(&self, token: &str) -> Result<Device, ChannelError> {
        self.device_of_digest(token_digest(token)).await
    }

    pub(crate) async fn device_of_digest(&self, token_digest: String) -> Result<Device, ChannelError> {
        let mut read = self.database.snapshot().await?;
        let row = device::find(&mut read, &token_digest).await?.ok_or(ErrorCode::Unauthenticated)?;
        let register = RegisterName(row.register);
        let entry = directory::register(&mut read, &register).await?;
        let works = entry.as_ref().is_some_and(|entry| !entry.deactivated) && row.replaced_at.is_none();
        Ok(Device {
            kiosk: entry.as_ref().is_some_and(|entry| entry.kiosk),
            reference_prefix: entry.map(|entry| entry.reference_prefix).unwrap_or_default(),
            register,
            token_digest,
            delivers_only: !works,
        })
    }

    /// Counts a try before it is made.
    pub(crate) fn try_now(&self, subject: &str) -> Result<(), ChannelError> {
        self.throttle
            .try_now(subject, self.environment.now())
            .map_err(|retry_after_s| ChannelError::Throttled { retry_after_s })
    }

    async fn register_entry(&self, name: &RegisterName) -> Result<Option<RegisterEntry>, ChannelError> {
        let mut read = self.database.snapshot().await?;
        directory::register(&mut read, name).await
    }
}
