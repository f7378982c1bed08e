//! The simulator's bounded part: some seeds, the same seed twice, and planted faults that the checker has to find.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says so by failing")]

use kase_simulator::{Planted, run};

/// The first of the fixed seeds.
const FIRST_SEED: u64 = 1;

/// How many are run: some seconds.
const SEEDS: u64 = 20;

/// A planted fault is found within so many runs.
const MOST_RUNS: u64 = 8;

#[test]
fn whatever_breaks_nothing_is_lost_and_nothing_is_there_twice() {
    let mut acknowledged = 0;
    for seed in FIRST_SEED..FIRST_SEED + SEEDS {
        let run = run(seed, None).unwrap();
        acknowledged += run.acknowledged;
        let tail = run.trace.len().saturating_sub(40);
        assert_eq!(run.failed, None, "seed {seed}\n{}", run.trace[tail..].join("\n"));
    }
    assert!(acknowledged > 100, "{acknowledged} customers show little");
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

/// The check finds the fault, in these words.
fn check_found(planted: Planted, words: &[&str]) {
    let mut failures = Vec::new();
    for seed in FIRST_SEED..FIRST_SEED + MOST_RUNS {
        if let Some(failed) = run(seed, Some(planted)).unwrap().failed {
            if words.iter().any(|words| failed.contains(words)) {
                return;
            }
            failures.push(failed);
        }
    }
    panic!("{planted:?} was not found in {MOST_RUNS} runs, but: {failures:#?}");
}

#[test]
fn an_acknowledged_commit_that_is_forgotten_is_found() {
    check_found(Planted::ForgottenCommit, &["acknowledged and missing"]);
}

#[test]
fn an_operation_that_is_delivered_under_another_id_is_found() {
    check_found(Planted::ChangedId, &["created twice", "nobody's customer"]);
}

#[test]
fn a_page_of_the_feed_that_is_skipped_is_found() {
    check_found(Planted::SkippedPage, &["not quiet"]);
}

#[test]
fn a_push_that_headquarters_forgets_is_found() {
    check_found(Planted::ForgottenPush, &["acknowledged and missing"]);
}

#[test]
fn an_account_that_goes_back_to_pending_is_found() {
    check_found(Planted::BackToPending, &["back to pending"]);
}
