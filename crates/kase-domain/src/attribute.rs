//! Values of attributes. Their definitions are made at headquarters.

use serde::{Deserialize, Serialize};

use crate::text::{self, limits};
use crate::{Decimal, Problem};

/// Text, a number, or yes/no, as JSON has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
