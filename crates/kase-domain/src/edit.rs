//! Edits: changes of single fields, each with the value that the editor saw, and how two edits merge.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::{Country, Customer, CustomerRecord, FieldError, json};

/// One changed field. `field` is a key of the customer's JSON, `addresses/<id>` for one address, or
/// `attributes/<key>` for one attribute; `null` means absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Which field.
    pub field: String,
    /// What the editor saw there.
    pub seen: Value,
    /// What the editor put there.
    pub value: Value,
}

/// A field that was meanwhile changed to something else: kept for review, with both values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Which field, with what the editor saw and wanted.
    pub change: FieldChange,
    /// What stands there now, and stays.
    pub current: Value,
}

/// What a merge made of an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    /// The customer afterwards.
    pub customer: Customer,
    /// The changes that took effect, with the value that stood there before.
    pub applied: Vec<FieldChange>,
    /// The changes held for review.
    pub conflicts: Vec<Conflict>,
}

/// Why an edit cannot be applied at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EditError {
    /// The customer would not be valid afterwards.
    #[error("the customer would not be valid")]
    Invalid(Vec<FieldError>),
    /// A change names no field that can be edited.
    #[error("no field {field} can be edited")]
    UnknownField {
        /// The name that was given.
        field: String,
    },
}

/// Fields that are edited part by part, never as a whole.
const TAKEN_APART: [&str; 2] = ["addresses", "attributes"];

/// The changes that lead from `seen` to `wanted`.
pub fn changes_between(seen: &CustomerRecord, wanted: &CustomerRecord) -> Vec<FieldChange> {
    let (seen, wanted) = (fields(seen), fields(wanted));
    let mut keys: Vec<&String> = seen.keys().chain(wanted.keys()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter()
        .map(|key| FieldChange { field: key.clone(), seen: at(&seen, key), value: at(&wanted, key) })
        .filter(|change| change.seen != change.value)
        .collect()
}

/// Applies `changes` as they are, whatever was seen.
pub fn apply_changes(
    customer: &Customer,
    changes: &[FieldChange],
    country: &Country,
) -> Result<Customer, EditError> {
    let mut fields = fields(&customer.to_record());
    for change in changes {
        put(&mut fields, change)?;
    }
    parse(fields, country)
}

/// Merges an edit by field: a field takes effect when what stands there is what the editor saw, or already what
/// the editor wanted; an opt-out always wins; anything else is held for review.
pub fn merge_changes(
    current: &Customer,
    changes: &[FieldChange],
    country: &Country,
) -> Result<Merge, EditError> {
    let mut fields = fields(&current.to_record());
    let mut applied = Vec::new();
    let mut conflicts = Vec::new();
    for change in changes {
        let stands = at(&fields, &change.field);
        if stands == change.value {
            continue;
        }
        if change.field == "privacy_opt_outs" {
            let value = with_every_opt_out(&stands, change);
            let merged = FieldChange { field: change.field.clone(), seen: stands, value };
            put(&mut fields, &merged)?;
            applied.push(merged);
        } else if stands == change.seen {
            put(&mut fields, change)?;
            applied.push(change.clone());
        } else {
            conflicts.push(Conflict { change: change.clone(), current: stands });
        }
    }
    Ok(Merge { customer: parse(fields, country)?, applied, conflicts })
}

/// The opt-outs that stand there and those newly made; only those the editor saw and took back go, and only
/// when nobody else touched the list.
fn with_every_opt_out(stands: &Value, change: &FieldChange) -> Value {
    if *stands == change.seen {
        return change.value.clone();
    }
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut all = list(stands);
    for opt_out in list(&change.value) {
        if !all.contains(&opt_out) {
            all.push(opt_out);
        }
    }
    Value::Array(all)
}

/// The customer's JSON, with addresses and attributes taken apart into one field each.
fn fields(record: &CustomerRecord) -> Map<String, Value> {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(record) else {
        return Map::new();
    };
    if let Some(Value::Array(addresses)) = fields.remove("addresses") {
        for address in addresses {
            if let Some(id) = address.get("id").and_then(Value::as_str) {
                fields.insert(format!("addresses/{id}"), address);
            }
        }
    }
    if let Some(Value::Object(attributes)) = fields.remove("attributes") {
        for (key, value) in attributes {
            fields.insert(format!("attributes/{key}"), value);
        }
    }
    fields
}

fn at(fields: &Map<String, Value>, field: &str) -> Value {
    fields.get(field).cloned().unwrap_or(Value::Null)
}

fn put(fields: &mut Map<String, Value>, change: &FieldChange) -> Result<(), EditError> {
    let unknown = || EditError::UnknownField { field: change.field.clone() };
    if change.field == "id" || TAKEN_APART.contains(&change.field.as_str()) {
        return Err(unknown());
    }
    if let Some(id) = change.field.strip_prefix("addresses/") {
        let names_itself =
            change.value.is_null() || change.value.get("id").and_then(Value::as_str) == Some(id);
        if !names_itself {
            return Err(unknown());
        }
    }
    if change.value.is_null() {
        fields.remove(&change.field);
    } else {
        fields.insert(change.field.clone(), change.value.clone());
    }
    Ok(())
}

fn parse(fields: Map<String, Value>, country: &Country) -> Result<Customer, EditError> {
    let mut record = Map::new();
    let mut addresses = Vec::new();
    let mut attributes = Map::new();
    for (field, value) in fields {
        if field.starts_with("addresses/") {
            addresses.push(value);
        } else if let Some(key) = field.strip_prefix("attributes/") {
            attributes.insert(key.to_owned(), value);
        } else {
            record.insert(field, value);
        }
    }
    record.insert("addresses".to_owned(), Value::Array(addresses));
    record.insert("attributes".to_owned(), Value::Object(attributes));
    let record: CustomerRecord = json::from_value(&Value::Object(record)).map_err(|error| {
        let invalid = FieldError::new(error.to_string(), crate::Problem::Invalid);
        EditError::Invalid(vec![invalid])
    })?;
    Customer::parse(&record, country).map_err(EditError::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn latvia() -> Country {
        Country::parse("LV").unwrap()
    }

    fn customer(json: Value) -> Customer {
        Customer::parse(&serde_json::from_value(json).unwrap(), &latvia()).unwrap()
    }

    fn change(field: &str, seen: Value, value: Value) -> FieldChange {
        FieldChange { field: field.into(), seen, value }
    }

    const HOME: &str = "018f0000-0000-7000-8000-000000000001";

    #[test]
    fn changes_lead_from_one_record_to_the_other() {
        let before = customer(
            json!({"first_name":"Anna","phone":"21111111","attributes":{"size":"M"},"addresses":[{"id":HOME,"city":"Rīga"}]}),
        );
        let mut wanted = before.to_record();
        wanted.first_name = Some("Anete".into());
        wanted.email = Some("anete@inbox.lv".into());
        wanted.attributes.clear();
        wanted.addresses[0].city = Some("Cēsis".into());
        let changes = changes_between(&before.to_record(), &wanted);
        let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!(fields, [format!("addresses/{HOME}").as_str(), "attributes/size", "email", "first_name"]);
        let after = apply_changes(&before, &changes, &latvia()).unwrap();
        assert_eq!(after, Customer::parse(&wanted, &latvia()).unwrap());
    }

    #[test]
    fn two_edits_merge_by_field_and_a_contested_field_is_held() {
        let now = customer(json!({"first_name":"Anna","last_name":"Ozola","email":"new@inbox.lv"}));
        let merge = merge_changes(
            &now,
            &[
                change("email", json!("old@inbox.lv"), json!("mine@inbox.lv")),
                change("last_name", json!("Ozola"), json!("Bērziņa")),
                change("first_name", json!("Ana"), json!("Anna")),
            ],
            &latvia(),
        )
        .unwrap();
        assert_eq!(merge.customer.display_name(), "Anna Bērziņa");
        assert_eq!(merge.applied.len(), 1);
        assert_eq!(merge.conflicts.len(), 1);
        assert_eq!(merge.conflicts[0].current, json!("new@inbox.lv"));
    }

    #[test]
    fn an_opt_out_always_wins() {
        let now = customer(json!({"first_name":"Anna","privacy_opt_outs":["email"]}));
        let edit = [change("privacy_opt_outs", Value::Null, json!(["phone"]))];
        let merge = merge_changes(&now, &edit, &latvia()).unwrap();
        assert_eq!(merge.customer.privacy_opt_outs, ["email", "phone"]);
        let edit = [change("privacy_opt_outs", json!(["phone"]), Value::Null)];
        let merge = merge_changes(&now, &edit, &latvia()).unwrap();
        assert_eq!(merge.customer.privacy_opt_outs, ["email"]);
    }

    #[test]
    fn an_edit_that_breaks_the_customer_is_refused_with_its_field() {
        let now = customer(json!({"first_name":"Anna"}));
        let nameless = [change("first_name", json!("Anna"), Value::Null)];
        assert!(
            matches!(merge_changes(&now, &nameless, &latvia()), Err(EditError::Invalid(errors)) if errors[0].field == "first_name")
        );
        let id = [change("id", Value::Null, json!("x"))];
        assert!(matches!(merge_changes(&now, &id, &latvia()), Err(EditError::UnknownField { .. })));
        let wrong_type = [change("email", Value::Null, json!({"a": 1}))];
        assert!(matches!(merge_changes(&now, &wrong_type, &latvia()), Err(EditError::Invalid(_))));
    }
}
