//! The messages. The same between register and channel as between channel and headquarters.

use std::collections::BTreeMap;

use kase_domain::{
    Account, Action, AddressId, ChannelSettings, Customer, CustomerId, LoyaltyCard, Operation, OperationId,
    Refusal, RegisterName, ShortReference, Stage, Timestamp, json,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::unreadable::{key, readable};
use crate::{Claim, Directory, JobTrouble, UnreadableChange};

/// Most changes in one answer to a pull.
pub const MOST_PULLED_CHANGES: u32 = 1_000;

/// Most copies in one push.
pub const MOST_COPIES: usize = 50;

/// `POST replication/push` and `POST replication/perform`: operations in the order they were recorded, each the
/// bytes of a [`crate::RecordedOperation`]. They are read one by one, so that a bad one is refused alone.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PushRequest {
    /// The operations.
    pub operations: Vec<Box<RawValue>>,
    /// Of a push from a channel: what it says of some of them. Headquarters is only ever made stricter by it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub remarks: BTreeMap<OperationId, Remark>,
    /// Of a push that delivers again after the place above came back from a backup: each such operation, with what the
    /// sender had been told of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub claims: BTreeMap<OperationId, Claim>,
    /// Of a register's `perform`: no operator waits for the answer, since these were held for an account number.
    /// What is refused is then kept for headquarters' people.
    #[serde(default, skip_serializing_if = "is_false")]
    pub unattended: bool,
    /// Of a push from a channel to a headquarters that came back from a backup: copies of other stores' customers of whom
    /// that has not told again, at most [`MOST_COPIES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "readable")]
    pub copies: Vec<CustomerState>,
    /// Of a push from a channel: how many of its real-time calls have failed since it last told so.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_calls: u64,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

pub(crate) fn is_false(value: &bool) -> bool {
    !value
}

/// What a channel says of an operation that it carries on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "remark", rename_all = "snake_case")]
pub enum Remark {
    /// The channel refused it and keeps it for headquarters' people, who may correct, synchronize or discard it.
    Refused(Refusal),
    /// It comes from a register that may only deliver what it holds: headquarters' people decide about it.
    Review {
        /// Which register.
        register: RegisterName,
    },
}

/// Answer to a push: one result per operation, in the order of the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// The results. One that cannot be read is as one that did not come: its operation is sent again later.
    #[serde(deserialize_with = "readable")]
    pub results: Vec<OperationResult>,
}

/// Answer to `POST replication/perform`, the real-time call: like a push, but performed while the operator
/// waits, with what the customers have become. Performing stops at the first operation that is refused or
/// could not be asked for: results of later ones are left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PerformAnswer {
    /// The results, one per operation that was reached.
    pub results: Vec<OperationResult>,
    /// The customers afterwards.
    pub changes: Vec<Change>,
}

/// What became of one operation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OperationResult {
    /// The operation; none when its bytes could not be read at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<OperationId>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// `result`: `accepted`, `duplicate` or `refused`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum Outcome {
    /// Recorded now. Holds how far it has come: the stage, or the account number.
    Accepted(Account),
    /// Recorded before: the first answer, brought up to date.
    Duplicate(Account),
    /// Not taken, or kept for a person; sending it again changes nothing.
    Refused(Refusal),
}

impl Outcome {
    /// How far it has come, of what was not refused.
    pub fn account(&self) -> Option<&Account> {
        match self {
            Self::Accepted(account) | Self::Duplicate(account) => Some(account),
            Self::Refused(_) => None,
        }
    }
}

/// Why by hand: see [`json`].
impl<'de> Deserialize<'de> for OperationResult {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Id {
            #[serde(default)]
            id: Option<OperationId>,
        }
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let read = || -> serde_json::Result<Self> {
            let Id { id } = serde_json::from_str(text.get())?;
            Ok(Self { id, outcome: serde_json::from_str(text.get())? })
        };
        read().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Outcome {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::tagged(deserializer, "result", |result, text| match result {
            "accepted" => serde_json::from_str(text).map(Self::Accepted),
            "duplicate" => serde_json::from_str(text).map(Self::Duplicate),
            "refused" => serde_json::from_str(text).map(Self::Refused),
            other => json::unknown_tag(other, &["accepted", "duplicate", "refused"]),
        })
    }
}

/// Answer to `GET replication/pull`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PullAnswer {
    /// The changes after the cursor, in the order they were committed.
    pub changes: Vec<Change>,
    /// Where to go on.
    pub cursor: String,
    /// Whether there is more to pull at once.
    pub more: bool,
    /// The given cursor was of another database (a restored backup): these changes are the first ones, and
    /// operations already delivered are to be delivered again.
    #[serde(default)]
    pub restarted: bool,
    /// The register was deactivated, or its place was taken by another browser: it may deliver what it holds, for
    /// review, and nothing else.
    #[serde(default)]
    pub delivers_only: bool,
}

/// One change of the feed: the whole state afterwards, so that applying it twice changes nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A customer.
    Customer(Box<CustomerState>),
    /// An operation that this receiver delivered.
    Operation(OperationState),
    /// The channel's settings.
    Settings(Box<ChannelSettings>),
    /// Who may work in the channel and with what; for channels only, never for registers.
    Directory(Directory),
    /// What this version cannot read. It is written as it came.
    #[serde(untagged)]
    Unreadable(UnreadableChange),
}

impl Change {
    /// A customer as it stands in a database.
    pub fn of_stored_customer(id: CustomerId, text: &str) -> Self {
        match serde_json::from_str(text) {
            Ok(state) => Self::Customer(state),
            Err(_) => Self::Unreadable(UnreadableChange::of_stored("customer", Some(id), text)),
        }
    }

    /// Settings as they stand in a database.
    pub fn of_stored_settings(text: &str) -> Self {
        match serde_json::from_str(text) {
            Ok(settings) => Self::Settings(settings),
            Err(_) => Self::Unreadable(UnreadableChange::of_stored("settings", None, text)),
        }
    }

    /// What it is about: a later change with the same key takes its place.
    pub fn key(&self) -> String {
        match self {
            Self::Customer(state) => key("customer", &state.customer_id.to_string()),
            Self::Operation(state) => key("operation", &state.id.to_string()),
            Self::Settings(_) => key("settings", ""),
            Self::Directory(_) => key("directory", ""),
            Self::Unreadable(change) => change.key(),
        }
    }
}

/// Any JSON is a change, so that one which cannot be read does not hide the others of an answer.
impl<'de> Deserialize<'de> for Change {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        let read = json::tagged(&*text, "kind", |kind, text| match kind {
            "customer" => serde_json::from_str(text).map(Self::Customer),
            "operation" => serde_json::from_str(text).map(Self::Operation),
            "settings" => serde_json::from_str(text).map(Self::Settings),
            "directory" => serde_json::from_str(text).map(Self::Directory),
            other => json::unknown_tag(other, &["customer", "operation", "settings", "directory"]),
        });
        Ok(read.unwrap_or_else(|_| Self::Unreadable(UnreadableChange::new(text))))
    }
}

/// A customer as the receiver shall hold it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomerState {
    /// Permanent; never shown.
    pub customer_id: CustomerId,
    /// Pending with its stage, or synced with its number.
    pub account: Account,
    /// Since when it is pending at its stage, by the clock of the server that says so. People read it; nothing decides
    /// by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage_since: Option<Timestamp>,
    /// What people call it while it is pending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<ShortReference>,
    /// The customer.
    pub customer: Customer,
    /// Addresses that headquarters does not have yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending_addresses: Vec<AddressId>,
    /// Loyalty cards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loyalty_cards: Vec<LoyaltyCard>,
    /// *Block customer for loyalty enrollment*.
    #[serde(default)]
    pub loyalty_blocked: bool,
}

impl CustomerState {
    /// A customer of whom no more is known.
    pub fn new(customer_id: CustomerId, account: Account, customer: Customer) -> Self {
        Self {
            customer_id,
            account,
            stage_since: None,
            reference: None,
            customer,
            pending_addresses: Vec::new(),
            loyalty_cards: Vec::new(),
            loyalty_blocked: false,
        }
    }

    /// A customer as its creation recorded it; none of another operation.
    pub fn recorded(operation: &Operation, account: Account) -> Option<Self> {
        let Action::CreateCustomer { reference, customer } = &operation.action else { return None };
        let state = Self::new(operation.customer_id, account, (**customer).clone());
        Some(Self { reference: Some(reference.clone()), ..state })
    }

    /// Takes over what is news of the account; since when it is so is not known yet.
    pub fn advance(&mut self, news: &Account) {
        let account = self.account.advanced(news);
        if account != self.account {
            self.account = account;
            self.stage_since = None;
        }
    }

    /// An account number that stands at a place is not taken back there by news that know of none.
    pub fn keep_number_of(&mut self, there: &Self) {
        if self.account.is_pending() && !there.account.is_pending() {
            self.account.clone_from(&there.account);
            self.stage_since = None;
        }
    }
}

/// How far an operation has come that is no creation (a creation's stage is its customer's).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OperationState {
    /// The operation.
    pub id: OperationId,
    /// Its customer.
    pub customer_id: CustomerId,
    /// How far it has come; none when it has taken effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Stage>,
}

/// An event of `GET replication/hints`. The event's name is the variant in snake case, its data this as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Hint {
    /// The first event: who answers. A register checks that it is its own channel.
    Hello {
        /// Name of the answering place: the channel's id, or `headquarters`.
        place: String,
        /// Whether the answering place reaches headquarters.
        headquarters: HeadquartersReach,
    },
    /// There is something to pull.
    Changes,
    /// Each second.
    Heartbeat {
        /// Whether the answering place reaches headquarters.
        headquarters: HeadquartersReach,
        /// Jobs that do not do their work while something waits for them.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        jobs: Vec<JobTrouble>,
    },
}

impl<'de> Deserialize<'de> for Hint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Hello {
            place: String,
            headquarters: HeadquartersReach,
        }
        #[derive(Deserialize)]
        struct Heartbeat {
            headquarters: HeadquartersReach,
            #[serde(default, deserialize_with = "readable")]
            jobs: Vec<JobTrouble>,
        }
        json::tagged(deserializer, "event", |event, text| match event {
            "hello" => serde_json::from_str(text)
                .map(|Hello { place, headquarters }| Self::Hello { place, headquarters }),
            "changes" => Ok(Self::Changes),
            "heartbeat" => serde_json::from_str(text)
                .map(|Heartbeat { headquarters, jobs }| Self::Heartbeat { headquarters, jobs }),
            other => json::unknown_tag(other, &["hello", "changes", "heartbeat"]),
        })
    }
}

/// Whether headquarters is in reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadquartersReach {
    /// It answered lately.
    Reached,
    /// It did not.
    OutOfReach,
}

#[cfg(test)]
mod tests;
