//! What people at headquarters decide about an operation that waits for them: correct its fields beside what was
//! recorded, synchronize it again, or give it up with a reason. Each decision stands in the audit.

use kase_domain::{Country, Customer, CustomerRecord, ErrorCode, OperationId};
use serde_json::Value;
use sqlx::SqliteConnection;

use crate::audit::note;
use crate::conversion::{Unreadable, read_text, with_payload};
use crate::{Headquarters, HeadquartersError, OperationStatus};

impl Headquarters {
    /// Puts a corrected payload beside what was recorded, after the domain's parsers have read it.
    pub async fn correct_operation(
        &self,
        id: OperationId,
        payload: Value,
        who: &str,
    ) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        let (text, country) = waiting_for_a_person(write.connection(), id).await?;
        let payload = parsed(&text, payload, &country)?;
        let pending_position = write.next_position();
        sqlx::query("UPDATE operations SET corrected = ?, pending_position = iif(pending_position, ?, NULL) WHERE id = ?")
            .bind(payload.to_string())
            .bind(pending_position)
            .bind(id.0)
            .execute(write.connection())
            .await?;
        let now = self.now();
        note(write.connection(), now, who, "corrected an operation", &id.to_string(), "").await?;
        write.commit().await
    }

    /// Puts an operation in line again: a person let it pass. Loyalty stays closed.
    pub async fn synchronize_operation(&self, id: OperationId, who: &str) -> Result<(), HeadquartersError> {
        let mut write = self.write().await?;
        waiting_for_a_person(write.connection(), id).await?;
        let (pending_position, position) = (write.next_position(), write.next_position());
        sqlx::query(
            "UPDATE operations
             SET status = 'at_headquarters', approved = 1, error_code = NULL, error_detail = NULL,
                 error_field = NULL, conflicts = NULL, pending_position = iif(pending_position, ?, NULL),
                 position = ?, settled_at = ?
             WHERE id = ?",
        )
        .bind(pending_position)
        .bind(position)
        .bind(self.now().0)
        .bind(id.0)
        .execute(write.connection())
        .await?;
        write.mark_staged();
        let now = self.now();
        note(write.connection(), now, who, "synchronized an operation again", &id.to_string(), "").await?;
        write.commit().await
    }

    /// Gives an operation up, for a recorded reason. It is kept, and parks nothing any more.
    pub async fn discard_operation(
        &self,
        id: OperationId,
        reason: &str,
        who: &str,
    ) -> Result<(), HeadquartersError> {
        if reason.trim().is_empty() {
            return Err(HeadquartersError::declined_field(ErrorCode::InvalidField, "reason"));
        }
        let mut write = self.write().await?;
        waiting_for_a_person(write.connection(), id).await?;
        let (pending_position, position) = (write.next_position(), write.next_position());
        // Whoever was told of a pending customer is told of its end, for as long as somebody may come back from a backup.
        sqlx::query(
            "UPDATE operations
             SET status = 'discarded', error_code = coalesce(error_code, 'forbidden'), error_detail = ?,
                 pending_position = iif(pending_position, ?, NULL), position = ?, settled_at = ?
             WHERE id = ?",
        )
        .bind(reason.trim())
        .bind(pending_position)
        .bind(position)
        .bind(self.now().0)
        .bind(id.0)
        .execute(write.connection())
        .await?;
        // What was parked behind it is in line again.
        write.mark_staged();
        let now = self.now();
        note(write.connection(), now, who, "discarded an operation", &id.to_string(), reason.trim()).await?;
        write.commit().await
    }
}

/// The text and the country of an operation that waits for a person; any other is declined.
async fn waiting_for_a_person(
    connection: &mut SqliteConnection,
    id: OperationId,
) -> Result<(String, Country), HeadquartersError> {
    let row: Option<(String, String, String)> = sqlx::query_as(
        "SELECT o.status, o.text, c.country FROM operations o JOIN channels c ON c.id = o.channel WHERE o.id = ?",
    )
    .bind(id.0)
    .fetch_optional(connection)
    .await?;
    let (status, text, country) = row.ok_or_else(|| HeadquartersError::declined(ErrorCode::NotFound))?;
    let waits = [OperationStatus::Refused, OperationStatus::Held, OperationStatus::Review];
    if !waits.contains(&OperationStatus::of(&status)) {
        return Err(HeadquartersError::declined_field(ErrorCode::BadRequest, "status"));
    }
    let country = Country::parse(&country).map_err(|error| HeadquartersError::Stored(error.to_string()))?;
    Ok((text, country))
}

/// The corrected payload with its customer checked in the store's country, so that phones typed without a calling
/// code are read as the store reads them.
fn parsed(text: &str, mut payload: Value, country: &Country) -> Result<Value, HeadquartersError> {
    if let Some(typed) = payload.get_mut("customer") {
        let record: CustomerRecord = serde_json::from_value(typed.clone())
            .map_err(|_| HeadquartersError::declined_field(ErrorCode::InvalidField, "payload.customer"))?;
        let customer = Customer::parse(&record, country)
            .map_err(|errors| HeadquartersError::declined_errors(&errors))?;
        *typed = serde_json::to_value(customer)?;
    }
    let declined = |unreadable: Unreadable| match unreadable {
        Unreadable::Field(error) => HeadquartersError::declined_errors(&[error]),
        other => HeadquartersError::declined_field(other.code(), "payload"),
    };
    let whole = with_payload(text, payload.clone()).map_err(declined)?;
    read_text(&whole).map_err(declined)?;
    Ok(payload)
}
