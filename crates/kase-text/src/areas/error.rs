//! Errors in words: the codes of the API, and what is wrong with a field.

use crate::Field;
use crate::catalogue::{choices, messages};

choices! {
    /// The stable codes of the API (contract.md, "HTTP API").
    enum ErrorCode {
        CustomerPendingEdit, CustomerPendingLoyalty, CustomerPendingField, OfflineCreationExcluded,
        HeadquartersUnreachable, FeaturePrerequisite, InvalidField, TooLong, UnknownCustomer,
        IdempotencyMismatch, LoyaltyBlocked, LoyaltyCardTaken, Unauthenticated, SessionExpired, Forbidden,
        RateLimited, PayloadTooLarge, UnsupportedVersion, NotFound, BadRequest, Internal,
    }
}

impl ErrorCode {
    /// The code as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CustomerPendingEdit => "customer_pending_edit",
            Self::CustomerPendingLoyalty => "customer_pending_loyalty",
            Self::CustomerPendingField => "customer_pending_field",
            Self::OfflineCreationExcluded => "offline_creation_excluded",
            Self::HeadquartersUnreachable => "headquarters_unreachable",
            Self::FeaturePrerequisite => "feature_prerequisite",
            Self::InvalidField => "invalid_field",
            Self::TooLong => "too_long",
            Self::UnknownCustomer => "unknown_customer",
            Self::IdempotencyMismatch => "idempotency_mismatch",
            Self::LoyaltyBlocked => "loyalty_blocked",
            Self::LoyaltyCardTaken => "loyalty_card_taken",
            Self::Unauthenticated => "unauthenticated",
            Self::SessionExpired => "session_expired",
            Self::Forbidden => "forbidden",
            Self::RateLimited => "rate_limited",
            Self::PayloadTooLarge => "payload_too_large",
            Self::UnsupportedVersion => "unsupported_version",
            Self::NotFound => "not_found",
            Self::BadRequest => "bad_request",
            Self::Internal => "internal",
        }
    }

    /// The code of an API's answer; none for one this version does not know.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.as_str() == code)
    }
}

/// What is wrong with what was typed, with the limit where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    Required,
    /// A person without first, middle and last name.
    NameRequired,
    OrganizationNameRequired,
    /// More Unicode scalar values than the limit.
    TooLong {
        limit: u64,
    },
    ControlCharacter,
    /// A lone surrogate.
    NotWellFormed,
    EmailWithoutAt,
    EmailWithoutName,
    EmailWithoutDomain,
    EmailCharacter,
    PhoneTooShort,
    PhoneTooLong,
    PhoneUnknownCallingCode,
    PhoneCharacter,
    TooMany {
        limit: u64,
    },
    UnknownValue,
    MoreThanOnePrimary,
    NotAWholeNumber,
    NotANumber,
    TooManyDigits {
        limit: u64,
    },
    OutOfRange,
    /// Anything else the other side refuses.
    NotPossible,
}

impl Problem {
    /// One of each, with limits that occur.
    pub const SAMPLES: &[Self] = &[
        Self::Required,
        Self::NameRequired,
        Self::OrganizationNameRequired,
        Self::TooLong { limit: 100 },
        Self::ControlCharacter,
        Self::NotWellFormed,
        Self::EmailWithoutAt,
        Self::EmailWithoutName,
        Self::EmailWithoutDomain,
        Self::EmailCharacter,
        Self::PhoneTooShort,
        Self::PhoneTooLong,
        Self::PhoneUnknownCallingCode,
        Self::PhoneCharacter,
        Self::TooMany { limit: 50 },
        Self::UnknownValue,
        Self::MoreThanOnePrimary,
        Self::NotAWholeNumber,
        Self::NotANumber,
        Self::TooManyDigits { limit: 15 },
        Self::OutOfRange,
        Self::NotPossible,
    ];
}

messages! {
    /// What went wrong, in words.
    trait Errors {
        /// What happened.
        fn error(&self, code: ErrorCode) -> &'static str;
        /// What a person can do about it.
        fn remedy(&self, code: ErrorCode) -> &'static str;
        /// The same of what was recorded, refused further on, and kept: nobody is typing it any more.
        fn kept_remedy(&self, code: ErrorCode) -> &'static str;
        fn unknown_error(&self) -> &'static str;
        fn problem(&self, problem: Problem) -> String;
        /// For a summary or an API's answer: the field's label first.
        fn field_problem(&self, field: Field, problem: Problem) -> String;
        /// The range of a number, as a hint and as what is wrong with a number outside of it.
        fn out_of_range(&self, least: &str, most: &str) -> String;
        /// The register was deactivated at headquarters, or another browser took its place.
        fn register_delivers_only(&self) -> &'static str;
        /// The server did not answer in time; nobody knows whether it did what was asked.
        fn too_late(&self) -> &'static str;
        /// Bytes were changed between a register and its server.
        fn damaged_on_its_way(&self) -> &'static str;
        /// The disk under a server's database is full.
        fn server_storage_full(&self) -> &'static str;
        fn no_rescue_file(&self) -> &'static str;
        fn rescue_file_cut_off(&self) -> &'static str;
        fn rescue_file_of_another_key(&self) -> &'static str;
        fn rescue_file_changed(&self) -> &'static str;
        fn at_least(&self, least: &str) -> String;
        fn at_most(&self, most: &str) -> String;
    }
}
