//! Reading a customer's fields from a request.

use kase_domain::{CustomerRecord, ErrorCode, FieldError, Problem as FieldProblem};
use kase_replication::CustomerJson;
use kase_service::Problem;
use serde_json::{Map, Value};

/// Reads a customer's fields.
pub(super) fn read_record(fields: Map<String, Value>) -> Result<CustomerRecord, Problem> {
    refuse_added(&fields)?;
    serde_path_to_error::deserialize(Value::Object(fields))
        .map_err(|error| Problem::new(ErrorCode::InvalidField).at(error.path().to_string()))
}

/// Refuses a request that sets what only the answer holds.
pub(super) fn refuse_added(fields: &Map<String, Value>) -> Result<(), Problem> {
    match CustomerJson::ADDED.iter().find(|name| fields.contains_key(**name)) {
        Some(name) => Err(Problem::of_field(&FieldError::new(*name, FieldProblem::Invalid))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_of_the_wrong_type_is_named() {
        let Value::Object(fields) = json!({"first_name": "Anna", "email": 7}) else { return };
        let problem = read_record(fields).unwrap_err();
        assert_eq!(problem.body(kase_text::Locale::En)["field"], "email");
    }
}
