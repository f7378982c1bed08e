//! One text for one JSON value, whatever the order of its keys: what a plain API write is fingerprinted by.

use std::collections::BTreeMap;

use kase_replication::Fingerprint;
use serde_json::Value;

/// The fingerprint of `value`, the same for every order of keys.
pub fn canonical_fingerprint(value: &Value) -> Fingerprint {
    Fingerprint::of(canonical_text(value).as_bytes())
}

/// `value` as JSON without white space and with sorted keys. Sorted here and not by `serde_json`, whose map
/// keeps another order when any crate of the build asks for it.
pub fn canonical_text(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            text.push('{');
            for (at, (key, item)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Value::String(key.clone()).to_string());
                text.push(':');
                write(item, text);
            }
            text.push('}');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_keys_does_not_change_the_fingerprint() {
        let one: Value = serde_json::from_str(r#"{"b":[1,{"d":null,"c":"\""}],"a":true}"#).unwrap();
        let other: Value = serde_json::from_str(r#"{ "a":true, "b":[1,{"c":"\"","d":null}] }"#).unwrap();
        assert_eq!(canonical_text(&one), r#"{"a":true,"b":[1,{"c":"\"","d":null}]}"#);
        assert_eq!(canonical_fingerprint(&one), canonical_fingerprint(&other));
    }

    #[test]
    fn other_content_has_another_fingerprint() {
        let one = serde_json::json!({"a": "1"});
        let other = serde_json::json!({"a": 1});
        assert_ne!(canonical_fingerprint(&one), canonical_fingerprint(&other));
    }
}
