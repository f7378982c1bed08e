//! Text that people type, within a limit: trimmed, visible, free of control characters, never cut.

use thiserror::Error;

/// How long each kind of text may be, in Unicode scalar values. The same at every place, so that what a
/// register accepts headquarters can store.
pub mod limits {
    /// First, middle and last name, and title.
    pub const PERSON_NAME: usize = 100;
    /// Organization name.
    pub const ORGANIZATION_NAME: usize = 200;
    /// Email address (RFC 5321's path limit).
    pub const EMAIL: usize = 254;
    /// Phone number as typed.
    pub const PHONE: usize = 32;
    /// Street of an address.
    pub const STREET: usize = 250;
    /// Any other part of an address, and identification numbers.
    pub const SHORT_TEXT: usize = 100;
    /// Text of an attribute.
    pub const ATTRIBUTE_TEXT: usize = 250;
    /// The key that names an attribute.
    pub const ATTRIBUTE_KEY: usize = 50;
    /// What an attribute is measured in.
    pub const ATTRIBUTE_UNIT: usize = 20;
    /// Addresses of one customer.
    pub const ADDRESSES: usize = 50;
    /// Secondary emails and phones of one customer.
    pub const CONTACTS: usize = 50;
    /// Attributes, affiliations or opt-outs of one customer.
    pub const LIST: usize = 100;
}

/// Why a text was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TextError {
    /// Nothing visible stands in it.
    #[error("is empty")]
    Empty,
    /// It has more Unicode scalar values than `limit`.
    #[error("is longer than {limit} characters")]
    TooLong {
        /// The limit, in Unicode scalar values.
        limit: usize,
    },
    /// It holds a control character, or one that reorders the text around it.
    #[error("holds a control character")]
    ControlCharacter,
}

/// Trims `typed` and checks it. The text itself is kept as it was typed otherwise.
pub(crate) fn parse(typed: &str, limit: usize) -> Result<String, TextError> {
    let text = typed.trim();
    if !text.chars().any(is_visible) {
        return Err(TextError::Empty);
    }
    if text.chars().count() > limit {
        return Err(TextError::TooLong { limit });
    }
    if text.chars().any(is_forbidden) {
        return Err(TextError::ControlCharacter);
    }
    Ok(text.to_owned())
}

/// Bidirectional overrides can make one name look like another; joiners, which some scripts need, may stay.
fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}')
}

fn is_visible(c: char) -> bool {
    !(c.is_whitespace()
        || matches!(c, '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2065}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{E0000}'..='\u{E0FFF}'))
}

/// A newtype over a checked text, which deserializes through its parser.
macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, $limit:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Trims and checks `typed`.
            pub fn parse(typed: &str) -> Result<Self, $crate::text::TextError> {
                $crate::text::parse(typed, $limit).map(Self)
            }

            /// The text as it was typed, trimmed.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::TextError;

            fn try_from(typed: String) -> Result<Self, Self::Error> {
                Self::parse(&typed)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use bounded_text;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Result<&str, TextError>) {
        assert_eq!(parse(typed, 5), expected.map(str::to_owned), "{typed:?}");
    }

    #[test]
    fn text_is_trimmed_and_counted_in_scalar_values() {
        check("  Anna ", Ok("Anna"));
        check("ĶŪĻĀŠ", Ok("ĶŪĻĀŠ"));
        check("123456", Err(TextError::TooLong { limit: 5 }));
    }

    #[test]
    fn invisible_text_is_empty() {
        for typed in ["", "   ", "\u{200B}\u{FEFF}", "\u{3164}", "\u{2060} \u{00AD}"] {
            check(typed, Err(TextError::Empty));
        }
    }

    #[test]
    fn control_characters_and_overrides_are_refused_but_joiners_stay() {
        check("a\u{0}b", Err(TextError::ControlCharacter));
        check("a\nb", Err(TextError::ControlCharacter));
        check("a\u{202E}b", Err(TextError::ControlCharacter));
        check("ن\u{200C}ا", Ok("ن\u{200C}ا"));
    }
}
