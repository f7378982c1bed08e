//! Decimal numbers that come back from JSON as they went in, and how people type them.
//!
//! JSON's numbers are read as binary floating point by this code and by every browser. With at most 15 significant
//! digits that reading is exact in both directions (IEEE 754's `DBL_DIG`), so that is the limit.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Number;
use thiserror::Error;

/// A number with at most 15 significant digits and 9 decimal places, in its shortest form: 5 and 5.00 are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Number", into = "Number")]
pub struct Decimal {
    units: i64,
    /// How many of the digits stand behind the decimal sign; the last of them is never 0.
    places: u8,
}

/// Why something is no such number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// It is no number.
    #[error("is no number")]
    NotANumber,
    /// It has more digits than can be kept exactly.
    #[error("has more than {} digits", Decimal::MOST_DIGITS)]
    TooManyDigits,
}

impl Decimal {
    /// Significant digits that a double keeps exactly.
    pub const MOST_DIGITS: usize = 15;

    const MOST_UNITS: u64 = 10_u64.pow(Self::MOST_DIGITS as u32) - 1;

    /// Prices of metals and petrol have 4 or 5; 9 leaves room and keeps comparisons within 128 bits.
    const MOST_PLACES: usize = 9;

    /// Reads what a person typed. Spaces set thousands apart everywhere. `sign` is the language's decimal sign; the
    /// other of comma and point is taken for one as well, since keypads have only one of them. Where the language
    /// has the point, commas that set off threes set thousands apart, as English writes them.
    pub fn read(typed: &str, sign: char) -> Result<Self, DecimalError> {
        let typed = typed.trim();
        let (negative, digits) = match typed.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest.trim_start()),
            None => (false, typed.strip_prefix('+').unwrap_or(typed)),
        };
        let spaces = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}');
        let mut plain: String = digits.chars().filter(|c| !spaces(*c)).collect();
        if sign == '.' && sets_off_threes(&plain) {
            plain.retain(|c| c != ',');
        }
        let (whole, fraction) = plain.split_once(['.', ',']).unwrap_or((&plain, ""));
        Self::of_digits(negative, whole, fraction)
    }

    /// Whether nothing stands behind the decimal sign.
    pub fn is_whole(self) -> bool {
        self.places == 0
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.units < 0
    }

    fn of_digits(negative: bool, whole: &str, fraction: &str) -> Result<Self, DecimalError> {
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(DecimalError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let digits = format!("{whole}{fraction}");
        let digits = digits.trim_start_matches('0');
        if digits.len() > Self::MOST_DIGITS || fraction.len() > Self::MOST_PLACES {
            return Err(DecimalError::TooManyDigits);
        }
        let units: i64 =
            if digits.is_empty() { 0 } else { digits.parse().map_err(|_| DecimalError::TooManyDigits)? };
        let places = u8::try_from(fraction.len()).map_err(|_| DecimalError::TooManyDigits)?;
        Ok(Self { units: if negative { -units } else { units }, places })
    }

    /// The nearest double. Both numbers are doubles exactly, and IEEE 754 rounds their quotient once. The standard
    /// library's way through text is 25 kB of code and tables in a browser.
    fn to_double(self) -> f64 {
        self.units as f64 / power_of_ten(self.places)
    }

    /// The number with this many decimal places whose nearest double this is.
    fn of_double(double: f64, places: u8) -> Option<Self> {
        let units = (double * power_of_ten(places)).round();
        let decimal = Self { units: units as i64, places };
        (units.abs() <= Self::MOST_UNITS as f64 && decimal.to_double() == double).then_some(decimal)
    }

    /// In units of the smallest place that there can be.
    fn scaled(self) -> i128 {
        let missing = Self::MOST_PLACES.saturating_sub(usize::from(self.places));
        i128::from(self.units) * 10_i128.pow(u32::try_from(missing).unwrap_or_default())
    }
}

/// Up to the most places there are, exactly.
fn power_of_ten(places: u8) -> f64 {
    10_u32.pow(places.into()).into()
}

/// `1,234` and `12,345,678.9`, but not `1,5` nor `1234,567`.
fn sets_off_threes(plain: &str) -> bool {
    let whole = plain.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().map_or(0, str::len);
    let mut further = groups.peekable();
    further.peek().is_some() && (1..=3).contains(&first) && further.all(|group| group.len() == 3)
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self { units: whole.into(), places: 0 }
    }
}

impl TryFrom<Number> for Decimal {
    type Error = DecimalError;

    fn try_from(number: Number) -> Result<Self, DecimalError> {
        if let Some(units) = number.as_i64() {
            let fits = units.unsigned_abs() <= Self::MOST_UNITS;
            return fits.then_some(Self { units, places: 0 }).ok_or(DecimalError::TooManyDigits);
        }
        let double = number.as_f64().filter(|_| number.is_f64()).ok_or(DecimalError::TooManyDigits)?;
        // No two such numbers are the same double, so the first that is this one is its shortest form.
        (0..=Self::MOST_PLACES)
            .find_map(|places| Self::of_double(double, u8::try_from(places).ok()?))
            .ok_or(DecimalError::TooManyDigits)
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        if decimal.is_whole() {
            return decimal.units.into();
        }
        // Never infinite.
        Self::from_f64(decimal.to_double()).unwrap_or_else(|| decimal.units.into())
    }
}

/// Digits and a point: as in JSON, not as in any language.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let places = usize::from(self.places);
        let digits = format!("{:0>1$}", self.units.unsigned_abs(), places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        write!(f, "{sign}{whole}")?;
        if places > 0 { write!(f, ".{fraction}") } else { Ok(()) }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.scaled().cmp(&other.scaled())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, sign: char, expected: Result<&str, DecimalError>) {
        let found = Decimal::read(typed, sign).map(|decimal| decimal.to_string());
        assert_eq!(found, expected.map(str::to_owned), "{typed} with {sign}");
    }

    #[test]
    fn a_number_is_read_as_people_type_it() {
        for sign in ['.', ','] {
            check(" 43 ", sign, Ok("43"));
            check("12,5", sign, Ok("12.5"));
            check("12.50", sign, Ok("12.5"));
            check("-0,25", sign, Ok("-0.25"));
            check("\u{2212}7", sign, Ok("-7"));
            check("+7", sign, Ok("7"));
            check(",5", sign, Ok("0.5"));
            check("5,", sign, Ok("5"));
            check("007", sign, Ok("7"));
            check("-0", sign, Ok("0"));
            check("12 345,6", sign, Ok("12345.6"));
            check("1\u{a0}234", sign, Ok("1234"));
            check("1,2345", sign, Ok("1.2345"));
        }
    }

    #[test]
    fn commas_that_set_off_threes_are_thousands_where_the_point_is_the_decimal_sign() {
        check("1,234", '.', Ok("1234"));
        check("12,345,678.9", '.', Ok("12345678.9"));
        check("1234,567", '.', Ok("1234.567"));
        check("1,234", ',', Ok("1.234"));
        check("1.234", ',', Ok("1.234"));
        check("1,234,5", '.', Err(DecimalError::NotANumber));
        check("1,234,567", ',', Err(DecimalError::NotANumber));
    }

    #[test]
    fn what_is_no_number_is_told_from_what_has_too_many_digits() {
        for typed in ["", " ", "-", ".", "forty", "4e2", "0x10", "1..2", "1,2.3", "٤٣", "½", "NaN", "--1"]
        {
            check(typed, ',', Err(DecimalError::NotANumber));
        }
        check("123456789012345", '.', Ok("123456789012345"));
        check("1234567890123456", '.', Err(DecimalError::TooManyDigits));
        check("0.0000000001", '.', Err(DecimalError::TooManyDigits));
        check("000000000000000000001.000000000000000000", '.', Ok("1"));
    }

    #[test]
    fn a_decimal_comes_back_from_json_as_it_went_in() {
        let mut drawn = 1_u64;
        for places in 0..=9_u8 {
            for _ in 0..2_000 {
                drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let digits = (drawn >> 11) % 1_000_000_000_000_000;
                let text = format!("{digits:0>16}");
                let (whole, fraction) = text.split_at(16 - usize::from(places));
                let decimal = Decimal::of_digits(drawn.is_multiple_of(2), whole, fraction).unwrap();
                let json = serde_json::to_string(&decimal).unwrap();
                assert_eq!(decimal.to_double(), decimal.to_string().parse::<f64>().unwrap(), "{decimal}");
                let again: Decimal = serde_json::from_str(&json).unwrap();
                assert_eq!(again, decimal, "{json}");
                assert_eq!(serde_json::to_string(&again).unwrap(), json);
            }
        }
        for (json, expected) in
            [("5.00", "5"), ("5e0", "5"), ("0.1", "0.1"), ("1e-7", "0.0000001"), ("-12", "-12")]
        {
            assert_eq!(serde_json::from_str::<Decimal>(json).unwrap().to_string(), expected, "{json}");
        }
        for json in ["1e300", "0.1234567890123456", "18446744073709551615", "\"5\"", "true"] {
            assert!(serde_json::from_str::<Decimal>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn decimals_are_in_the_order_of_their_values() {
        let read = |typed: &str| Decimal::read(typed, '.').unwrap();
        let sorted = ["-10.5", "-2", "0", "0.000000001", "1.5", "1.55", "2", "999999999999999"];
        assert!(sorted.windows(2).all(|pair| read(pair[0]) < read(pair[1])));
    }
}
