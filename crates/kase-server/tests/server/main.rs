//! The server's promises over real HTTP: each test starts the program itself, on a port that was free, with a data
//! folder of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod apart;
mod app;
mod attributes;
mod backup;
mod bad_input;
mod client;
mod credentials;
mod deactivated;
mod doors;
mod idempotency;
mod pending;
mod problems;
mod process;
mod refused;
mod replication;
mod rescue;
mod the_path;
mod tls;
mod troubles;
mod web;
