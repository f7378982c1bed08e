//! Many seeds, on all cores: runs share nothing, so each core takes the next seed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::Result;

use crate::{Planted, run};

/// What many runs were.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Runs that came to their end.
    pub runs: u64,
    /// Customers of whom somebody was told that they are saved.
    pub acknowledged: usize,
    /// The lowest seed in which a check failed, and its words.
    pub failed: Option<(u64, String)>,
}

/// Runs these seeds. After a failure no new one is begun; all below it come to their end, so that the one that is
/// told does not depend on who was faster.
pub fn campaign(first: u64, runs: u64, planted: Option<Planted>) -> Result<Campaign> {
    let end = first.saturating_add(runs);
    let next = AtomicU64::new(first);
    let found = Mutex::new(Campaign::default());
    let work = || -> Result<()> {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return Ok(());
            }
            let run = run(seed, planted)?;
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            found.runs += 1;
            found.acknowledged += run.acknowledged;
            let Some(words) = run.failed else { continue };
            next.store(end, Ordering::Relaxed);
            if found.failed.as_ref().is_none_or(|(lowest, _)| seed < *lowest) {
                found.failed = Some((seed, words));
            }
        }
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        workers.into_iter().try_for_each(|worker| match worker.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })?;
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}
