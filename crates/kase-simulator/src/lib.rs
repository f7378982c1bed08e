//! Registers, channels and headquarters on a virtual clock, network and browser store, all from one seed: what a
//! cashier was told is saved arrives at headquarters exactly once, whatever breaks in between.
//!
//! It runs the code that ships and stands in for nothing of it: only for the machine below (clock, ids, network,
//! browser) and for the people above. Each future of a database is driven to its end before anything else moves,
//! so that a seed gives the same run each time.

mod breakdown;
mod browser;
mod channel_place;
mod checker;
mod faults;
mod happening;
mod headquarters_place;
mod ledger;
mod line;
mod machine;
mod network;
mod people;
mod planted;
mod prepared;
mod queue;
mod quiet;
mod random;
mod tab;
mod trace;
mod world;

pub use planted::Planted;

use world::World;

/// What a run was.
#[derive(Debug)]
pub struct Run {
    /// What happened, line by line; equal for equal seeds.
    pub trace: Vec<String>,
    /// Customers of whom somebody was told that they are saved.
    pub acknowledged: usize,
    /// The check that failed, if one did.
    pub failed: Option<String>,
}

/// Runs the world of a seed. An error means that there was no run at all.
pub fn run(seed: u64, planted: Option<Planted>) -> anyhow::Result<Run> {
    let mut world = World::new(seed, planted, prepared::prepared()?)?;
    let failed = world.run().err().map(|error| format!("{error:#}"));
    let acknowledged = world.ledger.created.len();
    world.close();
    Ok(Run { trace: world.trace.into_lines(), acknowledged, failed })
}
