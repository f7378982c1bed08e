//! What is true of a language as a whole: plurals, numbers, lists and times.

use crate::{Direction, Moment};

/// The plural categories of the Unicode CLDR; a language uses those it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Plural {
    /// Latvian 0, 10, 11–19, 20; Arabic 0.
    Zero,
    /// English 1; Latvian 1, 21, 31, but not 11.
    One,
    /// Arabic 2.
    Two,
    /// Arabic 3–10; Slavic 2–4.
    Few,
    /// Arabic 11–99; Slavic 5–20.
    Many,
    /// Everything else.
    Other,
}

/// The grammar and the number forms of one language.
pub trait Language {
    /// The BCP 47 tag.
    fn tag(&self) -> &'static str;
    /// What the language calls itself.
    fn own_name(&self) -> &'static str;
    /// Which way it is written.
    fn direction(&self) -> Direction;
    /// The plural category of a whole number (CLDR's cardinal rules).
    fn plural(&self, count: u64) -> Plural;
    /// A whole number with its thousands set apart.
    fn number(&self, number: u64) -> String;
    /// What stands between the whole and the tenths.
    fn decimal_separator(&self) -> char;
    /// A number from its digits, point and sign as JSON writes them: `-12345.6` reads `−12,345.6`. What is no such
    /// text stays as it is.
    fn decimal(&self, plain: &str) -> String {
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("\u{2212}", digits));
        let (whole, fraction) =
            digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
        let Ok(whole) = whole.parse() else { return plain.to_owned() };
        let whole = self.number(whole);
        match fraction {
            Some(fraction) => format!("{sign}{whole}{}{fraction}", self.decimal_separator()),
            None => format!("{sign}{whole}"),
        }
    }
    /// `a, b and c`.
    fn list(&self, items: &[&str]) -> String;
    /// A length of time in its largest fitting unit: `2 min`, `3 h`, `4 days`.
    fn duration(&self, seconds: u64) -> String;
    /// How long ago something happened: `just now`, `2 min ago`.
    fn ago(&self, seconds: u64) -> String;
    /// Hour and minute.
    fn clock(&self, moment: Moment) -> String {
        moment.clock()
    }
    /// Day, month in words, and year.
    fn date(&self, moment: Moment) -> String;
    /// To the second, for a tooltip.
    fn exact_time(&self, moment: Moment) -> String {
        format!("{}, {}:{:02}", self.date(moment), moment.clock(), moment.second)
    }
    /// A size in the decimal units that browsers and vendors of disks use: `840 MB`, `2.1 GB`.
    fn size(&self, bytes: u64) -> String {
        const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
        let (unit_bytes, unit) =
            UNITS.into_iter().find(|(unit_bytes, _)| bytes >= *unit_bytes).unwrap_or((1, "B"));
        let tenths = (bytes % unit_bytes) * 10 / unit_bytes;
        let whole = bytes / unit_bytes;
        if whole >= 10 || tenths == 0 {
            format!("{}\u{a0}{unit}", self.number(whole))
        } else {
            format!("{whole}{}{tenths}\u{a0}{unit}", self.decimal_separator())
        }
    }
}

/// A length of time in its largest fitting unit.
pub(crate) enum Span {
    /// Under a minute.
    Seconds(u64),
    /// Under an hour.
    Minutes(u64),
    /// Under a day.
    Hours(u64),
    /// A day and more.
    Days(u64),
}

impl Span {
    /// The largest unit of which there is at least one.
    pub(crate) fn of(seconds: u64) -> Self {
        match seconds {
            0..60 => Self::Seconds(seconds),
            60..3_600 => Self::Minutes(seconds / 60),
            3_600..86_400 => Self::Hours(seconds / 3_600),
            _ => Self::Days(seconds / 86_400),
        }
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// `a, b <and> c`.
pub(crate) fn listed(items: &[&str], and: &str) -> String {
    match items {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} {and} {last}", most.join(", ")),
    }
}
