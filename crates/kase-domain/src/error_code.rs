//! The stable codes of everything that can be refused, the same at every place and in every language.

use serde::{Deserialize, Serialize};

/// A stable code. What people read is written by the place that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A pending customer cannot be edited.
    CustomerPendingEdit,
    /// A pending customer cannot get a loyalty card.
    CustomerPendingLoyalty,
    /// A field is closed for pending customers by a switch.
    CustomerPendingField,
    /// The channel schema excludes customers from registers, and the channel is out of reach.
    OfflineCreationExcluded,
    /// The action needs headquarters, which cannot be reached.
    HeadquartersUnreachable,
    /// A feature needs others that are off.
    FeaturePrerequisite,
    /// A field holds what it cannot hold.
    InvalidField,
    /// A field is over its limit.
    TooLong,
    /// No customer has this id or account number.
    UnknownCustomer,
    /// The same id came with other content.
    IdempotencyMismatch,
    /// The customer is blocked for loyalty enrollment.
    LoyaltyBlocked,
    /// The loyalty card number is taken.
    LoyaltyCardTaken,
    /// No valid credential.
    Unauthenticated,
    /// The session has ended.
    SessionExpired,
    /// The credential does not allow this.
    Forbidden,
    /// Too many requests.
    RateLimited,
    /// The request is too large.
    PayloadTooLarge,
    /// The message is of a version that this place does not know.
    UnsupportedVersion,
    /// No such resource.
    NotFound,
    /// The request is not understood at all.
    BadRequest,
    /// A fault at this place; its details are in its log.
    Internal,
}
