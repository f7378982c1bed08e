//! The check of a customer's attributes by their definitions, the same at every place: on the screen, at the register
//! before it records, in the channel, at headquarters.
//!
//! Only what is new is checked. A value that stood there before its definition changed stays, is shown, and keeps
//! nobody from correcting a phone number. An attribute without a definition is let pass within the limits of every
//! attribute and shown by its key: it comes from another program, or its definition was removed later.

use std::collections::BTreeMap;

use crate::{AttributeDefinition, AttributeValue, FieldChange, FieldError, Problem};

/// What is wrong with the attributes that `wanted` has and `seen` has not, each at `attributes.<key>`.
pub fn attribute_errors(
    definitions: &[AttributeDefinition],
    wanted: &BTreeMap<String, AttributeValue>,
    seen: &BTreeMap<String, AttributeValue>,
) -> Vec<FieldError> {
    let new = wanted.iter().filter(|(key, value)| seen.get(*key) != Some(*value));
    new.filter_map(|(key, value)| error(definitions, key, |definition| definition.check(value))).collect()
}

/// What is wrong with the attributes that an edit brings, each at `attributes.<key>`.
pub fn attribute_change_errors(
    definitions: &[AttributeDefinition],
    changes: &[FieldChange],
) -> Vec<FieldError> {
    let brought = changes.iter().filter(|change| !change.value.is_null());
    brought
        .filter_map(|change| {
            let key = change.field.strip_prefix("attributes/")?;
            error(definitions, key, |definition| {
                let value = serde_json::from_value::<AttributeValue>(change.value.clone());
                definition.check(&value.map_err(|_| Problem::Invalid)?)
            })
        })
        .collect()
}

fn error(
    definitions: &[AttributeDefinition],
    key: &str,
    check: impl FnOnce(&AttributeDefinition) -> Result<(), Problem>,
) -> Option<FieldError> {
    let definition = definitions.iter().find(|definition| definition.key == key)?;
    let problem = check(definition).err()?;
    Some(FieldError::new(format!("attributes.{key}"), problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn definitions() -> Vec<AttributeDefinition> {
        serde_json::from_value(json!([
            {"key": "shoe_size", "label": {"en": "Shoe size"}, "type": "whole_number", "least": 15, "most": 55},
            {"key": "category", "label": {"en": "Category"}, "type": "text", "choices": [{"value": "home"}]}
        ]))
        .unwrap()
    }

    fn attributes(json: Value) -> BTreeMap<String, AttributeValue> {
        serde_json::from_value(json).unwrap()
    }

    #[track_caller]
    fn check(seen: Value, wanted: Value, expected: &[&str]) {
        let errors = attribute_errors(&definitions(), &attributes(wanted.clone()), &attributes(seen.clone()));
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, expected, "{seen} -> {wanted}");
        let changes: Vec<FieldChange> = wanted
            .as_object()
            .unwrap()
            .iter()
            .filter(|(key, value)| seen.get(*key) != Some(*value))
            .map(|(key, value)| FieldChange {
                field: format!("attributes/{key}"),
                seen: seen.get(key).cloned().unwrap_or_default(),
                value: value.clone(),
            })
            .collect();
        let errors = attribute_change_errors(&definitions(), &changes);
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, expected, "as changes: {seen} -> {wanted}");
    }

    #[test]
    fn new_values_are_checked_by_their_definitions() {
        check(json!({}), json!({"shoe_size": 43, "category": "home"}), &[]);
        check(
            json!({}),
            json!({"shoe_size": 99, "category": "garden"}),
            &["attributes.category", "attributes.shoe_size"],
        );
        check(json!({"shoe_size": 43}), json!({"shoe_size": "big"}), &["attributes.shoe_size"]);
    }

    #[test]
    fn a_value_that_stood_there_before_is_left_alone() {
        check(json!({"shoe_size": 99}), json!({"shoe_size": 99, "category": "home"}), &[]);
    }

    #[test]
    fn an_attribute_without_a_definition_is_let_pass() {
        check(json!({}), json!({"legacy_code": "X-1", "retired": 7}), &[]);
    }

    #[test]
    fn a_change_that_is_no_value_at_all_is_refused_and_one_that_clears_is_not() {
        let change = |value| [FieldChange { field: "attributes/shoe_size".into(), seen: json!(43), value }];
        assert_eq!(
            attribute_change_errors(&definitions(), &change(json!({"eu": 43}))),
            [FieldError::new("attributes.shoe_size", Problem::Invalid)]
        );
        assert_eq!(attribute_change_errors(&definitions(), &change(Value::Null)), []);
    }
}
