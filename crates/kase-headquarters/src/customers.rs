//! Customers as headquarters has them: by any of their ids or by account number, with their history.

use kase_domain::{AccountNumber, CustomerId, ErrorCode};
use kase_replication::CustomerState;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::SqliteConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::note;
use crate::{Headquarters, HeadquartersError};

/// Changes of a customer shown at most.
const MOST_CHANGES: u32 = 500;

/// A customer with its history.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerPage {
    /// The customer's state.
    #[schema(value_type = Object)]
    pub state: CustomerState,
    /// What changed since it was made, newest first.
    pub changes: Vec<ChangeEntry>,
}

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChangeEntry {
    /// Which field.
    pub field: String,
    /// What stood there before; null when nothing did.
    pub old: Value,
    /// What stands there since; null when nothing does.
    pub new: Value,
    /// Who changed it.
    pub who: String,
    /// In which channel; none at headquarters.
    pub channel: Option<String>,
    /// When, in milliseconds since the Unix epoch.
    pub changed_at: i64,
}

impl Headquarters {
    /// A customer by customer id, by the id of one of its addresses, or by account number.
    pub async fn customer(&self, id_or_account: &str) -> Result<Option<CustomerState>, HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        find(&mut snapshot, id_or_account).await
    }

    /// A customer with its history.
    pub async fn customer_page(
        &self,
        id_or_account: &str,
    ) -> Result<Option<CustomerPage>, HeadquartersError> {
        let mut snapshot = self.database.snapshot().await?;
        let Some(state) = find(&mut snapshot, id_or_account).await? else { return Ok(None) };
        type Row = (String, String, String, String, Option<String>, i64);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT field, old, new, who, channel, changed_at FROM changes
             WHERE customer_id = ? ORDER BY id DESC LIMIT ?",
        )
        .bind(state.customer_id.0)
        .bind(MOST_CHANGES)
        .fetch_all(&mut *snapshot)
        .await?;
        let entry = |(field, old, new, who, channel, changed_at): Row| {
            let old = serde_json::from_str(&old)?;
            let new = serde_json::from_str(&new)?;
            Ok(ChangeEntry { field, old, new, who, channel, changed_at })
        };
        let changes = rows.into_iter().map(entry).collect::<Result<_, HeadquartersError>>()?;
        Ok(Some(CustomerPage { state, changes }))
    }

    /// Sets or lifts *Block customer for loyalty enrollment*.
    pub async fn block_for_loyalty(
        &self,
        id_or_account: &str,
        blocked: bool,
        who: &str,
    ) -> Result<CustomerState, HeadquartersError> {
        let mut write = self.write().await?;
        let found = find(write.connection(), id_or_account).await?;
        let mut state = found.ok_or_else(|| HeadquartersError::declined(ErrorCode::UnknownCustomer))?;
        if state.loyalty_blocked == blocked {
            return Ok(state);
        }
        state.loyalty_blocked = blocked;
        let position = write.next_position();
        sqlx::query("UPDATE customers SET state = ?, position = ? WHERE customer_id = ?")
            .bind(serde_json::to_string(&state)?)
            .bind(position)
            .bind(state.customer_id.0)
            .execute(write.connection())
            .await?;
        sqlx::query(
            "INSERT INTO changes (customer_id, field, old, new, who, changed_at)
             VALUES (?, 'loyalty_blocked', ?, ?, ?, ?)",
        )
        .bind(state.customer_id.0)
        .bind(json!(!blocked).to_string())
        .bind(json!(blocked).to_string())
        .bind(who)
        .bind(self.now().0)
        .execute(write.connection())
        .await?;
        let account = state.account.number().map(AccountNumber::as_str).unwrap_or_default();
        let action = if blocked { "blocked for loyalty" } else { "unblocked for loyalty" };
        note(write.connection(), self.now(), who, action, account, "").await?;
        write.commit().await?;
        Ok(state)
    }
}

/// The customer that an id stands for, if it has an account.
pub(crate) async fn state_of(
    connection: &mut SqliteConnection,
    id: CustomerId,
) -> Result<Option<CustomerState>, HeadquartersError> {
    by_alias(connection, id.0).await
}

async fn find(
    connection: &mut SqliteConnection,
    id_or_account: &str,
) -> Result<Option<CustomerState>, HeadquartersError> {
    if let Ok(id) = Uuid::parse_str(id_or_account) {
        return by_alias(connection, id).await;
    }
    let Ok(number) = AccountNumber::parse(id_or_account) else { return Ok(None) };
    let text: Option<String> = sqlx::query_scalar("SELECT state FROM customers WHERE account_number = ?")
        .bind(number.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}

async fn by_alias(
    connection: &mut SqliteConnection,
    alias: Uuid,
) -> Result<Option<CustomerState>, HeadquartersError> {
    let text: Option<String> = sqlx::query_scalar(
        "SELECT c.state FROM aliases a JOIN customers c ON c.customer_id = a.customer_id WHERE a.alias = ?",
    )
    .bind(alias)
    .fetch_optional(connection)
    .await?;
    Ok(text.map(|text| serde_json::from_str(&text)).transpose()?)
}
