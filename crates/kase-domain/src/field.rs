//! What is wrong with a field, in a form that every place can put into its reader's words.

use crate::{CodeError, Decimal, DecimalError, EmailError, ErrorCode, NumberRange, PhoneError, TextError};

/// One field that was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Path in the customer's JSON, e.g. `email` or `addresses[1].postal_code`.
    pub field: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A person needs a name, an organization its name.
    Required,
    /// More Unicode scalar values than `limit`.
    TooLong {
        /// The limit, in Unicode scalar values.
        limit: usize,
    },
    /// More entries than `limit`.
    TooMany {
        /// The limit, in entries.
        limit: usize,
    },
    /// A control character, or one that reorders the text around it.
    ControlCharacter,
    /// An email without a name or an `@`.
    EmailNeedsAt,
    /// An email whose part after `@` is no domain.
    EmailNeedsDomain,
    /// An email with a character that it cannot hold.
    EmailBadCharacter,
    /// A phone number with something else than digits and separators.
    PhoneNotDigits,
    /// A phone number too short for its country.
    PhoneTooShort,
    /// A phone number too long for its country.
    PhoneTooLong,
    /// A phone number whose calling code no country has.
    PhoneUnknownCallingCode,
    /// More than one address is marked as the primary one.
    SecondPrimary,
    /// The same id stands twice.
    RepeatedId,
    /// Not one of the values of a fixed list.
    UnknownValue,
    /// No whole number, where one is asked for.
    NotAWholeNumber,
    /// No number, where one is asked for.
    NotANumber,
    /// A number with more digits than can be kept exactly.
    TooManyDigits {
        /// The limit, in digits.
        limit: usize,
    },
    /// A number outside this range.
    OutOfRange(Box<NumberRange>),
    /// Not one of the values or shapes that the field takes.
    Invalid,
}

impl FieldError {
    /// A problem at `field`.
    pub fn new(field: impl Into<String>, problem: impl Into<Problem>) -> Self {
        Self { field: field.into(), problem: problem.into() }
    }

    /// The stable code of this error at the API.
    pub fn code(&self) -> ErrorCode {
        match self.problem {
            Problem::TooLong { .. } | Problem::TooMany { .. } => ErrorCode::TooLong,
            _ => ErrorCode::InvalidField,
        }
    }
}

impl From<TextError> for Problem {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Required,
            TextError::TooLong { limit } => Self::TooLong { limit },
            TextError::ControlCharacter => Self::ControlCharacter,
        }
    }
}

impl From<EmailError> for Problem {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Text(text) => text.into(),
            EmailError::NoAt => Self::EmailNeedsAt,
            EmailError::NoDomain => Self::EmailNeedsDomain,
            EmailError::BadCharacter => Self::EmailBadCharacter,
        }
    }
}

impl From<PhoneError> for Problem {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Text(text) => text.into(),
            PhoneError::NotDigits => Self::PhoneNotDigits,
            PhoneError::TooShort => Self::PhoneTooShort,
            PhoneError::TooLong => Self::PhoneTooLong,
            PhoneError::UnknownCallingCode => Self::PhoneUnknownCallingCode,
        }
    }
}

impl From<DecimalError> for Problem {
    fn from(error: DecimalError) -> Self {
        match error {
            DecimalError::NotANumber => Self::NotANumber,
            DecimalError::TooManyDigits => Self::TooManyDigits { limit: Decimal::MOST_DIGITS },
        }
    }
}

impl From<CodeError> for Problem {
    fn from(_: CodeError) -> Self {
        Self::Invalid
    }
}
