//! What channels are told, under one growing version: profile, schema, switches and default customer together.
//! Every change makes a new version in one transaction, kept for ever, and reaches the channels by the feed.

use kase_domain::{
    Affiliation, ChannelId, ChannelSettings, Country, CustomerGroup, DefaultCustomer, FeatureSwitches,
    SettingsVersion,
};
use sqlx::SqliteConnection;

use crate::attributes::attributes;
use crate::rescue::current_key;
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

/// Whom a change concerns.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Concerns<'a> {
    One(&'a ChannelId),
    Everyone,
}

impl Headquarters {
    /// The settings of a channel that are in force now.
    pub async fn settings(&self, channel: &ChannelId) -> Result<Option<ChannelSettings>, HeadquartersError> {
        let text: Option<String> = sqlx::query_scalar("SELECT settings FROM channels WHERE id = ?")
            .bind(channel.as_str())
            .fetch_optional(self.database.readers())
            .await?;
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// Makes a new version of what has been changed inside `write`, and puts it into the feed.
    pub(crate) async fn make_settings_version(
        &self,
        write: &mut Write<'_>,
        concerns: Concerns<'_>,
    ) -> Result<SettingsVersion, HeadquartersError> {
        let version: i64 = sqlx::query_scalar(
            "UPDATE identity SET settings_version = settings_version + 1 RETURNING settings_version",
        )
        .fetch_one(write.connection())
        .await?;
        let version = SettingsVersion(u64::try_from(version).unwrap_or_default());
        let switches = switches(write.connection()).await?;
        let affiliations = affiliations(write.connection()).await?;
        let customer_groups = customer_groups(write.connection()).await?;
        let attributes = attributes(write.connection()).await?;
        let rescue_key = current_key(write.connection()).await?;
        let only = match concerns {
            Concerns::One(channel) => Some(channel.as_str()),
            Concerns::Everyone => None,
        };
        for mut settings in assemble(write.connection(), only).await? {
            settings.version = version;
            settings.switches = switches;
            settings.affiliations.clone_from(&affiliations);
            settings.customer_groups.clone_from(&customer_groups);
            settings.attributes.clone_from(&attributes);
            settings.rescue_key.clone_from(&rescue_key);
            self.put_settings(write, &settings).await?;
        }
        Ok(version)
    }

    async fn put_settings(
        &self,
        write: &mut Write<'_>,
        settings: &ChannelSettings,
    ) -> Result<(), HeadquartersError> {
        let text = serde_json::to_string(settings)?;
        let position = write.next_position();
        sqlx::query("UPDATE channels SET settings = ?, settings_position = ? WHERE id = ?")
            .bind(&text)
            .bind(position)
            .bind(settings.channel.as_str())
            .execute(write.connection())
            .await?;
        sqlx::query(
            "INSERT INTO settings_versions (channel, version, settings, made_at) VALUES (?, ?, ?, ?)",
        )
        .bind(settings.channel.as_str())
        .bind(i64::try_from(settings.version.0).unwrap_or(i64::MAX))
        .bind(&text)
        .bind(self.now().0)
        .execute(write.connection())
        .await?;
        Ok(())
    }
}

/// The feature switches of the chain.
pub(crate) async fn switches(
    connection: &mut SqliteConnection,
) -> Result<FeatureSwitches, HeadquartersError> {
    let text: String = sqlx::query_scalar("SELECT switches FROM identity").fetch_one(connection).await?;
    Ok(serde_json::from_str(&text)?)
}

async fn affiliations(connection: &mut SqliteConnection) -> Result<Vec<Affiliation>, HeadquartersError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT id, name FROM affiliations ORDER BY rowid").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(id, name)| Affiliation { id, name }).collect())
}

async fn customer_groups(connection: &mut SqliteConnection) -> Result<Vec<CustomerGroup>, HeadquartersError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT id, name FROM customer_groups ORDER BY rowid").fetch_all(connection).await?;
    Ok(rows.into_iter().map(|(id, name)| CustomerGroup { id, name }).collect())
}

/// The settings of one channel or of all, without what is the same for the whole chain.
async fn assemble(
    connection: &mut SqliteConnection,
    only: Option<&str>,
) -> Result<Vec<ChannelSettings>, HeadquartersError> {
    type Row = (String, String, String, String, bool, bool, bool);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT c.id, c.store_name, c.country, c.default_customer, p.create_customer_async,
                p.generate_loyalty_card_number, s.filter_shared_customer_data
         FROM channels c
         JOIN functionality_profiles p ON p.channel = c.id
         JOIN channel_schemas s ON s.channel = c.id
         WHERE ?1 IS NULL OR c.id = ?1
         ORDER BY c.id",
    )
    .bind(only)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, store_name, country, default_customer, asynchronous, generate, filter)| {
            let default_customer: DefaultCustomer = serde_json::from_str(&default_customer)?;
            Ok(ChannelSettings {
                version: SettingsVersion::default(),
                channel: ChannelId(id),
                store_name,
                country: Country::parse(&country)
                    .map_err(|error| HeadquartersError::Stored(error.to_string()))?,
                create_customer_async: asynchronous,
                generate_loyalty_card_number: generate,
                filter_shared_customer_data: filter,
                switches: FeatureSwitches::default(),
                default_customer,
                affiliations: Vec::new(),
                customer_groups: Vec::new(),
                attributes: Vec::new(),
                rescue_key: None,
            })
        })
        .collect()
}
