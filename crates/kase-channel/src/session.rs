//! Sessions: which operator is working at a register. A session that ends hurts nothing that waits.

use kase_domain::{ErrorCode, OperatorId, Timestamp};
use kase_service::{new_token, token_digest};

use crate::store::{directory, session};
use crate::{Channel, ChannelError, Device};

/// A session ends after a long shift at the latest, in milliseconds.
pub const SESSION_MS: u64 = 12 * 60 * 60 * 1_000;

/// An operator who signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Shown with every request from now on.
    pub token: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Who it is.
    pub operator: OperatorId,
    /// As people read it.
    pub name: String,
    /// May do what only a manager may.
    pub manager: bool,
}

/// A session that was shown its token.
#[derive(Debug, Clone)]
pub struct Session {
    /// The register it was begun at.
    pub device: Device,
    /// Who is working.
    pub operator: OperatorId,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    pub(crate) token_digest: String,
}

impl Channel {
    /// Signs an operator in at a register.
    pub async fn sign_in(
        &self,
        device: &Device,
        operator: &OperatorId,
        pin: String,
    ) -> Result<SignedIn, ChannelError> {
        device.may_work()?;
        let entry = {
            let mut read = self.database.snapshot().await?;
            directory::operator(&mut read, operator).await?
        };
        // Unknown operators share one count, so that inventing names fills nothing.
        let known = entry.as_ref().map_or("", |entry| entry.id.as_str());
        let subject = format!("sign in {} {known}", device.register);
        self.try_now(&subject)?;
        let hash = entry.as_ref().map(|entry| entry.pin_hash.clone());
        let is_right = self.secrets.verify(pin, hash).await;
        let (Some(entry), true) = (entry, is_right) else {
            return Err(ErrorCode::Unauthenticated.into());
        };
        let token = format!("{}.{}", self.id, new_token(self.environment.random()));
        let now = self.environment.now();
        let expires_at = now.plus_ms(SESSION_MS);
        let mut write = self.write().await?;
        let digest = token_digest(&token);
        session::insert(write.connection(), &digest, &device.token_digest, &entry.id, now, expires_at)
            .await?;
        write.commit().await?;
        self.throttle.succeed(&subject);
        Ok(SignedIn { token, expires_at, operator: entry.id, name: entry.name, manager: entry.manager })
    }

    /// The session that holds the token.
    pub async fn session(&self, token: &str) -> Result<Session, ChannelError> {
        let digest = token_digest(token);
        let (row, works_here) = {
            let mut read = self.database.snapshot().await?;
            let row = session::find(&mut read, &digest).await?.ok_or(ErrorCode::Unauthenticated)?;
            let operator = OperatorId(row.operator.clone());
            let works_here = directory::operator(&mut read, &operator).await?.is_some();
            (row, works_here)
        };
        let device = self.device_of_digest(row.device).await?;
        // To sign in again would not help: say so, rather than that the session is over.
        device.may_work()?;
        if row.ended_at.is_some() || row.expires_at <= self.environment.now().0 || !works_here {
            return Err(ErrorCode::SessionExpired.into());
        }
        Ok(Session {
            device,
            operator: OperatorId(row.operator),
            expires_at: Timestamp(row.expires_at),
            token_digest: digest,
        })
    }

    /// Ends a session.
    pub async fn sign_out(&self, session: &Session) -> Result<(), ChannelError> {
        let mut write = self.write().await?;
        session::end(write.connection(), &session.token_digest, self.environment.now()).await?;
        write.commit().await
    }
}
