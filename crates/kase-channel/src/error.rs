//! Why the channel did not do what it was asked.

use kase_domain::{ErrorCode, FieldError, Refusal};
use kase_service::DatabaseError;
use thiserror::Error;

/// One variant for each thing that the caller can do about it.
#[derive(Debug, Error)]
pub enum ChannelError {
    /// It is not possible, or not allowed; asking again changes nothing.
    #[error("refused: {0:?}")]
    Code(ErrorCode),
    /// A field is to blame.
    #[error("{} fields were not accepted", .0.len())]
    Fields(Vec<FieldError>),
    /// A field is closed while the customer is pending.
    #[error("the field {field} is closed while the customer is pending")]
    ClosedField {
        /// Which.
        field: String,
    },
    /// The register was deactivated or its place was taken by another browser: it may only deliver what it holds.
    #[error("the register may only deliver what it holds")]
    DeliversOnly,
    /// Headquarters refused, in its words.
    #[error("headquarters refused: {}", .0.detail)]
    Refused(Refusal),
    /// Too many tries.
    #[error("too many tries; again in {retry_after_s} s")]
    Throttled {
        /// When a further try is worth it.
        retry_after_s: u64,
    },
    /// The channel's own database failed; nothing was done.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A stored record cannot be read.
    #[error("a stored record cannot be read: {0}")]
    Corrupt(String),
}

impl From<sqlx::Error> for ChannelError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<serde_json::Error> for ChannelError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<uuid::Error> for ChannelError {
    fn from(error: uuid::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<ErrorCode> for ChannelError {
    fn from(code: ErrorCode) -> Self {
        Self::Code(code)
    }
}
