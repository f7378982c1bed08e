//! The page *Customer synchronization status*: every operation with how far it is, its last known error, and what
//! was corrected beside what was recorded.

use kase_domain::{OperationId, Refusal, Stage};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::{Headquarters, HeadquartersError};

/// Operations listed at most at once.
const MOST_LISTED: u32 = 500;

/// How far an operation is at headquarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OperationStatus {
    /// In line for conversion.
    AtHeadquarters,
    /// It took effect.
    Applied,
    /// Kept for a person.
    Refused,
    /// It took effect but for contested fields.
    Held,
    /// It comes from a register that was deactivated or replaced, and has not taken effect: a person decides.
    Review,
    /// A person discarded it, with a reason.
    Discarded,
}

/// Which operations to list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OperationFilter {
    /// Only these.
    pub status: Option<OperationStatus>,
    /// Only of this channel.
    pub channel: Option<String>,
    /// Only of this customer: its id as it was made.
    pub customer_id: Option<Uuid>,
    /// Go on before this place in the line (`line` of the last one listed).
    pub before: Option<i64>,
    /// At most so many.
    pub limit: Option<u32>,
}

/// An operation as people see it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OperationOverview {
    /// Names the operation.
    pub id: Uuid,
    /// Its place in the line.
    pub line: i64,
    /// *Async customer account*: the customer id as it was made.
    pub customer_id: Uuid,
    /// The account number, once there is one.
    pub account_number: Option<String>,
    /// Where it was recorded.
    pub channel: String,
    /// e.g. `create_customer`.
    pub kind: String,
    /// How far it is.
    pub status: OperationStatus,
    /// Stable code of the last known error.
    pub error_code: Option<String>,
    /// The last known error in words.
    pub error_detail: Option<String>,
    /// The field it blames.
    pub error_field: Option<String>,
    /// As it was recorded.
    #[schema(value_type = Object)]
    pub recorded: Value,
    /// The payload as headquarters corrected it, beside what was recorded.
    #[schema(value_type = Object)]
    pub corrected: Option<Value>,
    /// Fields held for review, each with what was seen, wanted and stands there now.
    #[schema(value_type = Vec<Object>)]
    pub conflicts: Option<Value>,
    /// The deactivated or replaced register that delivered it, where it came for review.
    pub review_register: Option<String>,
    /// When it arrived, in milliseconds since the Unix epoch.
    pub received_at: i64,
    /// When it was decided about last, by the conversion or by a person.
    pub settled_at: Option<i64>,
    /// Since when it is where it is (`status`): its age there is the time since.
    pub since: i64,
}

impl OperationStatus {
    pub(crate) fn of(text: &str) -> Self {
        match text {
            "at_headquarters" => Self::AtHeadquarters,
            "applied" => Self::Applied,
            "held" => Self::Held,
            "review" => Self::Review,
            "discarded" => Self::Discarded,
            _ => Self::Refused,
        }
    }

    /// The stage that channels are told, with the refusal where there is one; none once it has taken effect. What is held
    /// for review is still at headquarters.
    pub(crate) fn stage(self, refusal: Option<Refusal>) -> Option<Stage> {
        match (self, refusal) {
            (Self::Applied, _) => None,
            (Self::Discarded, Some(refusal)) => Some(Stage::Discarded(refusal)),
            (_, Some(refusal)) => Some(Stage::Refused(refusal)),
            _ => Some(Stage::AtHeadquarters),
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::AtHeadquarters => "at_headquarters",
            Self::Applied => "applied",
            Self::Refused => "refused",
            Self::Held => "held",
            Self::Review => "review",
            Self::Discarded => "discarded",
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    id: Uuid,
    customer_id: Uuid,
    account_number: Option<String>,
    channel: String,
    kind: String,
    status: String,
    error_code: Option<String>,
    error_detail: Option<String>,
    error_field: Option<String>,
    text: String,
    corrected: Option<String>,
    conflicts: Option<String>,
    review_register: Option<String>,
    received_at: i64,
    settled_at: Option<i64>,
}

impl Row {
    fn overview(self) -> OperationOverview {
        let json = |text: String| serde_json::from_str(&text).unwrap_or(Value::String(text));
        OperationOverview {
            id: self.id,
            line: self.seq,
            customer_id: self.customer_id,
            account_number: self.account_number,
            channel: self.channel,
            kind: self.kind,
            status: OperationStatus::of(&self.status),
            error_code: self.error_code,
            error_detail: self.error_detail,
            error_field: self.error_field,
            recorded: json(self.text),
            corrected: self.corrected.map(json),
            conflicts: self.conflicts.map(json),
            review_register: self.review_register,
            received_at: self.received_at,
            settled_at: self.settled_at,
            since: self.settled_at.unwrap_or(self.received_at),
        }
    }
}

impl Headquarters {
    /// Operations, newest first.
    pub async fn operations(
        &self,
        filter: &OperationFilter,
    ) -> Result<Vec<OperationOverview>, HeadquartersError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT o.seq, o.id, o.customer_id, c.account_number, o.channel, o.kind, o.status, o.error_code,
                    o.error_detail, o.error_field, o.text, o.corrected, o.conflicts, o.review_register,
                    o.received_at, o.settled_at
             FROM operations o
             LEFT JOIN aliases a ON a.alias = o.customer_id AND a.kind = 'customer'
             LEFT JOIN customers c ON c.customer_id = a.customer_id
             WHERE (?1 IS NULL OR o.status = ?1) AND (?2 IS NULL OR o.channel = ?2)
               AND (?3 IS NULL OR o.customer_id = ?3) AND o.seq < ?4
             ORDER BY o.seq DESC LIMIT ?5",
        )
        .bind(filter.status.map(OperationStatus::as_str))
        .bind(filter.channel.as_deref())
        .bind(filter.customer_id)
        .bind(filter.before.unwrap_or(i64::MAX))
        .bind(filter.limit.unwrap_or(100).min(MOST_LISTED))
        .fetch_all(self.database.readers())
        .await?;
        Ok(rows.into_iter().map(Row::overview).collect())
    }

    /// One operation.
    pub async fn operation(&self, id: OperationId) -> Result<Option<OperationOverview>, HeadquartersError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT o.seq, o.id, o.customer_id, c.account_number, o.channel, o.kind, o.status, o.error_code,
                    o.error_detail, o.error_field, o.text, o.corrected, o.conflicts, o.review_register,
                    o.received_at, o.settled_at
             FROM operations o
             LEFT JOIN aliases a ON a.alias = o.customer_id AND a.kind = 'customer'
             LEFT JOIN customers c ON c.customer_id = a.customer_id
             WHERE o.id = ?",
        )
        .bind(id.0)
        .fetch_optional(self.database.readers())
        .await?;
        Ok(row.map(Row::overview))
    }
}
