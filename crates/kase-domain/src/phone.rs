//! Phone numbers: E.164 for comparing and calling, what was typed beside it.

use thiserror::Error;

use crate::Country;
use crate::calling_codes::{self, Numbering};
use crate::text::{self, TextError, limits};

/// A phone number that is possible in its country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    e164: String,
    typed: String,
}

/// Why a text is not a phone number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PhoneError {
    /// The text itself is not acceptable.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It holds something else than digits and separators.
    #[error("holds something else than digits")]
    NotDigits,
    /// Too few digits for its country.
    #[error("is too short")]
    TooShort,
    /// Too many digits for its country.
    #[error("is too long")]
    TooLong,
    /// No country has its calling code.
    #[error("begins with a calling code that no country has")]
    UnknownCallingCode,
}

impl Phone {
    /// Reads `typed`; a number without `+` or `00` is one of `country`.
    pub fn parse(typed: &str, country: &Country) -> Result<Self, PhoneError> {
        let typed = text::parse(typed, limits::PHONE)?;
        let (international, digits) = digits(&typed)?;
        let e164 =
            if international { international_number(&digits)? } else { national_number(&digits, country)? };
        Ok(Self { e164, typed })
    }

    /// A number already in E.164 beside what was typed for it. None when the typed text is another number: in the
    /// number's own country it must be this one.
    pub(crate) fn with_typed(e164: &str, typed: &str) -> Option<Self> {
        let typed = text::parse(typed, limits::PHONE).ok()?;
        let (international, digits) = digits(&typed).ok()?;
        let is_same = if international {
            international_number(&digits).is_ok_and(|number| number == e164)
        } else {
            let number = e164.strip_prefix('+')?;
            let numbering = calling_codes::of_number(number)?;
            let national = number.strip_prefix(numbering.code)?;
            let without = numbering.trunk.and_then(|trunk| digits.strip_prefix(trunk));
            digits == national || without == Some(national)
        };
        is_same.then(|| Self { e164: e164.to_owned(), typed })
    }

    /// `+` and digits, e.g. `+37121111111`.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// The calling code, without `+`: `371`.
    pub fn calling_code(&self) -> &'static str {
        self.numbering().map_or("", |numbering| numbering.code)
    }

    /// What is dialled before the national number within its country only, where anything is: `0`.
    pub fn trunk_prefix(&self) -> Option<&'static str> {
        self.numbering().and_then(|numbering| numbering.trunk)
    }

    fn numbering(&self) -> Option<&'static Numbering> {
        calling_codes::of_number(self.e164.trim_start_matches('+'))
    }

    /// What was typed, trimmed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// For reading: the typed form when it is international, else calling code and groups of four.
    pub fn display(&self) -> String {
        if self.typed.starts_with('+') && self.typed.contains(' ') {
            return self.typed.clone();
        }
        let digits = &self.e164[1..];
        let code = calling_codes::of_number(digits).map_or(0, |numbering| numbering.code.len());
        let national: Vec<char> = digits[code..].chars().collect();
        let groups: Vec<String> = national.chunks(4).map(|group| group.iter().collect()).collect();
        format!("+{} {}", &digits[..code], groups.join(" "))
    }
}

/// The digits of `typed` in ASCII, and whether they begin with a calling code.
fn digits(typed: &str) -> Result<(bool, String), PhoneError> {
    let mut international = false;
    let mut digits = String::with_capacity(typed.len());
    for (at, c) in typed.chars().enumerate() {
        match c {
            '+' | '\u{FF0B}' if at == 0 => international = true,
            _ if c.is_whitespace()
                || "-()[]./\u{2010}\u{2011}\u{2012}\u{2013}\u{00A0}\u{200E}\u{200F}".contains(c) => {}
            _ => digits.push(ascii_digit(c).ok_or(PhoneError::NotDigits)?),
        }
    }
    if !international && digits.starts_with("00") {
        international = true;
        digits.drain(..2);
    }
    Ok((international, digits))
}

fn ascii_digit(c: char) -> Option<char> {
    let offset = match c {
        '0'..='9' => return Some(c),
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        '\u{FF10}'..='\u{FF19}' => u32::from(c) - 0xFF10,
        _ => return None,
    };
    char::from_digit(offset, 10)
}

fn international_number(digits: &str) -> Result<String, PhoneError> {
    if digits.len() < 4 {
        return Err(PhoneError::TooShort);
    }
    let numbering = calling_codes::of_number(digits).ok_or(PhoneError::UnknownCallingCode)?;
    let national = &digits[numbering.code.len()..];
    // People write +49 (0)30 …: the zero is only dialled within the country. Other prefixes may begin a number.
    let national =
        if numbering.trunk == Some("0") { national.strip_prefix('0').unwrap_or(national) } else { national };
    check_length(national, numbering)
}

fn national_number(digits: &str, country: &Country) -> Result<String, PhoneError> {
    let numbering = calling_codes::of_country(country.as_str()).ok_or(PhoneError::UnknownCallingCode)?;
    let without = numbering.trunk.and_then(|trunk| digits.strip_prefix(trunk));
    // Where numbers may begin as the prefix does (Russia's 812 …), only a number long enough has the prefix.
    let national = without.filter(|rest| rest.len() >= numbering.min).unwrap_or(digits);
    check_length(national, numbering)
}

fn check_length(national: &str, numbering: &Numbering) -> Result<String, PhoneError> {
    if national.len() < numbering.min {
        return Err(PhoneError::TooShort);
    }
    if national.len() > numbering.max {
        return Err(PhoneError::TooLong);
    }
    Ok(format!("+{}{national}", numbering.code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, country: &str, expected: Result<&str, PhoneError>) {
        let phone = Phone::parse(typed, &Country::parse(country).unwrap());
        assert_eq!(
            phone.map(|phone| phone.e164),
            expected.as_ref().map(|number| (*number).to_owned()).map_err(Clone::clone),
            "{typed} in {country}"
        );
        if let Ok(number) = expected {
            assert!(Phone::with_typed(number, typed).is_some(), "{typed} stands beside {number}");
        }
    }

    #[test]
    fn what_was_typed_for_another_number_is_not_kept() {
        for (number, typed) in [
            ("+37126550000", "2555 0000"),
            ("+37125550000", "+372 2555 0000"),
            ("+37125550000", "5550000"),
            ("+4930901821", "030 901820"),
        ] {
            assert_eq!(Phone::with_typed(number, typed), None, "{typed} beside {number}");
        }
    }

    #[test]
    fn a_phone_is_read_in_its_country() {
        check("2111 1111", "LV", Ok("+37121111111"));
        check("+371 2111-1111", "EE", Ok("+37121111111"));
        check("00371 21111111", "EE", Ok("+37121111111"));
        check("5123 4567", "EE", Ok("+37251234567"));
        check("030 901820", "DE", Ok("+4930901820"));
        check("+49 (0)30 901820", "LV", Ok("+4930901820"));
        check("06 6982", "IT", Ok("+39066982"));
        check("(212) 555-0100", "US", Ok("+12125550100"));
        check("8 812 123 45 67", "RU", Ok("+78121234567"));
        check("812 123 45 67", "RU", Ok("+78121234567"));
        check("+7 812 123 45 67", "LV", Ok("+78121234567"));
        check("٢١١١١١١١", "LV", Ok("+37121111111"));
    }

    #[test]
    fn an_impossible_phone_says_what_is_wrong() {
        check("12", "LV", Err(PhoneError::TooShort));
        check("+371 123", "LV", Err(PhoneError::TooShort));
        check("2111 1111 1", "LV", Err(PhoneError::TooLong));
        check("+999 2111 1111", "LV", Err(PhoneError::UnknownCallingCode));
        check("call me", "LV", Err(PhoneError::NotDigits));
        check("21+11 1111", "LV", Err(PhoneError::NotDigits));
        check("<script>", "LV", Err(PhoneError::NotDigits));
        check("+", "LV", Err(PhoneError::TooShort));
        check("", "LV", Err(PhoneError::Text(TextError::Empty)));
        check(&"1".repeat(33), "LV", Err(PhoneError::Text(TextError::TooLong { limit: 32 })));
    }

    #[test]
    fn a_phone_knows_its_calling_code_and_what_is_dialled_before_it_at_home() {
        let phone = |typed| Phone::parse(typed, &Country::parse("LV").unwrap()).unwrap();
        assert_eq!(phone("2111 1111").calling_code(), "371");
        assert_eq!(phone("2111 1111").trunk_prefix(), None);
        assert_eq!(phone("+49 30 901820").calling_code(), "49");
        assert_eq!(phone("+49 30 901820").trunk_prefix(), Some("0"));
    }

    #[test]
    fn a_phone_keeps_what_was_typed_and_reads_well() {
        let phone = Phone::parse(" 2111-1111 ", &Country::parse("LV").unwrap()).unwrap();
        assert_eq!(phone.typed(), "2111-1111");
        assert_eq!(phone.display(), "+371 2111 1111");
    }
}
