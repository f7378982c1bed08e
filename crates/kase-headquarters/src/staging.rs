//! Operations as they arrive: read, told apart from what is here already, and put in line for conversion.
//! The recorded bytes are kept as they came, for ever.

use kase_domain::{
    Account, AccountNumber, ChannelId, CustomerId, ErrorCode, OperationId, Refusal, RegisterName, Stage,
    Timestamp,
};
use kase_replication::{Claim, Fingerprint, Remark};
use kase_service::refusal;
use kase_text::Locale;
use serde::Deserialize;
use serde_json::json;
use serde_json::value::RawValue;
use sqlx::SqliteConnection;
use uuid::Uuid;

use crate::write::Write;
use crate::{HeadquartersError, OperationStatus};

/// The least of an operation that must be readable for it to be kept.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Header {
    pub(crate) id: OperationId,
    pub(crate) customer_id: CustomerId,
    #[serde(default)]
    pub(crate) kind: String,
}

impl Header {
    /// Whether it can become a customer.
    fn creates(&self) -> bool {
        self.kind == "create_customer" && self.id.0 == self.customer_id.0
    }
}

/// An operation that has just arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) header: Header,
    pub(crate) fingerprint: Fingerprint,
    pub(crate) text: String,
    /// What its channel says of it.
    pub(crate) remark: Option<Remark>,
    /// What its channel had been told of it before this headquarters went back in time.
    pub(crate) claim: Option<Claim>,
}

/// What is here under an id already.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) fingerprint: Vec<u8>,
    pub(crate) status: OperationStatus,
    pub(crate) is_creation: bool,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) account: Option<AccountNumber>,
}

impl Arrival {
    /// Reads the least; none when even that cannot be read.
    pub(crate) fn read(raw: &RawValue) -> Option<Self> {
        let header: Header = serde_json::from_str(raw.get()).ok()?;
        let fingerprint = Fingerprint::of(raw.get().as_bytes());
        Some(Self { header, fingerprint, text: raw.get().to_owned(), remark: None, claim: None })
    }

    /// Why its channel refused it; none where it did not.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        match &self.remark {
            Some(Remark::Refused(refusal)) => Some(refusal),
            Some(Remark::Review { .. }) | None => None,
        }
    }

    /// Which register that may only deliver it comes from.
    fn reviewed_register(&self) -> Option<&RegisterName> {
        match &self.remark {
            Some(Remark::Review { register }) => Some(register),
            Some(Remark::Refused(_)) | None => None,
        }
    }

    /// Whether it is judged as one that an operator waits for: a loyalty card is never anything else.
    fn was_performed(&self) -> bool {
        let is_card = self.header.kind == "issue_loyalty_card";
        self.claim.as_ref().is_some_and(|claim| claim.performed || (is_card && claim.took_effect))
    }

    /// Where it begins.
    pub(crate) fn status(&self) -> OperationStatus {
        match &self.remark {
            None => OperationStatus::AtHeadquarters,
            Some(Remark::Refused(_)) => OperationStatus::Refused,
            Some(Remark::Review { .. }) => OperationStatus::Review,
        }
    }
}

impl Known {
    pub(crate) fn is_same(&self, arrival: &Arrival) -> bool {
        self.fingerprint == arrival.fingerprint.0
    }

    /// How far the operation has come, as its sender may know it. A creation's number travels with job 1010, in
    /// the feed.
    pub(crate) fn account(&self, number_may_travel: bool) -> Account {
        if let Some(refusal) = self.refusal.clone() {
            return Account::Pending(match self.status {
                OperationStatus::Discarded => Stage::Discarded(refusal),
                _ => Stage::Refused(refusal),
            });
        }
        match (&self.status, &self.account) {
            (OperationStatus::Applied, Some(number)) if number_may_travel || !self.is_creation => {
                Account::Synced(number.clone())
            }
            (OperationStatus::Applied, _) => Account::Pending(Stage::NumberAssigned),
            _ => Account::Pending(Stage::AtHeadquarters),
        }
    }
}

/// The refusal of bytes that are no operation at all.
pub(crate) fn unreadable() -> Refusal {
    refusal(Locale::default(), ErrorCode::BadRequest, None)
}

/// What is known under these ids.
pub(crate) async fn known(
    connection: &mut SqliteConnection,
    ids: &[Uuid],
) -> Result<Vec<(OperationId, Known)>, HeadquartersError> {
    type Row =
        (Uuid, Vec<u8>, String, String, Option<String>, Option<String>, Option<String>, Option<String>);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT o.id, o.fingerprint, o.status, o.kind, o.error_code, o.error_detail, o.error_field,
                c.account_number
         FROM operations o
         LEFT JOIN aliases a ON a.alias = o.customer_id AND a.kind = 'customer'
         LEFT JOIN customers c ON c.customer_id = a.customer_id
         WHERE o.id IN (SELECT unhex(value) FROM json_each(?))",
    )
    .bind(hex_list(ids))
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(id, fingerprint, status, kind, code, detail, field, account)| {
            let account = account
                .map(|account| AccountNumber::parse(&account))
                .transpose()
                .map_err(|error| HeadquartersError::Stored(error.to_string()))?;
            let known = Known {
                fingerprint,
                status: OperationStatus::of(&status),
                is_creation: kind == "create_customer",
                refusal: stored_refusal(code, detail, field),
                account,
            };
            Ok((OperationId(id), known))
        })
        .collect()
}

/// Puts operations in line, in their order. What its channel refused or wants reviewed takes its place there and
/// waits for a person.
pub(crate) async fn stage(
    write: &mut Write<'_>,
    channel: &ChannelId,
    arrivals: &[&Arrival],
    real_time: bool,
    now: Timestamp,
) -> Result<(), HeadquartersError> {
    if arrivals.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = arrivals
        .iter()
        .map(|arrival| {
            let header = &arrival.header;
            let refusal = arrival.refusal();
            // What is performed has its number, or leaves nothing behind, before anybody can look.
            let shows = header.creates() && !real_time;
            Ok(json!([
                header.id.0.simple().to_string(),
                header.customer_id.0.simple().to_string(),
                header.kind,
                kase_service::hex(&arrival.fingerprint.0),
                arrival.text,
                arrival.status().as_str(),
                refusal.map(|refusal| code_text(refusal.code)),
                refusal.map(|refusal| &refusal.detail),
                refusal.and_then(|refusal| refusal.field.as_ref()),
                refusal.map(|_| now.0),
                arrival.reviewed_register(),
                real_time || arrival.was_performed(),
                arrival.claim.as_ref().map(serde_json::to_string).transpose()?,
                shows.then(|| write.next_position()),
            ]))
        })
        .collect::<Result<_, HeadquartersError>>()?;
    sqlx::query(
        "INSERT INTO operations (id, customer_id, kind, fingerprint, text, status, error_code, error_detail,
                                 error_field, settled_at, review_register, real_time, claim, pending_position,
                                 channel, received_at)
         SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, unhex(value ->> 3), value ->> 4, value ->> 5,
                value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12,
                value ->> 13, ?2, ?3
         FROM json_each(?1) ORDER BY key",
    )
    .bind(serde_json::to_string(&rows)?)
    .bind(channel.as_str())
    .bind(now.0)
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Ids as a JSON list of hex texts, for `json_each` and `unhex`.
pub(crate) fn hex_list(ids: &[Uuid]) -> String {
    let texts: Vec<String> = ids.iter().map(|id| id.simple().to_string()).collect();
    json!(texts).to_string()
}

pub(crate) fn stored_refusal(
    code: Option<String>,
    detail: Option<String>,
    field: Option<String>,
) -> Option<Refusal> {
    let code = serde_json::from_value(code?.into()).unwrap_or(ErrorCode::Internal);
    Some(Refusal { code, detail: detail.unwrap_or_default(), field })
}

/// A code as it is stored.
pub(crate) fn code_text(code: ErrorCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::from("internal"),
    }
}
