//! What the API refuses of a customer that somebody typed, and the parser would pass over: a parser takes what older and
//! newer peers write.

use std::collections::BTreeMap;

use kase_domain::{CustomerKind, CustomerRecord, FieldError, Problem};
use serde_json::Value;

use crate::ChannelError;

/// Fields that this version does not know, of one customer with its addresses; newer senders have a few.
const MOST_UNKNOWN: usize = 16;

/// What they hold together, in bytes of JSON.
const MOST_UNKNOWN_BYTES: usize = 4_096;

/// Nothing typed is dropped without a word, and nothing without a bound goes to every register.
pub(crate) fn check_typed(typed: &CustomerRecord) -> Result<(), ChannelError> {
    let error = of_other_kind(typed).or_else(|| beyond_bounds(typed));
    error.map_or(Ok(()), |error| Err(ChannelError::Fields(vec![error])))
}

/// A filled name of the other kind: it would not be kept.
fn of_other_kind(typed: &CustomerRecord) -> Option<FieldError> {
    let names: &[(&str, &Option<String>)] = match typed.kind() {
        CustomerKind::Person => &[("organization_name", &typed.organization_name)],
        CustomerKind::Organization => &[
            ("title", &typed.title),
            ("first_name", &typed.first_name),
            ("middle_name", &typed.middle_name),
            ("last_name", &typed.last_name),
        ],
    };
    let is_filled = |name: &Option<String>| name.as_deref().is_some_and(|name| !name.trim().is_empty());
    let (field, _) = names.iter().find(|(_, name)| is_filled(name))?;
    Some(FieldError::new(*field, Problem::Invalid))
}

fn beyond_bounds(typed: &CustomerRecord) -> Option<FieldError> {
    let addresses = typed.addresses.iter().enumerate();
    let of_addresses =
        addresses.flat_map(|(at, address)| named(&address.unknown, format!("addresses[{at}].")));
    let mut bytes = 0;
    let too_many =
        named(&typed.unknown, String::new()).chain(of_addresses).enumerate().find(|(at, (_, value))| {
            bytes += value.to_string().len();
            *at >= MOST_UNKNOWN || bytes > MOST_UNKNOWN_BYTES
        });
    too_many.map(|(_, (field, _))| FieldError::new(field, Problem::TooLong { limit: MOST_UNKNOWN_BYTES }))
}

fn named(unknown: &BTreeMap<String, Value>, prefix: String) -> impl Iterator<Item = (String, &Value)> {
    unknown.iter().map(move |(field, value)| (format!("{prefix}{field}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn refused(typed: Value) -> Option<String> {
        let typed: CustomerRecord = serde_json::from_value(typed).unwrap();
        match check_typed(&typed) {
            Err(ChannelError::Fields(errors)) => Some(errors[0].field.clone()),
            _ => None,
        }
    }

    #[test]
    fn a_name_of_the_other_kind_is_refused_and_a_blank_one_is_not() {
        let organization = |field: &str, value: &str| json!({"organization_name": "X", "kind": "organization", field: value});
        for field in ["title", "first_name", "middle_name", "last_name"] {
            assert_eq!(refused(organization(field, "Anna")), Some(field.into()));
            assert_eq!(refused(organization(field, " ")), None);
        }
        let person = json!({"first_name": "Anna", "organization_name": "SIA"});
        assert_eq!(refused(person), Some("organization_name".into()));
    }

    #[test]
    fn fields_of_a_newer_sender_are_bounded_together() {
        assert_eq!(refused(json!({"first_name": "Anna", "new": "x".repeat(4_000)})), None);
        assert_eq!(refused(json!({"first_name": "Anna", "new": "x".repeat(5_000)})), Some("new".into()));
        let id = uuid::Uuid::from_u128(1);
        let address = json!({"id": id, "far": "x".repeat(3_000)});
        let both = json!({"first_name": "Anna", "new": "x".repeat(3_000), "addresses": [address]});
        assert_eq!(refused(both), Some("addresses[0].far".into()));
        let mut many = json!({"first_name": "Anna"});
        for at in 0..17 {
            many[format!("new{at:02}")] = json!(1);
        }
        assert_eq!(refused(many), Some("new16".into()));
    }
}
