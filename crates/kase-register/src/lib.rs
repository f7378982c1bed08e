//! What a register is: intents and events come in, effects go out. It decides what is recorded, when to push
//! and pull, who leads among tabs, and what the screens may say of the connection.
//!
//! Nothing here reads a clock, makes an id, sleeps, spawns or does IO: the app's runtime performs the effects
//! on the browser, the simulator on a virtual one.

mod store;

pub use store::{
    NewEntry, OutboxEntry, Progress, RegisterStore, StoreError, ValueKey, WriteBatch, advance,
};
