//! The languages Kase speaks, and how a tag or a browser's list of wishes finds one.

use crate::{Catalogue, en::En, lv::Lv};

/// A language with a complete catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English, the fallback.
    #[default]
    En,
    /// Latvian.
    Lv,
}

/// Which way a script runs; the value of HTML's `dir`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As Latin and Cyrillic.
    LeftToRight,
    /// As Arabic and Hebrew.
    RightToLeft,
}

impl Locale {
    /// All of them, in the order in which a person is offered them.
    pub const ALL: &[Self] = &[Self::En, Self::Lv];

    /// The messages in this language.
    pub fn text(self) -> &'static dyn Catalogue {
        match self {
            Self::En => &En,
            Self::Lv => &Lv,
        }
    }

    /// The BCP 47 tag, for `lang` attributes, `Content-Language` and preferences.
    pub fn tag(self) -> &'static str {
        self.text().tag()
    }

    /// What the language calls itself.
    pub fn own_name(self) -> &'static str {
        self.text().own_name()
    }

    /// Which way it is written.
    pub fn direction(self) -> Direction {
        self.text().direction()
    }

    /// The locale of a BCP 47 tag, whatever its region, script and case: `lv`, `lv-LV`, `EN_us`.
    pub fn parse(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|locale| locale.tag().eq_ignore_ascii_case(language))
    }

    /// The most wanted language of an `Accept-Language` header (RFC 9110), or of `navigator.languages`
    /// joined by commas; English when none is known. Malformed parts are passed over.
    pub fn from_accept_language(header: &str) -> Self {
        let mut best: Option<(Self, u16)> = None;
        for wish in header.split(',') {
            let mut parts = wish.split(';');
            let Some(locale) = parts.next().and_then(Self::parse) else { continue };
            let quality =
                parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(Some(1000), thousandths);
            let Some(quality) = quality else { continue };
            if quality > 0 && best.is_none_or(|(_, wanted)| quality > wanted) {
                best = Some((locale, quality));
            }
        }
        best.map_or_else(Self::default, |(locale, _)| locale)
    }
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A weight of RFC 9110 (12.4.2), `0.85` as 850: at most three digits after the point, and nothing above 1.
/// The standard library's reading of floats weighs 10 kB in a browser.
fn thousandths(weight: &str) -> Option<u16> {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    if part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{part:0<3}").parse().ok()?;
    match (whole, part) {
        ("0", part) => Some(part),
        ("1", 0) => Some(1000),
        _ => None,
    }
}
