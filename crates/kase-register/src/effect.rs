//! What goes out of a register: orders to the machine, answers to people.

use std::collections::BTreeMap;

use kase_domain::{
    Account, ChannelSettings, Closed, CustomerId, CustomerKind, FieldError, OperationId, OperationKind,
    Refusal, ShortReference, Timestamp,
};
use kase_replication::{Claim, CustomerState, JobTrouble, RecordedOperation, Witness};

use crate::{Acceptance, Connection, KeptWitness, Progress, RequestId, StoreError, TabMessage, WriteBatch};

/// A real-time call is given up after this long, in milliseconds. The channel itself gives headquarters less.
pub const PERFORM_LIMIT_MS: u64 = 8_000;

/// A push or pull is given up after this long, in milliseconds.
pub const EXCHANGE_LIMIT_MS: u64 = 30_000;

/// What to do. Effects of one event are performed in their order; only `Commit` must be complete before its
/// [`crate::Event::Committed`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Write to the store, then report.
    Commit(RequestId, Box<WriteBatch>),
    /// Make the real-time call with these operations, within [`PERFORM_LIMIT_MS`], then report.
    Perform(RequestId, Vec<RecordedOperation>),
    /// Make the real-time call with an operation that is in the store, then report.
    PerformStored(RequestId, OperationId),
    /// Push operations, within [`EXCHANGE_LIMIT_MS`], then report.
    Push {
        /// The operations, in their order.
        operations: Vec<OperationId>,
        /// What is said of those that are delivered again.
        claims: BTreeMap<OperationId, Claim>,
    },
    /// Pull after this cursor, within [`EXCHANGE_LIMIT_MS`], then report.
    Pull(Option<String>),
    /// Read the outbox again, `after` an order or all of it with 0, then report.
    ReadOutbox {
        /// The last order that is known, or 0.
        after: u64,
    },
    /// Open the stream of hints.
    OpenHints,
    /// Close the stream of hints.
    CloseHints,
    /// Report [`crate::Event::TimePassed`] then, by the steady clock. A later one replaces it.
    WakeAt(Timestamp),
    /// Keep this beside the database, where its deletion does not reach.
    KeepWitness(Box<KeptWitness>),
    /// Tell the channel, within [`EXCHANGE_LIMIT_MS`], then report.
    TellWitness(Witness),
    /// Tell the other tabs.
    Tell(TabMessage),
    /// Answer an intent.
    Answer(RequestId, Answer),
    /// Show on the screens.
    Show(Shown),
}

/// What became of an intent.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// It is saved.
    Saved(Saved),
    /// Fields are wrong; nothing was recorded.
    Invalid(Vec<FieldError>),
    /// The permission table closes it; nothing was recorded.
    Closed(Closed),
    /// It was refused as a matter of business; nothing remains recorded.
    Refused(Refusal),
    /// The channel schema excludes customers from this register, and the channel is out of reach.
    Excluded,
    /// It needs headquarters, which is out of reach; nothing was recorded.
    NeedsHeadquarters,
    /// It may or may not have arrived; a second try with the same ids does no harm. Nothing was recorded here.
    NotKnown,
    /// The local database failed; nothing was recorded.
    StoreFailed(StoreError),
    /// It is off the list.
    Removed,
    /// It is not off the list: it still waits, or the channel does not keep it.
    StillWaits,
    /// The same intent is already under way.
    UnderWay,
    /// Headquarters has deactivated this register; nothing was recorded.
    Deactivated,
    /// The register has not yet been told its settings.
    NotReady,
}

/// Where something was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The customer.
    pub customer_id: CustomerId,
    /// Its account at this register now.
    pub account: Account,
    /// What people call it while it is pending.
    pub reference: Option<ShortReference>,
    /// Fields that wait for the account number, as keys of the customer's JSON.
    pub held_fields: Vec<String>,
    /// As it is now, of a changed customer whom this register may not keep.
    pub customer: Option<Box<CustomerState>>,
}

/// News for the screens.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// The connection.
    Connection(Connection),
    /// When the channel last answered an exchange, by the wall.
    LastExchange(Timestamp),
    /// What waits, in the order of recording, and how many pushes in a row have failed.
    Waiting {
        /// The operations.
        waiting: Vec<WaitingOperation>,
        /// Failed pushes in a row.
        tries: u32,
    },
    /// This tab changed these customers in the store.
    Customers(Vec<CustomerId>),
    /// Another tab changed these customers in the store, or deleted them.
    CustomersElsewhere(Vec<CustomerId>),
    /// Every customer may have changed in the store.
    AllCustomers,
    /// The settings.
    Settings(Box<ChannelSettings>),
    /// How the channel takes this register.
    Acceptance(Acceptance),
    /// How many changes of the feed could not be read.
    PassedOver(usize),
    /// Jobs that do not do their work, wherever something waits for them.
    Jobs(Vec<JobTrouble>),
}

/// An operation that waits, as the Sync status screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingOperation {
    /// For keys of lists; never shown.
    pub id: OperationId,
    /// For opening the customer; never shown.
    pub customer_id: CustomerId,
    /// What was recorded.
    pub kind: OperationKind,
    /// Person or organization; a person when the customer is not on this register any more.
    pub customer_kind: CustomerKind,
    /// The customer's name; empty when the customer is not on this register any more.
    pub name: String,
    /// The customer's short reference, or its account number once it is there.
    pub label: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// How far it is.
    pub progress: Progress,
    /// Since when it is so far.
    pub since: Timestamp,
    /// Its customer has its account number, so that it does not wait for that.
    pub has_account_number: bool,
    /// It waits behind an earlier one of its customer that was refused here.
    pub behind_refused: bool,
}
