//! What a newer peer adds: every reader passes over it, and a customer and an address keep it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const ADDED: &str = "of_a_newer_peer";

/// Values under these keys are not objects with fields: their keys are names that somebody chose, or they are
/// whatever somebody saw and wanted.
const NO_FIELDS: [&str; 10] =
    ["attributes", "remarks", "claims", "label", "help", "unit", "group", "future", "seen", "value"];

/// Reads `text` with a field more in every object, and writes it again.
#[track_caller]
pub(crate) fn reads_a_newer_peer<T: Serialize + DeserializeOwned>(text: &str, shown: &str) {
    let mut newer: Value = serde_json::from_str(text).unwrap();
    add(&mut newer);
    let read: T = serde_json::from_str(&newer.to_string())
        .unwrap_or_else(|error| panic!("{shown} with fields of a newer peer is not understood: {error}"));
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(kept(&written), 0, "{shown}: a customer or an address lost a newer peer's field: {written}");
}

fn add(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                let has_fields = !NO_FIELDS.contains(&key.as_str()) || value.is_array();
                if has_fields {
                    add(value);
                }
            }
            fields.insert(ADDED.to_owned(), json!({ "some": ["thing", 2] }));
        }
        Value::Array(values) => values.iter_mut().for_each(add),
        _ => {}
    }
}

/// How many customers and addresses are without the added field. Nothing else has a name or a city.
fn kept(value: &Value) -> usize {
    match value {
        Value::Object(fields) => {
            let keeps =
                ["first_name", "organization_name", "city"].iter().any(|key| fields.contains_key(*key));
            let lost = usize::from(keeps && !fields.contains_key(ADDED));
            lost + fields
                .iter()
                .filter(|(key, _)| !NO_FIELDS.contains(&key.as_str()))
                .map(|(_, value)| kept(value))
                .sum::<usize>()
        }
        Value::Array(values) => values.iter().map(kept).sum(),
        _ => 0,
    }
}
