//! The chain at a glance: what people at headquarters look at first.

use kase_domain::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Headquarters, HeadquartersError, OperationStatus};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The chain at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Overview {
    /// Account numbers given since `since`.
    pub account_numbers_given: i64,
    /// From when they are counted, in milliseconds since the Unix epoch.
    pub since: i64,
    /// How many operations are where, of those that have not taken effect.
    pub waiting: Vec<WaitingOperations>,
}

/// Operations that are equally far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaitingOperations {
    /// How far they are.
    pub status: OperationStatus,
    /// How many.
    pub count: i64,
    /// Since when the longest is there.
    pub oldest_since: i64,
}

impl Headquarters {
    /// The chain at a glance; numbers are counted from `since`, or else from the beginning of the day in UTC.
    pub async fn overview(&self, since: Option<Timestamp>) -> Result<Overview, HeadquartersError> {
        let now = self.now().0;
        let since = since.map_or(now - now.rem_euclid(DAY_MS), |since| since.0);
        let mut snapshot = self.database.snapshot().await?;
        let account_numbers_given = sqlx::query_scalar(
            "SELECT count(*) FROM operations
             WHERE kind = 'create_customer' AND status = 'applied' AND settled_at >= ?",
        )
        .bind(since)
        .fetch_one(&mut *snapshot)
        .await?;
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT status, count(*), min(coalesce(settled_at, received_at)) FROM operations
             WHERE status IN ('at_headquarters', 'refused', 'held', 'review') GROUP BY status ORDER BY status",
        )
        .fetch_all(&mut *snapshot)
        .await?;
        let waiting = |(status, count, oldest_since): (String, i64, i64)| WaitingOperations {
            status: OperationStatus::of(&status),
            count,
            oldest_since,
        };
        Ok(Overview { account_numbers_given, since, waiting: rows.into_iter().map(waiting).collect() })
    }
}
