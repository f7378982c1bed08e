//! What happened in a run, line by line: equal for equal seeds, and what a person reads when a check has failed.

use std::fmt::{Debug, Display};

use kase_domain::Timestamp;

/// The lines of a run.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    lines: Vec<String>,
    beginning: Option<Timestamp>,
}

impl Trace {
    pub(crate) fn note(&mut self, at: Timestamp, line: impl Display) {
        let beginning = *self.beginning.get_or_insert(at);
        self.lines.push(format!("{:>7} {line}", beginning.age_ms(at)));
    }

    pub(crate) fn into_lines(self) -> Vec<String> {
        self.lines
    }
}

/// The name of a variant with its fields, cut short.
pub(crate) fn short(what: &impl Debug) -> String {
    const MOST_CHARACTERS: usize = 160;
    let whole = format!("{what:?}");
    if whole.chars().count() <= MOST_CHARACTERS {
        whole
    } else {
        whole.chars().take(MOST_CHARACTERS).chain(['…']).collect()
    }
}
