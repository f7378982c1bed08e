//! An attribute in a form: what is typed, and the value that it makes by its definition.

use kase_domain::{AttributeDefinition, AttributeKind, AttributeValue, Decimal};
use leptos::prelude::*;

use crate::components::draft::Line;

/// For the value of an option.
pub(crate) const YES: &str = "yes";
/// For the value of an option.
pub(crate) const NO: &str = "no";

/// An attribute as it is typed. The definition is that of when the form was opened, so that nothing jumps.
#[derive(Clone, Copy)]
pub(crate) struct DraftAttribute {
    /// What it is.
    pub(crate) definition: StoredValue<AttributeDefinition>,
    /// What was typed or chosen; empty for none.
    pub(crate) line: Line,
    base: StoredValue<Option<AttributeValue>>,
    decimal_sign: char,
}

impl DraftAttribute {
    /// One with the value that the customer has; `decimal_sign` is that of the language in force.
    pub(crate) fn of(
        definition: &AttributeDefinition,
        value: Option<&AttributeValue>,
        decimal_sign: char,
    ) -> Self {
        Self {
            definition: StoredValue::new(definition.clone()),
            line: Line::new(Some(&shown(value, decimal_sign))),
            base: StoredValue::new(value.cloned()),
            decimal_sign,
        }
    }

    /// Its key in the customer's attributes.
    pub(crate) fn key(self) -> String {
        self.definition.with_value(|definition| definition.key.clone())
    }

    /// What it makes. A value that nobody touched stays as it is, whatever its definition has become.
    pub(crate) fn value(self) -> Option<AttributeValue> {
        let typed = self.line.value.read();
        let base = self.base.get_value();
        if *typed == shown(base.as_ref(), self.decimal_sign) {
            return base;
        }
        self.definition.with_value(|definition| match (&definition.kind, typed.as_str()) {
            (AttributeKind::YesNo, YES) => Some(AttributeValue::YesNo(true)),
            (AttributeKind::YesNo, NO) => Some(AttributeValue::YesNo(false)),
            _ => definition.read(&typed, self.decimal_sign),
        })
    }
}

/// As it stands in a field: numbers without groups of thousands, or they would be in the way of typing.
fn shown(value: Option<&AttributeValue>, decimal_sign: char) -> String {
    match value {
        None => String::new(),
        Some(AttributeValue::YesNo(true)) => YES.to_owned(),
        Some(AttributeValue::YesNo(false)) => NO.to_owned(),
        Some(AttributeValue::Text(text)) => text.clone(),
        Some(AttributeValue::Number(number)) => match Decimal::try_from(number.clone()) {
            Ok(decimal) => decimal.to_string().replace('.', &decimal_sign.to_string()),
            Err(_) => number.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[track_caller]
    fn check(kind: Value, base: Value, shows: &str, typed: &[(&str, Value)]) {
        Owner::new().with(|| {
            let mut definition = json!({"key": "x", "label": {"en": "X"}});
            definition.as_object_mut().unwrap().extend(kind.as_object().unwrap().clone());
            let definition: AttributeDefinition = serde_json::from_value(definition).unwrap();
            let base: Option<AttributeValue> = serde_json::from_value(base).unwrap();
            let attribute = DraftAttribute::of(&definition, base.as_ref(), ',');
            assert_eq!(attribute.line.value.get(), shows);
            assert_eq!(attribute.value(), base, "nobody touched it");
            for (text, made) in typed {
                attribute.line.value.set((*text).to_owned());
                assert_eq!(serde_json::to_value(attribute.value()).unwrap(), *made, "{text}");
            }
        });
    }

    #[test]
    fn what_is_typed_makes_a_value_of_the_attributes_kind() {
        let decimal = json!({"type": "decimal"});
        check(
            decimal.clone(),
            json!(12.5),
            "12,5",
            &[("7,25", json!(7.25)), ("7.5", json!(7.5)), (" ", json!(null))],
        );
        check(decimal, json!(null), "", &[("about ten", json!("about ten"))]);
        check(json!({"type": "yes_no"}), json!(false), "no", &[("yes", json!(true)), ("", json!(null))]);
        check(json!({"type": "text"}), json!("Līga"), "Līga", &[("Zane", json!("Zane"))]);
    }

    #[test]
    fn a_value_that_no_longer_fits_stays_as_long_as_nobody_touches_it() {
        check(json!({"type": "yes_no"}), json!("perhaps"), "perhaps", &[("no", json!(false))]);
        check(json!({"type": "whole_number", "most": 40}), json!(47), "47", &[("38", json!(38))]);
        check(json!({"type": "text", "choices": [{"value": "a"}]}), json!("z"), "z", &[("a", json!("a"))]);
    }
}
