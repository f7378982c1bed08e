//! Counts of tests, over all runners.

use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;

/// How many tests went which way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
}

/// Playwright's JSON report, as far as it is read here.
#[derive(Deserialize)]
struct Report {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    expected: u64,
    unexpected: u64,
    flaky: u64,
    skipped: u64,
}

impl Tally {
    /// Takes in a line that a runner wrote; only a test binary's summary counts, by Cargo's runner
    /// or by wasm-bindgen's: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(super) fn read_line(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result:") else { return };
        let words: Vec<&str> = counts.split_whitespace().collect();
        for pair in words.windows(2) {
            let [number, what] = pair else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match what.trim_end_matches(';') {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Takes in Playwright's report. A test that passed only at a second try counts as failed.
    pub(super) fn read_playwright(&mut self, report: &str) -> Result<()> {
        let Report { stats } = serde_json::from_str(report).context("reading Playwright's report")?;
        self.passed += stats.expected;
        self.failed += stats.unexpected + stats.flaky;
        self.skipped += stats.skipped;
        Ok(())
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Tests that ran, whichever way they went.
    pub(super) fn ran(&self) -> u64 {
        self.passed + self.failed
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn check(lines: &str, expected: &str) {
        let mut tally = Tally::default();
        for line in lines.split_inclusive('\n') {
            tally.read_line(line);
        }
        assert_eq!(tally.to_string(), expected, "{lines}");
    }

    #[test]
    fn summaries_are_added_up() {
        check(
            "running 4 tests\n\
             test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
             test result: FAILED. 2 passed; 5 failed; 0 ignored; 0 measured; 9 filtered out; finished in 1.20s\n",
            "5 passed, 5 failed, 1 skipped",
        );
    }

    #[test]
    fn wasm_bindgens_summary_is_read_too() {
        check(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 filtered out",
            "12 passed, 0 failed, 0 skipped",
        );
    }

    #[test]
    fn only_summaries_count() {
        check("test five_passed ... ok\nerror: 3 passed by mistake\n", "0 passed, 0 failed, 0 skipped");
    }

    #[test]
    fn playwrights_report_is_read() {
        let mut tally = Tally::default();
        let report = r#"{"suites":[],"stats":{"startTime":"","duration":1.5,"expected":7,"skipped":1,"unexpected":2,"flaky":1}}"#;
        tally.read_playwright(report).unwrap();
        assert_eq!(tally.to_string(), "7 passed, 3 failed, 1 skipped");
        assert!(tally.read_playwright("not a report").is_err());
    }
}
