//! The register's local database as the register sees it: a few reads, and one write that is done whole or
//! not at all. It decides nothing; a store only does what it is told.
//!
//! One row that cannot be read hides no other: reads leave it out and note it, and it stays as it is until it is written
//! over or removed.
//!
//! Every implementation passes `contract` (feature `contract`).

use std::collections::{BTreeMap, BTreeSet};

use kase_domain::{Account, CustomerId, OperationId, OperationKind, Refusal, Stage, Timestamp, json};
use kase_replication::{Claim, CustomerState};
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

/// The register's local database. One per browser profile; several tabs may have it open.
#[allow(async_fn_in_trait, reason = "one thread, in the browser and in the simulator")]
pub trait RegisterStore {
    /// Does all of `batch` in one transaction with strict durability. When it returns `Ok`, the transaction is
    /// complete and survives a crash of the browser; when it returns an error, nothing of it was done.
    async fn commit(&self, batch: WriteBatch) -> Result<(), StoreError>;

    /// The value under `key`.
    async fn value(&self, key: ValueKey) -> Result<Option<String>, StoreError>;

    /// Takes the next number of a counter that never gives a number twice, over all tabs. The first is 1.
    async fn take_reference_count(&self) -> Result<u32, StoreError>;

    /// Lets the counter go on from `last` where it has not got so far.
    async fn raise_reference_count(&self, last: u32) -> Result<(), StoreError>;

    /// Deletes everything but the counter, which never gives a number twice.
    async fn forget(&self) -> Result<(), StoreError>;

    /// One customer.
    async fn customer(&self, id: CustomerId) -> Result<Option<CustomerState>, StoreError>;

    /// Several customers, in the order of `ids`; those that are not there are left out.
    async fn customers(&self, ids: &[CustomerId]) -> Result<Vec<CustomerState>, StoreError>;

    /// At most `limit` customers after `after`, in the order of their ids.
    async fn customers_after(
        &self,
        after: Option<CustomerId>,
        limit: u32,
    ) -> Result<Vec<CustomerState>, StoreError>;

    /// All entries of the outbox recorded after `after`, without their texts, in the order of recording.
    async fn outbox_after(&self, after: u64) -> Result<Vec<OutboxEntry>, StoreError>;

    /// How many finished operations are kept.
    async fn finished_count(&self) -> Result<u32, StoreError>;

    /// The texts of operations in the outbox, in the order of `ids`; those that are not there are left out.
    async fn operation_texts(&self, ids: &[OperationId]) -> Result<Vec<(OperationId, String)>, StoreError>;

    /// The rows that reads have left out until now, since they could not be read.
    fn unreadable(&self) -> Unreadable;
}

/// Rows that cannot be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreadable {
    /// Customers. Their keys are all that is known of them.
    pub customers: BTreeSet<CustomerId>,
    /// Entries of the outbox, by their order, with the operation where that is known. Their texts stand elsewhere and
    /// may be whole.
    pub entries: BTreeMap<u64, Option<OperationId>>,
}

/// One write. The parts are done in the order of the fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WriteBatch {
    /// When it was made, by the wall. An entry whose progress becomes another has been so since then.
    pub at: Timestamp,
    /// Delete every customer there is, and every finished operation: the schema excludes them.
    pub clear_customers: bool,
    /// Delete every finished operation: the room is needed.
    pub drop_finished: bool,
    /// Put these customers, whatever stood there; only an account number that is there already stays, where the new one
    /// is pending.
    pub customers: Vec<CustomerState>,
    /// Let customers that are there advance to an account, by [`Account::advanced`].
    pub advances: Vec<(CustomerId, Account)>,
    /// Delete these customers, and their finished operations.
    pub removed_customers: Vec<CustomerId>,
    /// Append to the outbox.
    pub recorded: Vec<NewEntry>,
    /// Change the progress of entries that are there.
    pub progress: Vec<(OperationId, Progress)>,
    /// Take entries off the outbox and keep them as finished, each with what was told of it. The latest
    /// [`MOST_FINISHED`](crate::MOST_FINISHED) stay.
    pub finished: Vec<(OperationId, Claim)>,
    /// Put every finished operation back into the outbox, at its old place and ready to be sent.
    pub deliver_again: bool,
    /// Delete entries of the outbox.
    pub removed_entries: Vec<OperationId>,
    /// Put these values; `None` deletes.
    pub values: Vec<(ValueKey, Option<String>)>,
}

/// A new entry of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEntry {
    /// The operation.
    pub id: OperationId,
    /// Its customer.
    pub customer_id: CustomerId,
    /// Its kind.
    pub kind: OperationKind,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// How far it is.
    pub progress: Progress,
    /// The operation's bytes, kept as they are.
    pub text: String,
}

/// An entry of the outbox without its text. It stays until the operation has taken effect.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxEntry {
    /// Its place in the order of recording, over all tabs; given by the store, growing, from 1.
    pub order: u64,
    /// The operation.
    pub id: OperationId,
    /// Its customer.
    pub customer_id: CustomerId,
    /// Its kind.
    pub kind: OperationKind,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// How far it is.
    pub progress: Progress,
    /// Since when it is so far.
    pub since: Timestamp,
    /// Size of its text in bytes.
    pub bytes: u32,
    /// It was finished and is delivered again: what had been told of it.
    pub claim: Option<Claim>,
}

impl OutboxEntry {
    /// Takes over its progress; how long it has been so far begins anew only when that is another.
    pub fn advance(&mut self, progress: Progress, at: Timestamp) {
        if self.progress != progress {
            self.since = at;
        }
        self.progress = progress;
    }
}

/// How far an operation in the outbox is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "progress", content = "detail", rename_all = "snake_case")]
pub enum Progress {
    /// It is to be sent.
    Ready,
    /// It waits for its customer's account number.
    Held,
    /// The channel has it; the bytes stay until it has taken effect.
    Delivered(Stage),
    /// It was refused by the first who was asked, and waits for a person. What is refused further on is delivered.
    Refused(Refusal),
}

/// Why by hand: see [`json`].
impl<'de> Deserialize<'de> for Progress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Detail<T> {
            detail: T,
        }
        json::tagged(deserializer, "progress", |progress, text| match progress {
            "ready" => Ok(Self::Ready),
            "held" => Ok(Self::Held),
            "delivered" => serde_json::from_str(text).map(|Detail { detail }| Self::Delivered(detail)),
            "refused" => serde_json::from_str(text).map(|Detail { detail }| Self::Refused(detail)),
            other => json::unknown_tag(other, &["ready", "held", "delivered", "refused"]),
        })
    }
}

impl Progress {
    /// Why it was refused, wherever that was.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Delivered(stage) => stage.refusal(),
            Self::Ready | Self::Held => None,
        }
    }

    /// Whether a person may take it off the list: it was refused or discarded, and the channel keeps it.
    pub fn may_be_removed(&self) -> bool {
        matches!(self, Self::Delivered(stage) if stage.refusal().is_some())
    }
}

/// A value that the register keeps. Each is JSON text of its owner's making.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueKey {
    /// The register's name, device token and channel.
    Device,
    /// The channel that what waits is for, also where `Device` cannot be read.
    Channel,
    /// Who is signed in, and until when.
    Session,
    /// The channel's settings.
    Settings,
    /// Where the feed was read to.
    Cursor,
    /// When the last exchange with the channel was.
    LastExchange,
    /// What of the feed could not be read.
    PassedOver,
    /// Names this database, so that the witness beside it knows its own.
    Database,
    /// What a deleted database has cost, until a person has read it.
    Loss,
}

impl ValueKey {
    /// Every key.
    pub const ALL: [Self; 9] = [
        Self::Device,
        Self::Channel,
        Self::Session,
        Self::Settings,
        Self::Cursor,
        Self::LastExchange,
        Self::PassedOver,
        Self::Database,
        Self::Loss,
    ];

    /// The name in the database; never changed once it has shipped.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Channel => "channel",
            Self::Session => "session",
            Self::Settings => "settings",
            Self::Cursor => "cursor",
            Self::LastExchange => "last_exchange",
            Self::PassedOver => "passed_over",
            Self::Database => "database",
            Self::Loss => "loss",
        }
    }
}

/// Why a store could not do what it was told.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    /// The disk or the browser's allowance is full.
    #[error("the storage is full")]
    Full,
    /// The connection was closed under the app: a newer version of it wants to change the database, or the browser
    /// has its reasons. Opening it again may help.
    #[error("the connection to the local database was closed")]
    Closed,
    /// A person or the browser has deleted the database, with all that it held.
    #[error("the local database was deleted")]
    Deleted,
    /// The browser refuses a local database.
    #[error("the browser does not offer a local database")]
    Unavailable,
    /// The database was written by a newer version of the app.
    #[error("the local database is of a newer version")]
    Newer,
    /// A record cannot be read.
    #[error("a record cannot be read: {0}")]
    Corrupt(String),
    /// Anything else; nothing was done.
    #[error("the local database failed: {0}")]
    Failed(String),
}
