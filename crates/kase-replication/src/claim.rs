//! What a channel says of an operation that it delivers again to a headquarters that came back from a backup.

use kase_domain::{AccountNumber, LoyaltyCardNumber};
use serde::{Deserialize, Serialize};

/// What the channel had been told of an operation before headquarters went back in time. Headquarters believes it only
/// after a restore, and a number only where the restore may have lost it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claim {
    /// Headquarters performed it while an operator waited.
    #[serde(skip_serializing_if = "is_false")]
    pub performed: bool,
    /// It had taken effect.
    #[serde(skip_serializing_if = "is_false")]
    pub took_effect: bool,
    /// Of a creation: the account number that the customer had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_number: Option<AccountNumber>,
    /// Of a loyalty card whose number headquarters made: the cards that the customer had.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub loyalty_cards: Vec<LoyaltyCardNumber>,
}

fn is_false(value: &bool) -> bool {
    !value
}
