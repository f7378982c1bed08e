//! The simulator's bounded part: some seeds, the same seed twice, a failing one made smaller, and planted faults that
//! the checker has to find. `cargo xtask test` runs some hundreds of seeds beside.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

use kase_simulator::{Planted, Shape, campaign, run, run_shaped, shrink};

/// The first of the fixed seeds.
const FIRST_SEED: u64 = 1;

/// How many are run: some seconds.
const SEEDS: u64 = 20;

/// A planted fault is found within so many runs.
const MOST_RUNS: u64 = 150;

#[test]
fn whatever_breaks_nothing_is_lost_and_nothing_is_there_twice() {
    let campaign = campaign(FIRST_SEED, SEEDS, None).unwrap();
    assert_eq!(campaign.failed, None);
    assert_eq!(campaign.runs, SEEDS);
    assert!(campaign.acknowledged > 100, "{} customers show little", campaign.acknowledged);
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    for seed in [3, 5] {
        let (one, other) = (run(seed, None).unwrap(), run(seed, None).unwrap());
        for (line, other) in one.trace.iter().zip(&other.trace) {
            assert_eq!(line, other);
        }
        assert_eq!(one.trace.len(), other.trace.len());
        assert_ne!(one.trace, run(seed + 1, None).unwrap().trace);
    }
}

#[test]
fn every_planted_fault_is_found() {
    let missed: Vec<Planted> = Planted::ALL
        .into_iter()
        .filter(|planted| campaign(FIRST_SEED, MOST_RUNS, Some(*planted)).unwrap().failed.is_none())
        .collect();
    assert_eq!(missed, [], "not found in {MOST_RUNS} runs");
}

#[test]
fn a_failing_run_is_cut_down_to_one_that_fails_alike() {
    let planted = Some(Planted::SkippedPage);
    let (seed, words) = campaign(FIRST_SEED, MOST_RUNS, planted).unwrap().failed.unwrap();
    let shrunk = shrink(seed, planted).unwrap().unwrap();
    assert_ne!(shrunk.shape, Shape::default());
    // By how much is the seed's affair: which one fails first changes with what places say to each other.
    assert!(shrunk.run.trace.len() < shrunk.lines_before, "{} lines", shrunk.run.trace.len());
    let check = |words: &str| words.split(':').next().unwrap_or_default().to_owned();
    assert_eq!(check(shrunk.run.failed.as_deref().unwrap()), check(&words));
    assert_eq!(run_shaped(seed, planted, &shrunk.shape).unwrap().trace, shrunk.run.trace);
}

#[test]
fn a_run_that_is_well_has_nothing_to_cut_down() {
    assert!(shrink(FIRST_SEED, None).unwrap().is_none());
}
