//! Email addresses: kept as typed, compared in lower case.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{self, TextError, limits};

/// An email address with a local part and a domain. Internationalized addresses are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// Why a text is not an email address.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EmailError {
    /// The text itself is not acceptable.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It has no `@`, or nothing before it.
    #[error("needs a name, an @ and a domain")]
    NoAt,
    /// What follows the `@` is no domain with a dot in it.
    #[error("the part after @ needs a domain")]
    NoDomain,
    /// It holds a character that an email address cannot hold there.
    #[error("holds a character that an email address cannot hold")]
    BadCharacter,
}

impl Email {
    /// Trims and checks `typed`.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let text = text::parse(typed, limits::EMAIL)?;
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::NoAt)?;
        if local.is_empty() {
            return Err(EmailError::NoAt);
        }
        if !is_domain(domain) {
            return Err(EmailError::NoDomain);
        }
        let misplaced_dot = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        if misplaced_dot || local.chars().any(|c| c.is_whitespace() || "@,;:<>()[]\\\"".contains(c)) {
            return Err(EmailError::BadCharacter);
        }
        Ok(Self(text))
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two addresses are compared by: the address in lower case.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .chars()
                    .all(|c| c.is_alphanumeric() || c == '-' || (!c.is_ascii() && !c.is_whitespace()))
        })
}

impl TryFrom<String> for Email {
    type Error = EmailError;

    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::parse(&typed)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_needs_a_name_and_a_domain() {
        for typed in ["anna@kalnina.lv", "a.b+c@x-y.co", " jānis@bērziņš.lv ", "O'Neil@x.ie", "имя@почта.рф"]
        {
            assert!(Email::parse(typed).is_ok(), "{typed}");
        }
        for (typed, error) in [
            ("anna", EmailError::NoAt),
            ("@inbox.lv", EmailError::NoAt),
            ("janis.kalnins@inbox", EmailError::NoDomain),
            ("janis@", EmailError::NoDomain),
            ("janis@.lv", EmailError::NoDomain),
            ("janis@in box.lv", EmailError::NoDomain),
            ("jan is@inbox.lv", EmailError::BadCharacter),
            ("<b>x</b>@inbox.lv", EmailError::BadCharacter),
            ("a@b@inbox.lv", EmailError::BadCharacter),
            ("a..b@inbox.lv", EmailError::BadCharacter),
            ("", EmailError::Text(TextError::Empty)),
        ] {
            assert_eq!(Email::parse(typed), Err(error), "{typed}");
        }
        let long = format!("{}@inbox.lv", "a".repeat(250));
        assert_eq!(Email::parse(&long), Err(EmailError::Text(TextError::TooLong { limit: 254 })));
    }

    #[test]
    fn emails_compare_in_lower_case_and_keep_what_was_typed() {
        let email = Email::parse("Anna@Kalnina.LV").unwrap();
        assert_eq!(email.key(), "anna@kalnina.lv");
        assert_eq!(email.as_str(), "Anna@Kalnina.LV");
    }
}
