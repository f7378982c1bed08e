//! What was typed into the search box and not found, as the field of a new customer that it looks like.

use kase_domain::{Country, Phone};
use kase_search::Shortcuts;

/// What it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Carried {
    /// Nothing to carry: nothing was typed, or a number that belongs into no field of the form.
    Nothing,
    /// A phone number.
    Phone(String),
    /// An email address.
    Email(String),
    /// A name, whole and in its parts.
    Name {
        /// As it was typed.
        whole: String,
        /// All but the last word.
        first: String,
        /// The last word, where there are several.
        last: Option<String>,
    },
}

impl Carried {
    /// Reads what was typed. Without a country, a number is a phone number when it has a phone's characters.
    pub(crate) fn of(typed: &str, country: Option<&Country>, shortcuts: &Shortcuts<'_>) -> Self {
        let (shortcut, text) = match typed.split_once(':') {
            Some((before, after)) => (Some(before.trim()), after.trim()),
            None => (None, typed.trim()),
        };
        let is = |name: &str| shortcut.is_some_and(|shortcut| shortcut.eq_ignore_ascii_case(name));
        if is(shortcuts.card) || is(shortcuts.account) || is(shortcuts.address) {
            return Self::Nothing;
        }
        let known = [shortcuts.name, shortcuts.phone, shortcuts.email].into_iter().any(is);
        let text = if known { text } else { typed.trim() };
        if text.is_empty() {
            Self::Nothing
        } else if text.contains('@') {
            Self::Email(text.to_owned())
        } else if is(shortcuts.phone) || is_phone(text, country) {
            Self::Phone(text.to_owned())
        } else {
            Self::name(text)
        }
    }

    fn name(text: &str) -> Self {
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match whole.rsplit_once(' ') {
            Some((first, last)) => Self::Name { first: first.to_owned(), last: Some(last.to_owned()), whole },
            None => Self::Name { first: whole.clone(), last: None, whole },
        }
    }
}

fn is_phone(text: &str, country: Option<&Country>) -> bool {
    let possible = country.is_some_and(|country| Phone::parse(text, country).is_ok());
    // An impossible number still belongs into the phone field, which says what is wrong with it.
    possible
        || !text.chars().any(char::is_alphabetic) && text.chars().filter(char::is_ascii_digit).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[track_caller]
    fn check(typed: &str, expected: Carried) {
        let country = Country::parse("LV").unwrap();
        assert_eq!(Carried::of(typed, Some(&country), &Shortcuts::ENGLISH), expected, "{typed}");
    }

    fn name(first: &str, last: Option<&str>, whole: &str) -> Carried {
        Carried::Name { whole: whole.into(), first: first.into(), last: last.map(Into::into) }
    }

    #[test]
    fn what_was_typed_goes_where_it_looks_like_it_belongs() {
        check("  ", Carried::Nothing);
        check("2111 1111", Carried::Phone("2111 1111".into()));
        check("+371 2111", Carried::Phone("+371 2111".into()));
        check("anna@inbox.lv", Carried::Email("anna@inbox.lv".into()));
        check("Jānis", name("Jānis", None, "Jānis"));
        check(" Anna  Marija Bērziņa ", name("Anna Marija", Some("Bērziņa"), "Anna Marija Bērziņa"));
        check("Мария Преображенская", name("Мария", Some("Преображенская"), "Мария Преображенская"));
        check("<b>x</b>", name("<b>x</b>", None, "<b>x</b>"));
    }

    #[test]
    fn a_shortcut_is_not_carried_along() {
        check("name: Anna", name("Anna", None, "Anna"));
        check("phone:2111", Carried::Phone("2111".into()));
        check("card:9000", Carried::Nothing);
        check("Ozols: SIA", name("Ozols:", Some("SIA"), "Ozols: SIA"));
    }
}
