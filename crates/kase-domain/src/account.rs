//! The account of a customer: pending with a stage, or synced with its number.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{ErrorCode, json};

/// The number that headquarters assigns, e.g. `C-0004007`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountNumber(String);

/// The text is no account number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an account number has 1 to 32 letters, digits and hyphens")]
pub struct AccountNumberError;

impl AccountNumber {
    /// Reads an account number; letters are taken in upper case.
    pub fn parse(text: &str) -> Result<Self, AccountNumberError> {
        let text = text.trim().to_ascii_uppercase();
        let fits =
            (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if fits { Ok(Self(text)) } else { Err(AccountNumberError) }
    }

    /// The number as people read it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountNumber {
    type Error = AccountNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<AccountNumber> for String {
    fn from(number: AccountNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for AccountNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a person can say of a pending customer, e.g. `R1-0042`: the register and a count.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShortReference(String);

impl ShortReference {
    /// The `count`th customer of the register or channel that `prefix` names.
    pub fn new(prefix: &str, count: u32) -> Self {
        Self(format!("{prefix}-{count:04}"))
    }

    /// The reference as people say it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How far a pending record has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Recorded in the register's local database only.
    OnRegister,
    /// In the channel's database.
    InChannel,
    /// Brought to headquarters by the P-job.
    AtHeadquarters,
    /// Headquarters has assigned the number; it has not arrived at this place.
    NumberAssigned,
    /// Kept, and waiting for a person.
    Refused(Refusal),
    /// A person at headquarters gave it up, for the reason in the detail: nothing will come of it. To a peer that
    /// does not know of this it reads as refused.
    #[serde(rename = "refused", serialize_with = "write_discarded")]
    Discarded(Refusal),
}

fn write_discarded<S: Serializer>(refusal: &Refusal, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Discarded<'a> {
        #[serde(flatten)]
        refusal: &'a Refusal,
        discarded: bool,
    }
    Discarded { refusal, discarded: true }.serialize(serializer)
}

impl<'de> Deserialize<'de> for Stage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Ended {
            #[serde(default)]
            discarded: bool,
        }
        json::tagged(deserializer, "stage", |stage, text| match stage {
            "on_register" => Ok(Self::OnRegister),
            "in_channel" => Ok(Self::InChannel),
            "at_headquarters" => Ok(Self::AtHeadquarters),
            "number_assigned" => Ok(Self::NumberAssigned),
            "refused" => {
                let Ended { discarded } = serde_json::from_str(text)?;
                serde_json::from_str(text).map(if discarded { Self::Discarded } else { Self::Refused })
            }
            other => json::unknown_tag(
                other,
                &["on_register", "in_channel", "at_headquarters", "number_assigned", "refused"],
            ),
        })
    }
}

impl Stage {
    /// Why it was refused or given up, if it was.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::Discarded(refusal) => Some(refusal),
            Self::OnRegister | Self::InChannel | Self::AtHeadquarters | Self::NumberAssigned => None,
        }
    }

    /// A refusal can follow any stage but an assigned number, and anything later can follow a refusal.
    fn rank(&self) -> u8 {
        match self {
            Self::OnRegister => 0,
            Self::InChannel => 1,
            Self::AtHeadquarters | Self::Refused(_) | Self::Discarded(_) => 2,
            Self::NumberAssigned => 3,
        }
    }
}

/// Why something was refused: the last known error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable code. One that only a newer peer knows is read as [`ErrorCode::Internal`], and its detail says more: a
    /// refusal stands in answers and feeds among others, which it must not make unreadable.
    #[serde(deserialize_with = "known_or_internal")]
    pub code: ErrorCode,
    /// For people, in the language of the place that refused.
    pub detail: String,
    /// The field to blame, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

fn known_or_internal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ErrorCode, D::Error> {
    let code = String::deserialize(deserializer)?;
    Ok(json::from_value(&code.into()).unwrap_or(ErrorCode::Internal))
}

/// Whether the account number is at this place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "AccountShape")]
pub enum Account {
    /// No account number at this place yet.
    Pending(Stage),
    /// The account number has arrived.
    Synced(AccountNumber),
}

impl Account {
    /// The account number, once it is here.
    pub fn number(&self) -> Option<&AccountNumber> {
        match self {
            Self::Synced(number) => Some(number),
            Self::Pending(_) => None,
        }
    }

    /// What this becomes when news of it arrive, in any order: it never goes back.
    #[must_use]
    pub fn advanced(&self, news: &Self) -> Self {
        match (self, news) {
            (Self::Synced(_), Self::Pending(_)) => self.clone(),
            (Self::Pending(here), Self::Pending(there)) if there.rank() < here.rank() => self.clone(),
            _ => news.clone(),
        }
    }

    /// Whether the rules for pending customers hold.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Pending(_))
    }
}

/// The JSON shape: `status`, and either `account_number` or the stage.
#[derive(Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
enum AccountShape {
    Pending(Stage),
    Synced { account_number: AccountNumber },
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Synced {
            account_number: AccountNumber,
        }
        json::tagged(deserializer, "status", |status, text| match status {
            "pending" => serde_json::from_str(text).map(Self::Pending),
            "synced" => {
                serde_json::from_str::<Synced>(text).map(|synced| Self::Synced(synced.account_number))
            }
            other => json::unknown_tag(other, &["pending", "synced"]),
        })
    }
}

impl From<Account> for AccountShape {
    fn from(account: Account) -> Self {
        match account {
            Account::Pending(stage) => Self::Pending(stage),
            Account::Synced(account_number) => Self::Synced { account_number },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_one_json_shape() {
        let refused = Stage::Refused(Refusal {
            code: ErrorCode::TooLong,
            detail: "…".into(),
            field: Some("city".into()),
        });
        let discarded =
            Stage::Discarded(Refusal { code: ErrorCode::TooLong, detail: "made twice".into(), field: None });
        for (account, json) in [
            (
                Account::Pending(discarded),
                r#"{"status":"pending","stage":"refused","code":"too_long","detail":"made twice","discarded":true}"#,
            ),
            (Account::Pending(Stage::OnRegister), r#"{"status":"pending","stage":"on_register"}"#),
            (
                Account::Pending(refused),
                r#"{"status":"pending","stage":"refused","code":"too_long","detail":"…","field":"city"}"#,
            ),
            (
                Account::Synced(AccountNumber::parse("c-0004007").unwrap()),
                r#"{"status":"synced","account_number":"C-0004007"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&account).unwrap(), json);
            assert_eq!(serde_json::from_str::<Account>(json).unwrap(), account);
        }
    }

    #[test]
    fn an_account_never_goes_back() {
        let number = |text| Account::Synced(AccountNumber::parse(text).unwrap());
        let pending = Account::Pending;
        for (here, news, expected) in [
            (number("C-1"), pending(Stage::InChannel), number("C-1")),
            (pending(Stage::InChannel), number("C-1"), number("C-1")),
            (number("C-1"), number("C-2"), number("C-2")),
            (pending(Stage::AtHeadquarters), pending(Stage::InChannel), pending(Stage::AtHeadquarters)),
            (pending(Stage::OnRegister), pending(Stage::InChannel), pending(Stage::InChannel)),
        ] {
            assert_eq!(here.advanced(&news), expected, "{here:?} {news:?}");
        }
    }

    #[test]
    fn a_short_reference_can_be_said() {
        assert_eq!(ShortReference::new("R1", 42).as_str(), "R1-0042");
        assert_eq!(ShortReference::new("R1", 12_345).as_str(), "R1-12345");
    }
}
