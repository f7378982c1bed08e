//! What the servers need of the machine they run on, so that a simulator can be that machine.

use kase_domain::Timestamp;
use uuid::Uuid;

/// Clock, ids and randomness.
pub trait Environment: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// A new time-ordered id (UUIDv7).
    fn new_id(&self) -> Uuid;

    /// Random bytes fit for secrets.
    fn random(&self) -> [u8; 32];
}
