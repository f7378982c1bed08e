//! A text in several languages, made at headquarters and read everywhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::text;
use crate::{FieldError, Language, Problem};

/// A text by BCP 47 tag; empty where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Translated(pub BTreeMap<String, String>);

/// Whoever knows no language of a chain still reads this one more often than another.
const FALLBACK: &str = "en";

impl Translated {
    /// The text in the language of `tag`; without one in its language whatever the region, then in English, then in
    /// whichever there is.
    pub fn in_language(&self, tag: &str) -> Option<&str> {
        let language = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let find = |wanted: &dyn Fn(&str) -> bool| self.0.iter().find(|(tag, _)| wanted(tag));
        find(&|known| known.eq_ignore_ascii_case(tag))
            .or_else(|| find(&|known| language(known) == language(tag)))
            .or_else(|| find(&|known| language(known) == FALLBACK))
            .or_else(|| self.0.iter().next())
            .map(|(_, text)| text.as_str())
    }

    /// Whether nothing is said in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Trims and checks every text, within `limit`; blank ones are left out. `field` begins the paths of errors.
    pub(crate) fn parse(&self, field: &str, limit: usize, errors: &mut Vec<FieldError>) -> Self {
        let mut parsed = BTreeMap::new();
        for (tag, typed) in &self.0 {
            let problem = match (Language::parse(tag), text::parse(typed, limit).map_err(Problem::from)) {
                (Err(_), _) => Problem::Invalid,
                (Ok(_), Err(Problem::Required)) => continue,
                (Ok(_), Err(problem)) => problem,
                (Ok(_), Ok(text)) => {
                    parsed.insert(tag.clone(), text);
                    continue;
                }
            };
            errors.push(FieldError::new(format!("{field}.{tag}"), problem));
        }
        Self(parsed)
    }
}

impl<const COUNT: usize> From<[(&str, &str); COUNT]> for Translated {
    fn from(texts: [(&str, &str); COUNT]) -> Self {
        Self(texts.into_iter().map(|(tag, text)| (tag.to_owned(), text.to_owned())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_in_the_language_then_in_english_then_in_any() {
        let size = Translated::from([("en", "Size"), ("lv", "Izmērs"), ("pt-BR", "Tamanho")]);
        for (tag, expected) in [
            ("lv", "Izmērs"),
            ("LV", "Izmērs"),
            ("lv-LV", "Izmērs"),
            ("pt", "Tamanho"),
            ("et", "Size"),
            ("", "Size"),
        ] {
            assert_eq!(size.in_language(tag), Some(expected), "{tag}");
        }
        assert_eq!(Translated::from([("lv", "Izmērs")]).in_language("et"), Some("Izmērs"));
        assert_eq!(Translated::default().in_language("lv"), None);
    }

    #[test]
    fn every_text_is_checked_and_blank_ones_are_left_out() {
        let mut errors = Vec::new();
        let typed = Translated::from([
            ("en", " Size "),
            ("lv", " "),
            ("latviešu", "x"),
            ("et", "123456"),
            ("ru", "\u{202E}"),
        ]);
        assert_eq!(typed.parse("label", 5, &mut errors), Translated::from([("en", "Size")]));
        let found: Vec<(&str, Problem)> =
            errors.iter().map(|error| (error.field.as_str(), error.problem.clone())).collect();
        assert_eq!(
            found,
            [
                ("label.et", Problem::TooLong { limit: 5 }),
                ("label.latviešu", Problem::Invalid),
                ("label.ru", Problem::ControlCharacter),
            ]
        );
    }
}
