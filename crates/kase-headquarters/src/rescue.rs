//! What a register that nobody can save any more still held: its rescue file, sealed to the chain's rescue key, opened
//! and put in line here. It takes the same way as a push of its channel, so that nothing comes in twice.

mod key;
mod sealed;

use std::collections::BTreeMap;

use kase_domain::{ChannelId, CustomerId, ErrorCode, OperationId, Refusal, RegisterName, Timestamp};
use kase_replication::{MOST_BATCH_OPERATIONS, Outcome, PushRequest, Remark};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::{Headquarters, HeadquartersError};

pub(crate) use key::current_key;
pub use sealed::RescueFileError;

/// The format of what is sealed that this code knows.
const FORMAT: u32 = 1;

/// What is sealed.
#[derive(Deserialize)]
struct Held {
    register: RegisterName,
    channel: ChannelId,
    made_at: Timestamp,
    operations: Vec<Box<RawValue>>,
}

/// What became of a rescue file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TakenIn {
    /// Which register sealed it.
    pub register: String,
    /// Of which channel.
    pub channel: String,
    /// When, by the register's clock, in milliseconds since the Unix epoch.
    pub made_at: i64,
    /// Operations that are in line now.
    pub accepted: usize,
    /// Operations that were here already.
    pub duplicates: usize,
    /// Operations that were not taken.
    pub refused: Vec<NotTaken>,
}

/// An operation that was not taken in, or waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NotTaken {
    /// Its place in the file, from 1.
    pub place: usize,
    /// Its id; none when its bytes could not be read at all.
    #[schema(value_type = Option<String>)]
    pub id: Option<OperationId>,
    /// Stable code.
    #[schema(value_type = String)]
    pub code: ErrorCode,
    /// For people.
    pub detail: String,
}

impl Headquarters {
    /// Opens a rescue file and puts its operations in line under the channel that it names, each once. What comes from
    /// a deactivated register waits for a person, as when it delivers by itself.
    pub async fn take_in(&self, file: &str, who: &str) -> Result<TakenIn, HeadquartersError> {
        let plaintext = self.unsealed(file).await?;
        let held = read(&plaintext)?;
        let deactivated: Option<bool> = sqlx::query_scalar(
            "SELECT coalesce((SELECT deactivated FROM registers WHERE name = ?2 AND channel = ?1), 0)
             FROM channels WHERE id = ?1",
        )
        .bind(held.channel.as_str())
        .bind(held.register.as_str())
        .fetch_optional(self.database.readers())
        .await?;
        let deactivated =
            deactivated.ok_or_else(|| HeadquartersError::declined_field(ErrorCode::NotFound, "channel"))?;
        let mut taken = TakenIn {
            register: held.register.to_string(),
            channel: held.channel.to_string(),
            made_at: held.made_at.0,
            accepted: 0,
            duplicates: 0,
            refused: Vec::new(),
        };
        for (nth, batch) in held.operations.chunks(MOST_BATCH_OPERATIONS).enumerate() {
            let remarks = if deactivated { reviewed(batch, &held.register) } else { BTreeMap::new() };
            let request = PushRequest { operations: batch.to_vec(), remarks, ..PushRequest::default() };
            let results = self.push(&held.channel, &request).await?.results;
            for (at, result) in results.into_iter().enumerate() {
                match result.outcome {
                    Outcome::Accepted(_) => taken.accepted += 1,
                    Outcome::Duplicate(_) => taken.duplicates += 1,
                    Outcome::Refused(Refusal { code, detail, .. }) => {
                        let place = nth * MOST_BATCH_OPERATIONS + at + 1;
                        taken.refused.push(NotTaken { place, id: result.id, code, detail });
                    }
                }
            }
        }
        let detail = format!(
            "channel {}: {} put in line, {} known already, {} refused",
            taken.channel,
            taken.accepted,
            taken.duplicates,
            taken.refused.len()
        );
        self.note(who, "took in a rescue file", &taken.register, &detail).await?;
        Ok(taken)
    }
}

/// A format that is not known here is told from bytes that are none.
fn read(plaintext: &[u8]) -> Result<Held, HeadquartersError> {
    #[derive(Deserialize)]
    struct Header {
        format: u32,
    }
    let header: Header = serde_json::from_slice(plaintext).map_err(|_| RescueFileError::NoRescueFile)?;
    if header.format == 0 || header.format > FORMAT {
        return Err(HeadquartersError::declined(ErrorCode::UnsupportedVersion));
    }
    Ok(serde_json::from_slice(plaintext).map_err(|_| RescueFileError::NoRescueFile)?)
}

fn reviewed(batch: &[Box<RawValue>], register: &RegisterName) -> BTreeMap<OperationId, Remark> {
    #[derive(Deserialize)]
    struct Named {
        id: OperationId,
        #[serde(rename = "customer_id")]
        _customer_id: CustomerId,
    }
    let ids = batch.iter().filter_map(|raw| serde_json::from_str::<Named>(raw.get()).ok());
    ids.map(|named| (named.id, Remark::Review { register: register.clone() })).collect()
}
