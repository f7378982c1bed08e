//! A failing run made smaller, as long as the same check fails: the shortest trace that was found.

use anyhow::Result;

use crate::{Planted, Run, Shape, run_shaped};

/// Runs that are tried at most: a quarter of a minute.
const MOST_TRIES: u32 = 120;

/// A failing run, and what it was cut down to.
#[derive(Debug)]
pub struct Shrunk {
    /// What is left.
    pub shape: Shape,
    /// Its run, which fails.
    pub run: Run,
    /// Lines of the trace before.
    pub lines_before: usize,
}

/// Tries smaller shapes of a run that failed. None when the run is well after all.
pub fn shrink(seed: u64, planted: Option<Planted>) -> Result<Option<Shrunk>> {
    let first = run_shaped(seed, planted, &Shape::default())?;
    let Some(failed) = first.failed.as_deref().map(check_of).map(str::to_owned) else { return Ok(None) };
    let lines_before = first.trace.len();
    let mut best = Shrunk { shape: Shape::default(), run: first, lines_before };
    let mut tries = 0;
    'smaller: loop {
        for shape in best.shape.smaller() {
            if tries == MOST_TRIES {
                return Ok(Some(best));
            }
            tries += 1;
            let run = run_shaped(seed, planted, &shape)?;
            let fails_alike = run.failed.as_deref().is_some_and(|words| check_of(words) == failed);
            if fails_alike && run.trace.len() < best.run.trace.len() {
                best = Shrunk { shape, run, lines_before };
                continue 'smaller;
            }
        }
        return Ok(Some(best));
    }
}

/// The check that failed, without whom it failed for.
fn check_of(failed: &str) -> &str {
    failed.split(':').next().unwrap_or_default()
}
