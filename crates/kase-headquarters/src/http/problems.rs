//! Headquarters' errors as problems. What failed inside goes to the log.

use kase_domain::ErrorCode;
use kase_service::{Problem, Reason};

use crate::{HeadquartersError, RescueFileError};

impl From<HeadquartersError> for Problem {
    fn from(error: HeadquartersError) -> Self {
        match error {
            HeadquartersError::Declined(declined) => match (declined.error, declined.field) {
                (Some(error), _) => Self::of_field(&error),
                (None, Some(field)) => Self::new(declined.code).at(field),
                (None, None) => Self::new(declined.code),
            },
            HeadquartersError::TooManyTries { retry_after_s } => {
                Self::new(ErrorCode::RateLimited).retry_after(retry_after_s)
            }
            HeadquartersError::RescueFile(error) => Self::new(ErrorCode::InvalidField).because(match error {
                RescueFileError::NoRescueFile => Reason::NoRescueFile,
                RescueFileError::CutOff => Reason::RescueFileCutOff,
                RescueFileError::OtherKey => Reason::RescueFileOfAnotherKey,
                RescueFileError::Changed => Reason::RescueFileChanged,
            }),
            HeadquartersError::Database(error) => Self::of_database(&error),
            fault @ HeadquartersError::Stored(_) => Self::internal(&fault),
        }
    }
}
