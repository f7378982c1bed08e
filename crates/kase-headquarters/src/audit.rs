//! What people did at headquarters, append-only.

use kase_domain::Timestamp;
use serde::Serialize;
use sqlx::SqliteConnection;
use utoipa::ToSchema;

use crate::{Headquarters, HeadquartersError};

/// Entries shown at most at once.
const MOST_ENTRIES: u32 = 500;

/// One thing somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Grows with time.
    pub id: i64,
    /// When, in milliseconds since the Unix epoch.
    pub at: i64,
    /// Who.
    pub who: String,
    /// What was done.
    pub action: String,
    /// With what or whom.
    pub subject: String,
    /// More of it: values before and after, or a reason.
    pub detail: String,
}

impl Headquarters {
    /// The latest entries, newest first; `before` goes on from an entry's id.
    pub async fn audit(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditEntry>, HeadquartersError> {
        let rows: Vec<(i64, i64, String, String, String, String)> = sqlx::query_as(
            "SELECT id, at, who, action, subject, detail FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
        )
        .bind(before.unwrap_or(i64::MAX))
        .bind(limit.min(MOST_ENTRIES))
        .fetch_all(self.database.readers())
        .await?;
        let entry =
            |(id, at, who, action, subject, detail)| AuditEntry { id, at, who, action, subject, detail };
        Ok(rows.into_iter().map(entry).collect())
    }

    pub(crate) async fn note(
        &self,
        who: &str,
        action: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        note(write.connection(), self.now(), who, action, subject, detail).await?;
        write.commit().await
    }
}

/// Appends an entry in the transaction of what it tells.
pub(crate) async fn note(
    connection: &mut SqliteConnection,
    at: Timestamp,
    who: &str,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), HeadquartersError> {
    sqlx::query("INSERT INTO audit (at, who, action, subject, detail) VALUES (?, ?, ?, ?, ?)")
        .bind(at.0)
        .bind(who)
        .bind(action)
        .bind(subject)
        .bind(detail)
        .execute(connection)
        .await?;
    Ok(())
}
