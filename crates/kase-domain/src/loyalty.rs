//! Loyalty cards. Issuing one needs the account number and headquarters.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A card number: 4 to 32 letters and digits; separators are left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LoyaltyCardNumber(String);

/// The text is no card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a card number has 4 to 32 letters and digits")]
pub struct LoyaltyCardNumberError;

impl LoyaltyCardNumber {
    /// Reads what an operator typed or a scanner read.
    pub fn parse(typed: &str) -> Result<Self, LoyaltyCardNumberError> {
        let number: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let fits = (4..=32).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits { Ok(Self(number.to_ascii_uppercase())) } else { Err(LoyaltyCardNumberError) }
    }

    /// The number as people read it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LoyaltyCardNumber {
    type Error = LoyaltyCardNumberError;

    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::parse(&typed)
    }
}

impl From<LoyaltyCardNumber> for String {
    fn from(number: LoyaltyCardNumber) -> Self {
        number.0
    }
}

/// A card that a customer has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoyaltyCard {
    /// Unique over the chain.
    pub number: LoyaltyCardNumber,
}
