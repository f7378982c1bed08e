//! Definitions of attributes: what headquarters says a customer's attribute is, and every place checks.

use serde::{Deserialize, Serialize};

use crate::text::{self, limits};
use crate::{AttributeValue, Decimal, DecimalError, FieldError, Problem, Translated};

/// A checked definition. It serializes as an [`AttributeDefinitionRecord`] and deserializes through its parser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "AttributeDefinitionRecord", into = "AttributeDefinitionRecord")]
pub struct AttributeDefinition {
    /// Names the attribute for ever, in a customer's `attributes`: small Latin letters, digits and `_`.
    pub key: String,
    /// What people read; said in one language at least.
    pub label: Translated,
    /// What helps to fill it in.
    pub help: Translated,
    /// What a value is measured in, e.g. `EU` or `%`.
    pub unit: Translated,
    /// The heading under which it stands; attributes with the same one stand together.
    pub group: Translated,
    /// What a value may be.
    pub kind: AttributeKind,
    /// What a form for a new customer begins with.
    pub default: Option<AttributeValue>,
    /// Its place among the others.
    pub position: u32,
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeKind {
    /// Any text, or one of these.
    Text {
        /// Empty for any text.
        choices: Vec<AttributeChoice>,
    },
    /// A whole number.
    WholeNumber(NumberRange),
    /// A number with decimal places.
    Decimal(NumberRange),
    /// Yes or no.
    YesNo,
}

/// From where to where, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct NumberRange {
    pub least: Option<Decimal>,
    pub most: Option<Decimal>,
}

/// One value of a fixed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeChoice {
    /// What a customer's record holds.
    pub value: String,
    /// What people read; the value itself where nothing is said.
    #[serde(default, skip_serializing_if = "Translated::is_empty")]
    pub label: Translated,
}

/// A definition as it is typed, sent and stored: the JSON shape of the API, nothing checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct AttributeDefinitionRecord {
    pub key: String,
    pub label: Translated,
    #[serde(default, skip_serializing_if = "Translated::is_empty")]
    pub help: Translated,
    #[serde(rename = "type")]
    pub type_: AttributeType,
    #[serde(default, skip_serializing_if = "Translated::is_empty")]
    pub unit: Translated,
    /// Text alone: the fixed list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<AttributeChoice>,
    /// Numbers alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Decimal>,
    /// Numbers alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<Decimal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<AttributeValue>,
    #[serde(default, skip_serializing_if = "Translated::is_empty")]
    pub group: Translated,
    #[serde(default)]
    pub position: u32,
}

/// The kind alone, as JSON names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AttributeType {
    Text,
    WholeNumber,
    Decimal,
    YesNo,
}

impl AttributeDefinition {
    /// Checks every field and names each that is wrong.
    pub fn parse(typed: &AttributeDefinitionRecord) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let is_key = |key: &str| {
            key.len() <= limits::ATTRIBUTE_KEY
                && key.starts_with(|first: char| first.is_ascii_lowercase())
                && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        };
        if !is_key(&typed.key) {
            errors.push(FieldError::new("key", Problem::Invalid));
        }
        let label = typed.label.parse("label", limits::SHORT_TEXT, &mut errors);
        if label.is_empty() && errors.iter().all(|error| !error.field.starts_with("label")) {
            errors.push(FieldError::new("label", Problem::Required));
        }
        let mut definition = Self {
            key: typed.key.clone(),
            label,
            help: typed.help.parse("help", limits::ATTRIBUTE_TEXT, &mut errors),
            unit: typed.unit.parse("unit", limits::ATTRIBUTE_UNIT, &mut errors),
            group: typed.group.parse("group", limits::SHORT_TEXT, &mut errors),
            kind: kind(typed, &mut errors),
            default: None,
            position: typed.position,
        };
        match typed.default.as_ref().map(|default| definition.check(default).and_then(|()| default.parse())) {
            None | Some(Err(Problem::Required)) => {}
            Some(Ok(default)) => definition.default = Some(default),
            Some(Err(problem)) => errors.push(FieldError::new("default", problem)),
        }
        if errors.is_empty() { Ok(definition) } else { Err(errors) }
    }

    /// Checks a value. One in which nothing stands is none, and no mistake.
    pub fn check(&self, value: &AttributeValue) -> Result<(), Problem> {
        let value = match value.parse() {
            Err(Problem::Required) => return Ok(()),
            other => other?,
        };
        match (&self.kind, value) {
            (AttributeKind::Text { choices }, AttributeValue::Text(text)) => {
                let known = choices.is_empty() || choices.iter().any(|choice| choice.value == text);
                if known { Ok(()) } else { Err(Problem::UnknownValue) }
            }
            (AttributeKind::WholeNumber(range), value) => match decimal(&value)? {
                Some(number) if number.is_whole() => range.check(number),
                _ => Err(Problem::NotAWholeNumber),
            },
            (AttributeKind::Decimal(range), value) => match decimal(&value)? {
                Some(number) => range.check(number),
                None => Err(Problem::NotANumber),
            },
            (AttributeKind::YesNo, AttributeValue::YesNo(_)) => Ok(()),
            (AttributeKind::Text { .. } | AttributeKind::YesNo, _) => Err(Problem::Invalid),
        }
    }

    /// What a person typed, with the decimal sign of the person's language; none where nothing was typed. What
    /// cannot be read stays text, so that nothing typed is lost; [`Self::check`] says what is wrong with it.
    pub fn read(&self, typed: &str, decimal_sign: char) -> Option<AttributeValue> {
        if typed.trim().is_empty() {
            return None;
        }
        let text = || AttributeValue::Text(typed.to_owned());
        Some(match self.kind {
            AttributeKind::Text { .. } | AttributeKind::YesNo => text(),
            AttributeKind::WholeNumber(_) | AttributeKind::Decimal(_) => {
                Decimal::read(typed, decimal_sign).map_or_else(|_| text(), AttributeValue::from)
            }
        })
    }
}

impl NumberRange {
    fn check(self, number: Decimal) -> Result<(), Problem> {
        let inside =
            self.least.is_none_or(|least| least <= number) && self.most.is_none_or(|most| number <= most);
        if inside { Ok(()) } else { Err(Problem::OutOfRange(Box::new(self))) }
    }
}

/// The number that a value is; none when it is something else.
fn decimal(value: &AttributeValue) -> Result<Option<Decimal>, Problem> {
    let read = match value {
        AttributeValue::Number(number) => Decimal::try_from(number.clone()),
        // Typed and not readable; only whether it is too long is of interest. The sign does not matter for that.
        AttributeValue::Text(typed) => match Decimal::read(typed, ',') {
            Err(DecimalError::TooManyDigits) => Err(DecimalError::TooManyDigits),
            _ => return Ok(None),
        },
        AttributeValue::YesNo(_) => return Ok(None),
    };
    read.map(Some).map_err(Problem::from)
}

fn kind(typed: &AttributeDefinitionRecord, errors: &mut Vec<FieldError>) -> AttributeKind {
    let numeric = matches!(typed.type_, AttributeType::WholeNumber | AttributeType::Decimal);
    if typed.type_ != AttributeType::Text && !typed.choices.is_empty() {
        errors.push(FieldError::new("choices", Problem::Invalid));
    }
    for (field, bound) in [("least", typed.least), ("most", typed.most)] {
        let Some(bound) = bound else { continue };
        if !numeric {
            errors.push(FieldError::new(field, Problem::Invalid));
        } else if typed.type_ == AttributeType::WholeNumber && !bound.is_whole() {
            errors.push(FieldError::new(field, Problem::NotAWholeNumber));
        }
    }
    let range = NumberRange { least: typed.least, most: typed.most };
    if numeric && range.least.zip(range.most).is_some_and(|(least, most)| least > most) {
        errors.push(FieldError::new(
            "most",
            Problem::OutOfRange(Box::new(NumberRange { most: None, ..range })),
        ));
    }
    match typed.type_ {
        AttributeType::Text => AttributeKind::Text { choices: choices(&typed.choices, errors) },
        AttributeType::WholeNumber => AttributeKind::WholeNumber(range),
        AttributeType::Decimal => AttributeKind::Decimal(range),
        AttributeType::YesNo => AttributeKind::YesNo,
    }
}

fn choices(typed: &[AttributeChoice], errors: &mut Vec<FieldError>) -> Vec<AttributeChoice> {
    if typed.len() > limits::LIST {
        errors.push(FieldError::new("choices", Problem::TooMany { limit: limits::LIST }));
    }
    let mut choices: Vec<AttributeChoice> = Vec::new();
    for (at, choice) in typed.iter().enumerate().take(limits::LIST) {
        let field = format!("choices[{at}].value");
        match text::parse(&choice.value, limits::ATTRIBUTE_TEXT) {
            Ok(value) if choices.iter().any(|other| other.value == value) => {
                errors.push(FieldError::new(field, Problem::RepeatedId));
            }
            Ok(value) => {
                let label = choice.label.parse(&format!("choices[{at}].label"), limits::SHORT_TEXT, errors);
                choices.push(AttributeChoice { value, label });
            }
            Err(error) => errors.push(FieldError::new(field, error)),
        }
    }
    choices
}

impl From<AttributeDefinition> for AttributeDefinitionRecord {
    fn from(definition: AttributeDefinition) -> Self {
        let (type_, choices, range) = match definition.kind {
            AttributeKind::Text { choices } => (AttributeType::Text, choices, NumberRange::default()),
            AttributeKind::WholeNumber(range) => (AttributeType::WholeNumber, Vec::new(), range),
            AttributeKind::Decimal(range) => (AttributeType::Decimal, Vec::new(), range),
            AttributeKind::YesNo => (AttributeType::YesNo, Vec::new(), NumberRange::default()),
        };
        Self {
            key: definition.key,
            label: definition.label,
            help: definition.help,
            type_,
            unit: definition.unit,
            choices,
            least: range.least,
            most: range.most,
            default: definition.default,
            group: definition.group,
            position: definition.position,
        }
    }
}

impl TryFrom<AttributeDefinitionRecord> for AttributeDefinition {
    type Error = String;

    fn try_from(record: AttributeDefinitionRecord) -> Result<Self, String> {
        Self::parse(&record).map_err(|errors| {
            let named = errors.first().map(|error| format!("{}: {:?}", error.field, error.problem));
            named.unwrap_or_default()
        })
    }
}

#[cfg(test)]
mod tests;
