//! What a channel says of an operation that it delivers again to a headquarters that came back from a backup, and a
//! register to its channel.

use kase_domain::{AccountNumber, LoyaltyCardNumber};
use serde::{Deserialize, Serialize};

/// What a place had been told of an operation before the one above went back in time. That one believes it only after a
/// restore, and headquarters a number only where the restore may have lost it.
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

impl Claim {
    /// What this place and another were told together; `self` was told last.
    #[must_use]
    pub fn joined(self, before: Self) -> Self {
        Self {
            performed: self.performed || before.performed,
            took_effect: self.took_effect || before.took_effect,
            account_number: self.account_number.or(before.account_number),
            loyalty_cards: if self.loyalty_cards.is_empty() {
                before.loyalty_cards
            } else {
                self.loyalty_cards
            },
        }
    }
}

fn is_false(value: &bool) -> bool {
    !value
}
