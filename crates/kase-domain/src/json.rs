//! JSON that names its own shape: a tag says how the rest is to be read.
//!
//! serde's tagged and flattened enums keep what they have not understood in a buffer of their own, and for each
//! type write out one reader of text and one of that buffer. Here the buffer is the text itself, so that a type
//! has one reader wherever it stands: for a browser that was more than half of all of them.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize as _, de};
use serde_json::value::RawValue;
use serde_json::{Result, Value};

/// Reads what `read` makes of a tag and of the text of the whole object.
pub fn tagged<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    tag: &'static str,
    read: fn(&str, &str) -> Result<T>,
) -> std::result::Result<T, D::Error> {
    let text = Box::<RawValue>::deserialize(deserializer)?;
    tag_of(text.get(), tag).and_then(|found| read(&found, text.get())).map_err(D::Error::custom)
}

/// Reads a value as if it were text.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T> {
    serde_json::from_str(&value.to_string())
}

/// The tag is none of those that this version knows.
pub fn unknown_tag<T>(found: &str, known: &'static [&'static str]) -> Result<T> {
    Err(Error::unknown_variant(found, known))
}

fn tag_of(text: &str, tag: &'static str) -> Result<String> {
    serde_json::Deserializer::from_str(text).deserialize_map(Tag(tag))
}

struct Tag(&'static str);

impl<'de> Visitor<'de> for Tag {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<String, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != self.0 {
                map.next_value::<IgnoredAny>()?;
            } else if found.replace(map.next_value()?).is_some() {
                return Err(de::Error::duplicate_field(self.0));
            }
        }
        found.ok_or_else(|| de::Error::missing_field(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: std::result::Result<&str, &str>) {
        let found = tag_of(text, "kind").map_err(|error| error.to_string());
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(found), Err(expected)) => assert!(found.starts_with(expected), "{found}"),
            (found, expected) => assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}"),
        }
    }

    #[test]
    fn a_tag_is_found_wherever_it_stands() {
        check(r#"{"kind":"a"}"#, Ok("a"));
        check(r#"{"other":{"kind":"b"},"more":[1],"k\u0069nd":"a"}"#, Ok("a"));
        check(r#"{"other":"kind"}"#, Err("missing field `kind`"));
        check(r#"{"kind":"a","kind":"a"}"#, Err("duplicate field `kind`"));
        check(r#"{"kind":1}"#, Err("invalid type"));
        check("[]", Err("invalid type"));
    }
}
