//! What headquarters promises, over a real SQLite file, with a clock and ids of the test's own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod attributes;
mod conversion;
mod copies;
mod feed;
mod http;
mod judging;
mod line;
mod merging;
mod pending;
mod perform;
mod refused;
mod restored;
mod review;
mod seeding;
mod settings;
mod status;
mod troubles;
mod world;
