//! A channel: a store's or web shop's server. It records what its registers recorded, answers their searches from
//! its replica, asks headquarters in real time where the operator waits for it, and never turns a customer away
//! because headquarters cannot be reached.
//!
//! [`Channel`] is the core, over SQLite, with clock, ids, randomness and transport as ports; [`http`] is its API.
//! It never sets a timer and never uses headquarters otherwise than through [`HeadquartersTransport`].

mod applying;
mod attributes;
mod change;
mod channel;
mod creation;
mod delivering;
mod device;
mod error;
mod feed;
mod finder;
mod holding;
pub mod http;
mod job_trouble;
mod judgement;
mod link;
mod performing;
mod presence;
mod progress;
mod recording;
mod restore;
mod returned;
mod session;
mod showing;
mod status;
mod store;
mod transport;
mod typed;
mod unreadable;
mod witness;
mod writing;

pub use change::{ChangeRequest, Changed};
pub use channel::Channel;
pub use creation::Created;
pub use device::{Device, Purpose};
pub use error::ChannelError;
pub use finder::{LEAST_CHARACTERS_OF_ALL_STORES, MOST_FOUND, Scope};
pub use restore::{Restored, channel_of, restored};
pub use session::{SESSION_MS, Session, SignedIn};
pub use status::{ChannelStatus, Waiting};
pub use transport::{HeadquartersTransport, Hints, TransportError};
