//! Registers, channels and headquarters on a virtual clock, network and browser store, all from one seed: what a
//! cashier was told is saved arrives at headquarters exactly once, whatever breaks in between.
//!
//! It runs the code that ships and stands in for nothing of it: only for the machine below (clock, ids, network,
//! browser) and for the people above. Each future of a database is driven to its end before anything else moves,
//! so that a seed gives the same run each time.

mod breakdown;
mod browser;
mod campaign;
mod channel_place;
mod checker;
mod eviction;
mod faults;
mod full_disk;
mod happening;
mod headquarters_place;
mod killing;
mod ledger;
mod line;
mod listening;
mod machine;
mod mistaken;
mod network;
mod old_formats;
mod outside;
mod people;
mod planted;
mod planting;
mod prepared;
mod promises;
mod queue;
mod quiet;
mod random;
mod restore;
mod settings;
mod shape;
mod shrink;
mod tab;
mod taking;
mod trace;
mod watch;
mod witness;
mod world;

pub use campaign::{Campaign, campaign};
pub use planted::Planted;
pub use shape::Shape;
pub use shrink::{Shrunk, shrink};

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
    run_shaped(seed, planted, &Shape::default())
}

/// The same, with less of it.
pub fn run_shaped(seed: u64, planted: Option<Planted>, shape: &Shape) -> anyhow::Result<Run> {
    let mut world = World::new(seed, planted, shape, prepared::prepared()?)?;
    let failed = world.run().err().map(|error| format!("{error:#}"));
    let acknowledged = world.ledger.created.len();
    world.close();
    Ok(Run { trace: world.trace.into_lines(), acknowledged, failed })
}
