//! Every format that ever shipped, opened by today's code: what is stored, what is sent, and the servers' databases.
//!
//! `fixtures/NAME/VERSION` holds what a version wrote. A fixture that has landed is never rewritten, and a reader
//! that stops understanding one fails here. What today's code writes is compared with the newest fixture, so that a
//! change of shape is noticed; `cargo xtask formats` then writes the next version beside it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "says which fixture was being opened, or was added")]

mod api;
mod channel;
mod database;
mod format;
mod headquarters;
mod newer;
mod operation;
mod register;
mod replication;
mod rescue;
mod sample;
