//! Why headquarters did not do what it was asked.

use kase_domain::{ErrorCode, FieldError};
use kase_service::DatabaseError;
use thiserror::Error;

use crate::RescueFileError;

/// Why headquarters did not do what it was asked.
#[derive(Debug, Error)]
pub enum HeadquartersError {
    /// It was judged and declined: asking again changes nothing.
    #[error("declined: {0:?}")]
    Declined(Declined),
    /// Too many tries; worth another after so many seconds.
    #[error("too many tries, again in {retry_after_s} s")]
    TooManyTries {
        /// Seconds to wait.
        retry_after_s: u64,
    },
    /// A rescue file is not opened; nothing was done.
    #[error(transparent)]
    RescueFile(#[from] RescueFileError),
    /// The database failed; nothing was done.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// What is stored cannot be read.
    #[error("a stored value cannot be read: {0}")]
    Stored(String),
}

/// A code, and what is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declined {
    /// Stable code.
    pub code: ErrorCode,
    /// The field to blame, where one is.
    pub field: Option<String>,
    /// What is wrong with that field.
    pub error: Option<FieldError>,
}

impl HeadquartersError {
    pub(crate) fn declined(code: ErrorCode) -> Self {
        Self::Declined(Declined { code, field: None, error: None })
    }

    pub(crate) fn declined_field(code: ErrorCode, field: impl Into<String>) -> Self {
        Self::Declined(Declined { code, field: Some(field.into()), error: None })
    }

    pub(crate) fn declined_errors(errors: &[FieldError]) -> Self {
        match errors.first() {
            None => Self::declined(ErrorCode::InvalidField),
            Some(error) => Self::Declined(Declined {
                code: error.code(),
                field: Some(error.field.clone()),
                error: Some(error.clone()),
            }),
        }
    }

    /// Whether the database refused a statement's content, not its own service: then the content is to blame.
    pub(crate) fn is_constraint(&self) -> bool {
        match self {
            Self::Database(DatabaseError::Sql(error)) => error.as_database_error().is_some_and(|error| {
                use sqlx::error::ErrorKind;
                !matches!(error.kind(), ErrorKind::Other)
            }),
            _ => false,
        }
    }
}

impl From<sqlx::Error> for HeadquartersError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<serde_json::Error> for HeadquartersError {
    fn from(error: serde_json::Error) -> Self {
        Self::Stored(error.to_string())
    }
}
