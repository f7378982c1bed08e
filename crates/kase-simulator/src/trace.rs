//! What happened in a run, line by line: equal for equal seeds, and what a person reads when a check has failed.

use std::fmt::{self, Debug, Display, Write};

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

/// The name of a variant with its fields, cut short. What is cut is not even written.
pub(crate) fn short(what: &impl Debug) -> String {
    const MOST_CHARACTERS: usize = 160;
    let mut kept = Short { text: String::new(), left: MOST_CHARACTERS };
    let is_whole = write!(kept, "{what:?}").is_ok();
    let mut text = kept.text;
    if !is_whole {
        text.push('…');
    }
    text
}

struct Short {
    text: String,
    left: usize,
}

impl Write for Short {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        for character in piece.chars() {
            self.left = self.left.checked_sub(1).ok_or(fmt::Error)?;
            self.text.push(character);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(short(&"ā".repeat(158)), format!("\"{}\"", "ā".repeat(158)));
        assert_eq!(short(&"ā".repeat(159)), format!("\"{}…", "ā".repeat(159)));
    }
}
