//! Operations that this channel cannot read to the end. Where at least their ids and their kind are there, the bytes are
//! kept and carried on like anything else that is refused: headquarters keeps what it cannot read, for a person.

use kase_domain::{CustomerId, ErrorCode, OperationId, OperationKind};
use kase_replication::{OperationResult, Outcome, Remark};
use kase_text::Locale;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::progress::Progress;
use crate::recording::repeated;
use crate::store::kept::Kept;
use crate::store::operation::{self, Origin};
use crate::writing::Writing;
use crate::{Channel, ChannelError, Device};

/// The least of an operation that must be readable for it to be kept.
#[derive(Deserialize)]
struct Header {
    id: OperationId,
    customer_id: CustomerId,
    kind: String,
}

/// Keeps the bytes that `refused` answers; what is known under their id already has its own answer. A version that is
/// not known here is not for a person: its sender comes again when this channel is newer.
pub(crate) async fn keep_unreadable(
    write: &mut Writing<'_>,
    raw: &RawValue,
    refused: OperationResult,
    origin: Origin<'_>,
    locale: Locale,
) -> Result<OperationResult, ChannelError> {
    let Outcome::Refused(refusal) = &refused.outcome else { return Ok(refused) };
    let Ok(header) = serde_json::from_str::<Header>(raw.get()) else { return Ok(refused) };
    let kept = Kept { id: header.id, customer_id: header.customer_id, kind: &header.kind, text: raw.get() };
    if let Some(entry) = operation::find(write.connection(), kept.id).await? {
        let outcome = repeated(write.connection(), &entry, kept, locale).await?;
        return Ok(OperationResult { id: Some(kept.id), outcome });
    }
    let creates = kept.kind == OperationKind::CreateCustomer.as_str();
    let names_another = creates && kept.id != OperationId::from(kept.customer_id);
    if names_another || refusal.code == ErrorCode::UnsupportedVersion {
        return Ok(refused);
    }
    tracing::warn!(operation = %kept.id, code = ?refusal.code, "cannot be read, and carried on for a person");
    let remark = Remark::Refused(refusal.clone());
    write.append(kept, Origin { remark: Some(&remark), ..origin }, &Progress::Ready).await?;
    Ok(refused)
}

impl Channel {
    /// The same in a transaction of its own, of what no operator waits for.
    pub(crate) async fn keep_unreadable_alone(
        &self,
        device: &Device,
        raw: &RawValue,
        refused: OperationResult,
        locale: Locale,
    ) -> Result<OperationResult, ChannelError> {
        let mut write = self.write().await?;
        let origin = Origin::of_register(&device.register);
        let result = keep_unreadable(&mut write, raw, refused, origin, locale).await?;
        write.commit().await?;
        Ok(result)
    }
}
