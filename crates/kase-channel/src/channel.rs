//! One channel: its database, its link to headquarters, what it counts. The other modules add what it does.
//!
//! It takes clock, ids, randomness and transport as ports, sets no timer and starts no task: whoever holds it
//! drives its link.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};

use kase_domain::{ChannelId, ChannelSettings, ErrorCode, OperationId};
use kase_replication::{Change, Environment};
use kase_service::{Database, Secrets, Throttle};
use sqlx::migrate::Migrator;
use tokio::sync::{MutexGuard, watch};
use uuid::Uuid;

use crate::finder::Finder;
use crate::holding::HeldAgain;
use crate::job_trouble::JobWatch;
use crate::presence::Presence;
use crate::store::{customer, place, settings};
use crate::{ChannelError, HeadquartersTransport, TransportError};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!();

/// Requests of one id go one after the other; this many ids at once do not wait for each other.
const TURNS: usize = 1_024;

/// Customers read at once when the index is filled at the start.
const CUSTOMERS_PER_READ: u32 = 5_000;

/// Turns that were free when they were asked for. Dropped, they are free again.
#[derive(Debug, Default)]
pub(crate) struct FreeTurns<'a>(BTreeMap<usize, Option<MutexGuard<'a, ()>>>);

impl FreeTurns<'_> {
    /// Whether it is this id's turn.
    pub(crate) fn has(&self, id: OperationId) -> bool {
        matches!(self.0.get(&slot(id)), Some(Some(_)))
    }
}

/// The low bits of an id are random; a UUIDv7's high ones are the time.
fn slot(id: OperationId) -> usize {
    usize::try_from(id.0.as_u128() % TURNS as u128).unwrap_or_default()
}

/// One channel.
pub struct Channel {
    pub(crate) id: ChannelId,
    pub(crate) database: Database,
    pub(crate) identity: Uuid,
    pub(crate) environment: Arc<dyn Environment>,
    pub(crate) headquarters: Arc<dyn HeadquartersTransport>,
    pub(crate) secrets: Secrets,
    pub(crate) throttle: Throttle,
    pub(crate) finder: RwLock<Finder>,
    pub(crate) feed: watch::Sender<i64>,
    pub(crate) outbox: watch::Sender<u64>,
    pub(crate) writing: tokio::sync::Mutex<()>,
    turns: Vec<tokio::sync::Mutex<()>>,
    pub(crate) presence: Mutex<Presence>,
    pub(crate) catching_up: tokio::sync::Mutex<()>,
    pub(crate) held_again: Mutex<HeldAgain>,
    pub(crate) job_watch: Mutex<JobWatch>,
    failed_calls: AtomicU64,
    /// Those, and the ones that were not even made since headquarters did not answer.
    missed_calls: AtomicU64,
    /// How many of these headquarters was told of.
    told_missed_calls: AtomicU64,
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Channel").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Channel {
    /// Opens the channel's database at `path`, makes it where there is none, and fills the search index.
    pub async fn open(
        id: ChannelId,
        path: &Path,
        environment: Arc<dyn Environment>,
        headquarters: Arc<dyn HeadquartersTransport>,
    ) -> Result<Self, ChannelError> {
        let database = Database::open(path, &MIGRATIONS).await?;
        let mut write = database.write().await?;
        let identity = place::identity(&mut write, &id, environment.new_id()).await?;
        let position = place::position(&mut write).await?;
        write.commit().await?;
        let channel = Self {
            id,
            database,
            identity,
            environment,
            headquarters,
            secrets: Secrets::default(),
            throttle: Throttle::default(),
            finder: RwLock::default(),
            feed: watch::channel(position).0,
            outbox: watch::channel(0).0,
            writing: tokio::sync::Mutex::default(),
            turns: (0..TURNS).map(|_| tokio::sync::Mutex::default()).collect(),
            presence: Mutex::default(),
            catching_up: tokio::sync::Mutex::default(),
            held_again: Mutex::default(),
            job_watch: Mutex::default(),
            failed_calls: AtomicU64::new(0),
            missed_calls: AtomicU64::new(0),
            told_missed_calls: AtomicU64::new(0),
        };
        channel.fill_finder().await?;
        Ok(channel)
    }

    /// Which channel it is.
    pub fn id(&self) -> &ChannelId {
        &self.id
    }

    /// Changes whenever there is something new for registers to pull.
    pub fn feed(&self) -> watch::Receiver<i64> {
        self.feed.subscribe()
    }

    /// Changes whenever there is something new to push to headquarters.
    pub fn outbox(&self) -> watch::Receiver<u64> {
        self.outbox.subscribe()
    }

    /// Ends the connections to the database; what is committed is in the file.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Real-time calls that failed since the start.
    pub fn failed_calls(&self) -> u64 {
        self.failed_calls.load(Ordering::Relaxed)
    }

    /// What wanted to be asked in real time went on without.
    pub(crate) fn note_missed_call(&self) {
        self.missed_calls.fetch_add(1, Ordering::Relaxed);
    }

    /// Missed calls that headquarters does not know of, and how many there are in all.
    pub(crate) fn untold_missed_calls(&self) -> (u64, u64) {
        let all = self.missed_calls.load(Ordering::Relaxed);
        (all.saturating_sub(self.told_missed_calls.load(Ordering::Relaxed)), all)
    }

    /// Headquarters knows of the first `all`.
    pub(crate) fn told_missed_calls(&self, all: u64) {
        self.told_missed_calls.fetch_max(all, Ordering::Relaxed);
    }

    pub(crate) fn note_failed_call(&self, error: &TransportError) {
        self.failed_calls.fetch_add(1, Ordering::Relaxed);
        self.note_missed_call();
        tracing::warn!(channel = %self.id, %error, "a real-time call failed");
        self.note_answer::<()>(&Err(error.clone()));
    }

    /// The settings in force. Before headquarters was reached the first time there are none.
    pub async fn settings(&self) -> Result<ChannelSettings, ChannelError> {
        let mut read = self.database.snapshot().await?;
        self.settings_in(&mut read).await
    }

    pub(crate) async fn settings_in(
        &self,
        connection: &mut sqlx::SqliteConnection,
    ) -> Result<ChannelSettings, ChannelError> {
        let current = settings::current(connection).await?;
        current.map(|(_, settings)| settings).ok_or(ChannelError::Code(ErrorCode::HeadquartersUnreachable))
    }

    /// Waits until no other request of this id is under way.
    pub(crate) async fn turn(&self, id: OperationId) -> Option<MutexGuard<'_, ()>> {
        match self.turns.get(slot(id)) {
            Some(turn) => Some(turn.lock().await),
            None => None,
        }
    }

    /// Takes the turns of these ids that are free, without waiting; what is missing is under way.
    pub(crate) fn free_turns(&self, ids: impl Iterator<Item = OperationId>) -> FreeTurns<'_> {
        let mut turns = FreeTurns::default();
        for slot in ids.map(slot) {
            if let (Entry::Vacant(place), Some(turn)) = (turns.0.entry(slot), self.turns.get(slot)) {
                place.insert(turn.try_lock().ok());
            }
        }
        turns
    }

    async fn fill_finder(&self) -> Result<(), ChannelError> {
        let mut position = 0;
        loop {
            let mut read = self.database.snapshot().await?;
            let customers = customer::after(&mut read, position, CUSTOMERS_PER_READ).await?;
            let Some((last, _)) = customers.last() else { return Ok(()) };
            position = *last;
            self.find_from_now_on(customers.iter().filter_map(|(_, change)| match change {
                Change::Customer(state) => Some(&**state),
                _ => None,
            }));
        }
    }
}
