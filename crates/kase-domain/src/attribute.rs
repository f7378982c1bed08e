//! Values of attributes. Their definitions are made at headquarters.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;

use crate::text::{self, limits};
use crate::{Decimal, Problem};

/// Text, a number, or yes/no, as JSON has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AttributeValue {
    /// Yes or no.
    YesNo(bool),
    /// A whole number or a decimal.
    Number(serde_json::Number),
    /// Text, at most 250 characters.
    Text(String),
}

impl AttributeValue {
    /// Trimmed text, and numbers in their shortest form, so that 5 and 5.00 are one value to every place. A number
    /// with more digits than that can be done for stays as it came: records from before definitions may have one.
    pub(crate) fn parse(&self) -> Result<Self, Problem> {
        match self {
            Self::Text(typed) => Ok(Self::Text(text::parse(typed, limits::ATTRIBUTE_TEXT)?)),
            Self::Number(number) => {
                Ok(Decimal::try_from(number.clone()).map_or_else(|_| self.clone(), Self::from))
            }
            Self::YesNo(_) => Ok(self.clone()),
        }
    }
}

impl From<Decimal> for AttributeValue {
    fn from(decimal: Decimal) -> Self {
        Self::Number(decimal.into())
    }
}

/// Why by hand: see [`crate::json`].
impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyOfThem)
    }
}

struct AnyOfThem;

impl Visitor<'_> for AnyOfThem {
    type Value = AttributeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, a number, or yes or no")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<AttributeValue, E> {
        Ok(AttributeValue::YesNo(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<AttributeValue, E> {
        Number::from_f64(value).map(AttributeValue::Number).ok_or_else(|| E::custom("not a JSON number"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<AttributeValue, E> {
        Ok(AttributeValue::Text(value.to_owned()))
    }
}
