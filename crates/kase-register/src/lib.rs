//! What a register is: intents and events come in, effects go out. It decides what is recorded, when to push
//! and pull, who leads among tabs, and what the screens may say of the connection.
//!
//! Nothing here reads a clock, makes an id, sleeps, spawns or does IO: the app's runtime performs the effects
//! on the browser, the simulator on a virtual one.

mod acceptance;
mod change;
mod commit;
mod connection;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
mod creation;
mod effect;
mod event;
mod exchange;
mod exclusion;
mod finished;
mod held;
mod intent;
#[cfg(any(test, feature = "contract"))]
mod memory_store;
mod outbox;
mod passed_over;
mod pull_answer;
mod push_answer;
mod recording;
mod register;
mod removal;
mod showing;
mod store;
mod tabs;
mod unanswered;
mod waiting;
mod witness;

pub use acceptance::Acceptance;
pub use change::{overlay, standing};
pub use connection::{Connection, LONGEST_REOPEN_MS, SILENCE_MS};
pub use effect::{Answer, EXCHANGE_LIMIT_MS, Effect, PERFORM_LIMIT_MS, Saved, Shown, WaitingOperation};
pub use event::{
    Device, Event, Form, Intent, NewCustomer, Now, Opened, RequestId, SendFailure, Session, StreamEnd,
};
pub use finished::MOST_FINISHED;
#[cfg(any(test, feature = "contract"))]
pub use memory_store::MemoryStore;
pub use passed_over::PassedOver;
pub use register::Register;
pub use store::{
    NewEntry, OutboxEntry, Progress, RegisterStore, StoreError, Unreadable, ValueKey, WriteBatch,
};
pub use tabs::TabMessage;
pub use waiting::{Stuck, label, stuck};
pub use witness::{KeptWitness, Loss, WITNESS_EVERY_MS};
