//! Short codes from outside standards: countries, currencies, languages.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The text has not the shape of such a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("has not the shape of a {expected} code")]
pub struct CodeError {
    /// The standard it was read by.
    pub expected: &'static str,
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $normalize:expr, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Trims, normalizes the case and checks the shape of `typed`.
            pub fn parse(typed: &str) -> Result<Self, CodeError> {
                let text: String = $normalize(typed.trim());
                if $valid(text.as_str()) { Ok(Self(text)) } else { Err(CodeError { expected: $expected }) }
            }

            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }
    };
}

code! {
    /// ISO 3166-1 alpha-2, e.g. `LV`.
    Country, "ISO 3166-1 country", str::to_ascii_uppercase,
    |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}
code! {
    /// ISO 4217, e.g. `EUR`.
    Currency, "ISO 4217 currency", str::to_ascii_uppercase,
    |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}
code! {
    /// BCP 47, e.g. `lv` or `en-GB`.
    Language, "BCP 47 language", str::to_owned,
    |text: &str| (2..=35).contains(&text.len())
        && text.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        && text.split('-').next().is_some_and(|first| first.len() >= 2 && first.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_checked_by_shape() {
        assert_eq!(Country::parse(" lv ").unwrap().as_str(), "LV");
        assert!(Country::parse("Latvia").is_err());
        assert_eq!(Currency::parse("eur").unwrap().as_str(), "EUR");
        assert!(Currency::parse("€").is_err());
        assert!(Language::parse("lv").is_ok() && Language::parse("zh-Hant-TW").is_ok());
        assert!(Language::parse("latviešu").is_err() && Language::parse("l").is_err());
    }
}
