//! Functionality profiles and channel schemas, one of each per channel.

use kase_domain::{ChannelId, ErrorCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::audit::note;
use crate::settings::Concerns;
use crate::{Headquarters, HeadquartersError};

/// A channel's functionality profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FunctionalityProfile {
    /// The channel's id.
    pub id: String,
    /// Its name as people read it.
    pub store_name: String,
    /// *Create customer in async mode*.
    pub create_customer_async: bool,
    /// *Generate loyalty card number*.
    pub generate_loyalty_card_number: bool,
}

/// What to change of a profile; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FunctionalityProfileChange {
    /// *Create customer in async mode*.
    pub create_customer_async: Option<bool>,
    /// *Generate loyalty card number*.
    pub generate_loyalty_card_number: Option<bool>,
}

/// A channel's schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SchemaOverview {
    /// The channel's id.
    pub id: String,
    /// Its name as people read it.
    pub store_name: String,
    /// *Filter shared customer data tables*.
    pub filter_shared_customer_data: bool,
}

/// What to change of a schema; what is left out stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SchemaChange {
    /// *Filter shared customer data tables*.
    pub filter_shared_customer_data: Option<bool>,
}

impl Headquarters {
    /// All functionality profiles.
    pub async fn functionality_profiles(&self) -> Result<Vec<FunctionalityProfile>, HeadquartersError> {
        let rows: Vec<(String, String, bool, bool)> = sqlx::query_as(
            "SELECT c.id, c.store_name, p.create_customer_async, p.generate_loyalty_card_number
             FROM functionality_profiles p JOIN channels c ON c.id = p.channel ORDER BY c.store_name",
        )
        .fetch_all(self.database.readers())
        .await?;
        let profile = |(id, store_name, create_customer_async, generate_loyalty_card_number)| {
            FunctionalityProfile { id, store_name, create_customer_async, generate_loyalty_card_number }
        };
        Ok(rows.into_iter().map(profile).collect())
    }

    /// Changes a channel's profile.
    pub async fn change_functionality_profile(
        &self,
        channel: &ChannelId,
        change: &FunctionalityProfileChange,
        who: &str,
    ) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let before: Option<(bool, bool)> = sqlx::query_as(
            "SELECT create_customer_async, generate_loyalty_card_number
             FROM functionality_profiles WHERE channel = ?",
        )
        .bind(channel.as_str())
        .fetch_optional(write.connection())
        .await?;
        let before = before.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
        let after = (
            change.create_customer_async.unwrap_or(before.0),
            change.generate_loyalty_card_number.unwrap_or(before.1),
        );
        if after == before {
            return Ok(());
        }
        sqlx::query(
            "UPDATE functionality_profiles
             SET create_customer_async = ?, generate_loyalty_card_number = ? WHERE channel = ?",
        )
        .bind(after.0)
        .bind(after.1)
        .bind(channel.as_str())
        .execute(write.connection())
        .await?;
        self.make_settings_version(&mut write, Concerns::One(channel)).await?;
        let detail = format!(
            "create_customer_async {} -> {}, generate_loyalty_card_number {} -> {}",
            before.0, after.0, before.1, after.1
        );
        let action = "changed a functionality profile";
        note(write.connection(), self.now(), who, action, channel.as_str(), &detail).await?;
        write.commit().await
    }

    /// All channel schemas.
    pub async fn channel_schemas(&self) -> Result<Vec<SchemaOverview>, HeadquartersError> {
        let rows: Vec<(String, String, bool)> = sqlx::query_as(
            "SELECT c.id, c.store_name, s.filter_shared_customer_data
             FROM channel_schemas s JOIN channels c ON c.id = s.channel ORDER BY c.store_name",
        )
        .fetch_all(self.database.readers())
        .await?;
        let schema = |(id, store_name, filter_shared_customer_data)| SchemaOverview {
            id,
            store_name,
            filter_shared_customer_data,
        };
        Ok(rows.into_iter().map(schema).collect())
    }

    /// Changes a channel's schema.
    pub async fn change_channel_schema(
        &self,
        channel: &ChannelId,
        change: &SchemaChange,
        who: &str,
    ) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let before: Option<bool> =
            sqlx::query_scalar("SELECT filter_shared_customer_data FROM channel_schemas WHERE channel = ?")
                .bind(channel.as_str())
                .fetch_optional(write.connection())
                .await?;
        let before = before.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
        let after = change.filter_shared_customer_data.unwrap_or(before);
        if after == before {
            return Ok(());
        }
        sqlx::query("UPDATE channel_schemas SET filter_shared_customer_data = ? WHERE channel = ?")
            .bind(after)
            .bind(channel.as_str())
            .execute(write.connection())
            .await?;
        self.make_settings_version(&mut write, Concerns::One(channel)).await?;
        let detail = format!("filter_shared_customer_data {before} -> {after}");
        let action = "changed a channel schema";
        note(write.connection(), self.now(), who, action, channel.as_str(), &detail).await?;
        write.commit().await
    }
}
