//! What a channel promises, over a real SQLite file, with a clock, ids and a headquarters of the test's own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod aliases;
mod copies;
mod held;
mod migrated;
mod passed_over;
mod pending;
mod refused;
mod registers;
mod restored;
mod silence;
mod troubles;
mod turns;
mod witness;
mod world;
