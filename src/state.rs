//! What the screens show. Patched by the runtime alone; pages read the narrowest signal they need.

use std::sync::Arc;

use kase_domain::{ChannelSettings, RegisterName, Timestamp};
use kase_register::{Acceptance, Connection, Loss, Session, StoreError, WaitingOperation};
use kase_replication::JobTrouble;
use leptos::prelude::*;

/// Signals of the whole app. Copy it wherever it is needed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct State {
    /// Whether this browser is a register, and who works at it.
    pub(crate) access: RwSignal<Access>,
    /// The register's name, once it is activated.
    pub(crate) register: RwSignal<Option<RegisterName>>,
    /// What is reached; none until the first word of the stream, or of the leading tab.
    pub(crate) connection: RwSignal<Option<Connection>>,
    /// The channel's settings, once they were pulled.
    pub(crate) settings: RwSignal<Option<Arc<ChannelSettings>>>,
    /// Every operation that waits or was refused, in the order of recording.
    pub(crate) waiting: RwSignal<Arc<Vec<WaitingOperation>>>,
    /// Failed pushes in a row.
    pub(crate) tries: RwSignal<u32>,
    /// When the channel last answered an exchange.
    pub(crate) last_exchange: RwSignal<Option<Timestamp>>,
    /// Grows when customers changed in the store: whoever shows customers reads them again.
    pub(crate) customers_revision: RwSignal<u64>,
    /// How many customers this register holds; none while they are being read.
    pub(crate) customer_count: RwSignal<Option<usize>>,
    /// Whether the browser may delete what waits, and how much room there is.
    pub(crate) storage: RwSignal<Option<Storage>>,
    /// Jobs that do not do their work, wherever something waits for them.
    pub(crate) jobs: RwSignal<Vec<JobTrouble>>,
    /// How many changes of the feed this version of the app cannot read.
    pub(crate) passed_over: RwSignal<usize>,
    /// How many operations of the outbox this version of the app cannot read.
    pub(crate) unreadable_operations: RwSignal<usize>,
    /// The local database failed: nothing can be recorded until it is back.
    pub(crate) store_fault: RwSignal<Option<StoreError>>,
    /// What a deleted database has cost, until somebody has read it.
    pub(crate) loss: RwSignal<Option<Loss>>,
    /// Opening the database waits for tabs that hold an older version of it.
    pub(crate) waits_for_tabs: RwSignal<bool>,
    /// How the channel takes this register.
    pub(crate) acceptance: RwSignal<Acceptance>,
    /// A new version of the app waits for a person's word.
    pub(crate) update_ready: RwSignal<bool>,
    /// The time, to the tenth second, for ages.
    pub(crate) now: RwSignal<Timestamp>,
}

/// Whether this browser is a register, and who works at it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Access {
    /// The local database is being opened.
    Opening,
    /// The browser refuses a local database, or it is of a newer version: Kase cannot work here.
    NoStore(StoreError),
    /// The browser offers no secure context (plain HTTP from another host).
    Insecure,
    /// No register yet.
    NotActivated,
    /// Nobody is signed in: the sign-in screen.
    SignedOut,
    /// The session came to its end by itself. The work goes on, and sign-in is asked for beside it.
    SessionEnded,
    /// The work goes on with nobody signed in: nobody could sign in, or another tab signed out while a form stood
    /// open here. What is recorded names no operator.
    Unattended,
    /// Somebody works here.
    SignedIn(Session),
}

/// The browser's storage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Storage {
    /// Whether the browser promised not to delete it.
    pub(crate) persistent: bool,
    /// Bytes used, where the browser tells.
    pub(crate) used_bytes: Option<f64>,
    /// Bytes granted in all, where the browser tells.
    pub(crate) quota_bytes: Option<f64>,
}

impl State {
    /// Whether customers may stay on this register.
    pub(crate) fn keeps_customers(self) -> bool {
        self.settings.read().as_ref().is_none_or(|settings| !settings.filter_shared_customer_data)
    }
}

/// Makes the state and puts it into the context.
pub(crate) fn provide_state() -> State {
    let state = State {
        access: RwSignal::new(Access::Opening),
        register: RwSignal::new(None),
        connection: RwSignal::new(None),
        settings: RwSignal::new(None),
        waiting: RwSignal::new(Arc::default()),
        tries: RwSignal::new(0),
        last_exchange: RwSignal::new(None),
        customers_revision: RwSignal::new(0),
        customer_count: RwSignal::new(None),
        storage: RwSignal::new(None),
        jobs: RwSignal::new(Vec::new()),
        passed_over: RwSignal::new(0),
        unreadable_operations: RwSignal::new(0),
        store_fault: RwSignal::new(None),
        loss: RwSignal::new(None),
        waits_for_tabs: RwSignal::new(false),
        acceptance: RwSignal::new(Acceptance::default()),
        update_ready: RwSignal::new(false),
        now: RwSignal::new(Timestamp(0)),
    };
    provide_context(state);
    state
}

/// The state from the context; the app provides it before anything is shown.
#[expect(clippy::expect_used, reason = "at start-up only: the app provides it before it mounts a page")]
pub(crate) fn use_state() -> State {
    use_context().expect("the app provides the state before it mounts a page")
}
