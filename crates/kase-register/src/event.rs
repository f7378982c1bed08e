//! What comes into a register: intents of people, and events of the machine.

use kase_domain::{
    AddressRecord, ChannelId, ChannelSettings, CustomerId, CustomerRecord, LoyaltyCardNumber, OperationId,
    OperatorId, RegisterName, Timestamp,
};
use kase_replication::{CustomerState, Hint, PerformAnswer, PullAnswer, PushAnswer};
use serde::{Deserialize, Serialize};

use crate::{KeptWitness, OutboxEntry, PassedOver, StoreError, TabMessage};

/// Names a request of a component, or one of the register's own, until its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(pub u64);

/// The time of an event, on two clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// By the wall: recorded as information, shown to people, decides nothing.
    pub wall: Timestamp,
    /// By a clock that never jumps: for waits.
    pub steady: Timestamp,
}

/// The register that this browser is, from its activation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its name.
    pub register: RegisterName,
    /// Its channel.
    pub channel: ChannelId,
    /// Begins its short references.
    pub reference_prefix: String,
    /// Carries replication.
    pub token: String,
    /// Headquarters has deactivated it: it delivers what it holds and creates nothing.
    #[serde(default)]
    pub delivers_only: bool,
}

/// Who is signed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The operator's number.
    pub operator: OperatorId,
    /// The operator's name.
    pub name: String,
    /// The session's token.
    pub token: String,
    /// When it ends, by the channel's clock.
    pub expires_at: Timestamp,
    /// It came to its end by itself: sign-in is asked for, and the work goes on.
    #[serde(default)]
    pub ended: bool,
}

/// What the register's local database holds at the start.
#[derive(Debug, Clone, Default)]
pub struct Opened {
    /// The channel's settings, once they were pulled.
    pub settings: Option<ChannelSettings>,
    /// Where the feed was read to.
    pub cursor: Option<String>,
    /// What of the feed could not be read.
    pub passed_over: PassedOver,
    /// The whole outbox.
    pub outbox: Vec<OutboxEntry>,
    /// The customers that the outbox is about, as far as they are there.
    pub customers: Vec<CustomerState>,
}

/// What happened, or what somebody wants.
#[derive(Debug, Clone)]
pub enum Event {
    /// A person wants something.
    Intended(RequestId, Intent),
    /// Somebody signed in, or out.
    OperatorChanged(Option<OperatorId>),
    /// The commit of an effect came to its end.
    Committed(RequestId, Result<(), StoreError>),
    /// The real-time call of an effect came to its end.
    Performed(RequestId, Result<PerformAnswer, SendFailure>),
    /// The push came to its end.
    Pushed(Result<PushAnswer, SendFailure>),
    /// The pull came to its end.
    Pulled(Result<PullAnswer, SendFailure>),
    /// The outbox was read again; `all` of it, or what came after the last known entry.
    OutboxRead {
        /// Whether it is the whole outbox.
        all: bool,
        /// The entries.
        entries: Vec<OutboxEntry>,
        /// The customers that they are about.
        customers: Vec<CustomerState>,
    },
    /// This register was activated again: its token is another.
    DeviceRenewed(Device),
    /// A hint came over the stream.
    Hinted(Hint),
    /// The stream of hints ended, or could not be opened.
    HintsEnded(StreamEnd),
    /// This tab leads now, or no longer.
    Leads(bool),
    /// The browser believes that its network came or went.
    NetworkHinted {
        /// What it believes.
        online: bool,
    },
    /// Another tab says something.
    TabSaid(TabMessage),
    /// What is kept beside the database, brought up to date with it.
    WitnessFound(Box<KeptWitness>),
    /// The channel was told the witness, or could not be.
    WitnessTold(Result<(), SendFailure>),
    /// The database was deleted under this tab: the witness stays as it is.
    DatabaseDeleted,
    /// A person asks for a try now.
    RetryRequested,
    /// Time has passed, at least to the last wake-up that was asked for.
    TimePassed,
}

/// The ids of a form that changes a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Names the form, and its first operation. Made once, so that another try is the same.
    pub operation_id: OperationId,
    /// For what was corrected, should an earlier try not have been answered, or refused. Made for each try.
    pub correction_id: OperationId,
}

/// What a person wants. Ids are made by the caller, once for each form, so that a second try is the same.
#[derive(Debug, Clone)]
pub enum Intent {
    /// Create a customer.
    CreateCustomer(Box<NewCustomer>),
    /// Change fields of a customer.
    EditCustomer {
        /// The form's ids.
        form: Form,
        /// The customer as the editor saw it.
        seen: Box<CustomerState>,
        /// The customer as it shall be.
        wanted: Box<CustomerRecord>,
    },
    /// Add an address to a customer.
    AddAddress {
        /// The form's ids.
        form: Form,
        /// The customer as the editor saw it.
        seen: Box<CustomerState>,
        /// The address, with an id of its own.
        address: Box<AddressRecord>,
    },
    /// Take a refused or discarded operation off the list.
    RemoveFromList(OperationId),
    /// Issue a loyalty card.
    IssueLoyaltyCard {
        /// The form's ids.
        form: Form,
        /// The customer as the operator saw it.
        seen: Box<CustomerState>,
        /// The number; none where the profile has one generated.
        number: Option<LoyaltyCardNumber>,
    },
}

/// A customer to create.
#[derive(Debug, Clone)]
pub struct NewCustomer {
    /// The customer id, made with the form.
    pub customer_id: CustomerId,
    /// For the edit that carries held fields, should there be any.
    pub held_operation_id: OperationId,
    /// For a correction, should an earlier try not have been answered. Made for each try.
    pub correction_id: OperationId,
    /// The count of its short reference, taken from the store.
    pub reference_count: u32,
    /// What was typed.
    pub record: CustomerRecord,
}

/// Why a request came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendFailure {
    /// No answer, not in time, or not one of this service.
    Unreachable,
    /// The credential is not accepted.
    Rejected,
    /// The service says no, with a stable code where it is known.
    Refused(kase_domain::Refusal),
}

/// How the stream of hints ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEnd {
    /// It broke, or nobody answered.
    Lost,
    /// The channel does not know the device token.
    Rejected,
}

impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device").field("register", &self.register).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("operator", &self.operator).finish_non_exhaustive()
    }
}
