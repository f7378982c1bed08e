//! Stores, registers and operators: who may work where, and with what.

use kase_domain::{ChannelId, DefaultCustomer, ErrorCode, OperatorId, RegisterName};
use kase_replication::{Directory, OperatorEntry, RegisterEntry};
use serde::Serialize;
use sqlx::SqliteConnection;
use utoipa::ToSchema;

use crate::audit::note;
use crate::write::Write;
use crate::{Headquarters, HeadquartersError};

/// A store or web shop as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StoreOverview {
    /// e.g. `riga-centrs`.
    pub id: String,
    /// `store` or `web_shop`.
    pub kind: String,
    /// e.g. `Rīga Centrs`.
    pub store_name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// How many registers it has.
    pub registers: i64,
    /// How many of its operations wait for a person.
    pub refused_operations: i64,
    /// Real-time calls of it that came to nothing, as it has told since this server started.
    pub failed_real_time_calls: u64,
    /// When it last told of some, in milliseconds since the Unix epoch.
    pub failed_real_time_calls_told_at: Option<i64>,
    /// What is worth a look in its settings, though nothing forbids it.
    #[serde(skip)]
    pub warnings: Vec<StoreWarning>,
}

/// What is worth a look in a store's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoreWarning {
    /// The default customer has a receipt email, which every new customer would take over.
    DefaultCustomerReceiptEmail,
}

/// A register as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegisterOverview {
    /// e.g. `RIGA-1`.
    pub name: String,
    /// The store's id.
    pub channel: String,
    /// Begins its short references.
    pub reference_prefix: String,
    /// It may create and never browse.
    pub kiosk: bool,
    /// It stopped creating.
    pub deactivated: bool,
}

impl Headquarters {
    /// All stores and web shops.
    pub async fn stores(&self) -> Result<Vec<StoreOverview>, HeadquartersError> {
        type Row = (String, String, String, String, i64, i64, String);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, kind, store_name, country,
                    (SELECT count(*) FROM registers r WHERE r.channel = c.id),
                    (SELECT count(*) FROM operations o WHERE o.status IN ('refused', 'review') AND o.channel = c.id),
                    default_customer
             FROM channels c ORDER BY store_name",
        )
        .fetch_all(self.database.readers())
        .await?;
        let store = |(id, kind, store_name, country, registers, refused_operations, default): Row| {
            // Settings of a newer version hide no store.
            let warnings = warnings_of(&serde_json::from_str(&default).unwrap_or_default());
            let failed = self.call_watch.of(&id.as_str().into());
            StoreOverview {
                id,
                kind,
                store_name,
                country,
                registers,
                refused_operations,
                failed_real_time_calls: failed.map_or(0, |failed| failed.count),
                failed_real_time_calls_told_at: failed.map(|failed| failed.told_at.0),
                warnings,
            }
        };
        Ok(rows.into_iter().map(store).collect())
    }

    /// The ids of all stores and web shops.
    pub async fn channels(&self) -> Result<Vec<ChannelId>, HeadquartersError> {
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM channels ORDER BY id")
            .fetch_all(self.database.readers())
            .await?;
        Ok(ids.into_iter().map(ChannelId).collect())
    }

    /// Deactivates a register, or lets it work again. Its channel is told at once.
    pub async fn set_deactivated(
        &self,
        name: &RegisterName,
        deactivated: bool,
        who: &str,
    ) -> Result<RegisterOverview, HeadquartersError> {
        let mut write = self.write().await?;
        let found = registers(write.connection(), Some(name)).await?.pop();
        let register = found.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
        if register.deactivated == deactivated {
            return Ok(register);
        }
        sqlx::query("UPDATE registers SET deactivated = ? WHERE name = ?")
            .bind(deactivated)
            .bind(&register.name)
            .execute(write.connection())
            .await?;
        tell_directory(&mut write, &register.channel).await?;
        let action = if deactivated { "deactivated a register" } else { "reactivated a register" };
        note(write.connection(), self.now(), who, action, &register.name, "").await?;
        write.commit().await?;
        Ok(RegisterOverview { deactivated, ..register })
    }

    /// Makes a new code with which the register is activated once more, and gives it out this one time. A code that was
    /// not used yet ends; the browser that is the register now works on until the new one is used.
    pub async fn make_activation_code(
        &self,
        name: &RegisterName,
        who: &str,
    ) -> Result<String, HeadquartersError> {
        let code = new_code(&self.environment.random());
        let hash = self
            .secrets
            .hash(code.clone(), self.environment.random())
            .await
            .map_err(|error| HeadquartersError::Stored(error.to_string()))?;
        let mut write = self.write().await?;
        let found = registers(write.connection(), Some(name)).await?.pop();
        let register = found.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
        sqlx::query("UPDATE registers SET activation_hash = ?, activation_reusable = 0 WHERE name = ?")
            .bind(hash)
            .bind(&register.name)
            .execute(write.connection())
            .await?;
        tell_directory(&mut write, &register.channel).await?;
        note(write.connection(), self.now(), who, "made an activation code", &register.name, "").await?;
        write.commit().await?;
        Ok(code)
    }

    /// All registers.
    pub async fn registers(&self) -> Result<Vec<RegisterOverview>, HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        registers(&mut snapshot, None).await
    }
}

/// Three groups of four, which people read to each other: of letters and digits none that look alike. 60 bits, and
/// tries are throttled.
fn new_code(random: &[u8; 32]) -> String {
    const ALPHABET: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyz0";
    let signs = |bytes: &[u8]| -> String {
        bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
    };
    random[..12].chunks(4).map(signs).collect::<Vec<_>>().join("-")
}

/// The channel hears anew of who may work in it.
async fn tell_directory(write: &mut Write<'_>, channel: &str) -> Result<(), HeadquartersError> {
    let position = write.next_position();
    sqlx::query("UPDATE channels SET directory_position = ? WHERE id = ?")
        .bind(position)
        .bind(channel)
        .execute(write.connection())
        .await?;
    Ok(())
}

fn warnings_of(default: &DefaultCustomer) -> Vec<StoreWarning> {
    let email = default.receipt_email.as_ref().filter(|email| !email.trim().is_empty());
    email.map(|_| StoreWarning::DefaultCustomerReceiptEmail).into_iter().collect()
}

async fn registers(
    connection: &mut SqliteConnection,
    only: Option<&RegisterName>,
) -> Result<Vec<RegisterOverview>, HeadquartersError> {
    type Row = (String, String, String, bool, bool);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT name, channel, reference_prefix, kiosk, deactivated FROM registers
         WHERE ?1 IS NULL OR name = ?1 ORDER BY name",
    )
    .bind(only.map(RegisterName::as_str))
    .fetch_all(connection)
    .await?;
    let register = |(name, channel, reference_prefix, kiosk, deactivated)| RegisterOverview {
        name,
        channel,
        reference_prefix,
        kiosk,
        deactivated,
    };
    Ok(rows.into_iter().map(register).collect())
}

/// What a channel is told of its registers and operators. Every operator may work in every store.
pub(crate) async fn directory_of(
    connection: &mut SqliteConnection,
    channel: &ChannelId,
) -> Result<Directory, HeadquartersError> {
    type Row = (String, String, Option<String>, bool, bool, bool);
    let registers: Vec<Row> = sqlx::query_as(
        "SELECT name, reference_prefix, activation_hash, activation_reusable, kiosk, deactivated
         FROM registers WHERE channel = ? ORDER BY name",
    )
    .bind(channel.as_str())
    .fetch_all(&mut *connection)
    .await?;
    let operators: Vec<(String, String, String, bool)> =
        sqlx::query_as("SELECT id, name, pin_hash, manager FROM operators ORDER BY id")
            .fetch_all(&mut *connection)
            .await?;
    let register =
        |(name, reference_prefix, activation_hash, activation_reusable, kiosk, deactivated)| RegisterEntry {
            name: RegisterName(name),
            reference_prefix,
            activation_hash,
            activation_reusable,
            kiosk,
            deactivated,
        };
    let operator =
        |(id, name, pin_hash, manager)| OperatorEntry { id: OperatorId(id), name, pin_hash, manager };
    Ok(Directory {
        registers: registers.into_iter().map(register).collect(),
        operators: operators.into_iter().map(operator).collect(),
    })
}
