//! Values of attributes. Their definitions are made at headquarters.

use serde::{Deserialize, Serialize};

use crate::Problem;
use crate::text::{self, limits};

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
    pub(crate) fn parse(&self) -> Result<Self, Problem> {
        match self {
            Self::Text(typed) => Ok(Self::Text(text::parse(typed, limits::ATTRIBUTE_TEXT)?)),
            other => Ok(other.clone()),
        }
    }
}
