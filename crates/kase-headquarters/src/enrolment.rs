//! The secrets with which channels' servers speak to headquarters. Only digests are kept.

use kase_domain::{ChannelId, ErrorCode};
use kase_service::{new_token, token_digest};

use crate::{Headquarters, HeadquartersError};

impl Headquarters {
    /// Makes the secret of a channel that runs in this very process. Each start makes it anew; a server that
    /// runs apart keeps its own.
    pub async fn enrolment_secret_for(&self, channel: &ChannelId) -> Result<String, HeadquartersError> {
        self.make_secret(channel, "embedded").await
    }

    /// Makes the secret of a channel whose server runs apart; the one before it ends.
    pub async fn enrol_apart(&self, channel: &ChannelId, who: &str) -> Result<String, HeadquartersError> {
        let secret = self.make_secret(channel, "apart").await?;
        self.note(who, "enrolled a channel", channel.as_str(), "").await?;
        Ok(secret)
    }

    async fn make_secret(&self, channel: &ChannelId, place: &str) -> Result<String, HeadquartersError> {
        let secret = new_token(self.environment.random());
        let mut write = self.write().await?;
        let made = sqlx::query(
            "INSERT INTO enrolments (channel, place, digest, made_at)
             SELECT id, ?2, ?3, ?4 FROM channels WHERE id = ?1
             ON CONFLICT (channel, place) DO UPDATE SET digest = excluded.digest, made_at = excluded.made_at",
        )
        .bind(channel.as_str())
        .bind(place)
        .bind(token_digest(&secret))
        .bind(self.now().0)
        .execute(write.connection())
        .await?;
        if made.rows_affected() == 0 {
            return Err(HeadquartersError::declined(ErrorCode::NotFound));
        }
        write.commit().await?;
        Ok(secret)
    }

    /// Whether `secret` is one of `channel`'s.
    pub async fn is_enrolled(&self, channel: &ChannelId, secret: &str) -> Result<bool, HeadquartersError> {
        let found: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM enrolments WHERE channel = ? AND digest = ?")
                .bind(channel.as_str())
                .bind(token_digest(secret))
                .fetch_optional(self.database.readers())
                .await?;
        Ok(found.is_some())
    }
}
