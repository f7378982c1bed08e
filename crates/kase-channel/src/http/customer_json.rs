//! A customer as the API answers it: the customer's own fields, and how far it has come.

use kase_domain::{Account, CustomerRecord, ErrorCode, FieldError, Problem as FieldProblem, Stage};
use kase_replication::CustomerState;
use kase_service::Problem;
use serde_json::{Map, Value, json};

/// What the API adds to a customer's fields, and no request may set.
const ADDED: [&str; 9] = [
    "id",
    "status",
    "account_number",
    "stage",
    "refusal",
    "reference",
    "pending_addresses",
    "loyalty_cards",
    "loyalty_blocked",
];

/// The customer as JSON.
pub(super) fn of_state(state: &CustomerState) -> Result<Value, Problem> {
    let mut json = match serde_json::to_value(state.customer.to_record()) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => Map::new(),
        Err(error) => return Err(Problem::internal(&error)),
    };
    json.insert("id".into(), json!(state.customer_id));
    put_account(&mut json, &state.account);
    if let Some(reference) = state.reference.as_ref().filter(|_| state.account.is_pending()) {
        json.insert("reference".into(), json!(reference));
    }
    json.insert("pending_addresses".into(), json!(state.pending_addresses));
    json.insert("loyalty_cards".into(), json!(state.loyalty_cards));
    json.insert("loyalty_blocked".into(), json!(state.loyalty_blocked));
    Ok(Value::Object(json))
}

/// `status`, `account_number` and `stage`.
pub(super) fn put_account(json: &mut Map<String, Value>, account: &Account) {
    let status = if account.is_pending() { "pending" } else { "synced" };
    json.insert("status".into(), status.into());
    json.insert("account_number".into(), json!(account.number()));
    let stage = match account {
        Account::Synced(_) => "synced",
        Account::Pending(Stage::OnRegister) => "on_register",
        Account::Pending(Stage::InChannel) => "in_channel",
        Account::Pending(Stage::AtHeadquarters) => "at_headquarters",
        Account::Pending(Stage::NumberAssigned) => "number_assigned",
        Account::Pending(Stage::Refused(refusal)) => {
            json.insert("refusal".into(), json!(refusal));
            "refused"
        }
    };
    json.insert("stage".into(), stage.into());
}

/// Reads a customer's fields.
pub(super) fn read_record(fields: Map<String, Value>) -> Result<CustomerRecord, Problem> {
    refuse_added(&fields)?;
    serde_path_to_error::deserialize(Value::Object(fields))
        .map_err(|error| Problem::new(ErrorCode::InvalidField).at(error.path().to_string()))
}

/// Refuses a request that sets what only the answer holds.
pub(super) fn refuse_added(fields: &Map<String, Value>) -> Result<(), Problem> {
    match ADDED.iter().find(|name| fields.contains_key(**name)) {
        Some(name) => Err(Problem::of_field(&FieldError::new(*name, FieldProblem::Invalid))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::AccountNumber;

    #[test]
    fn an_account_is_a_status_a_number_and_a_stage() {
        let shape = |account: &Account| {
            let mut json = Map::new();
            put_account(&mut json, account);
            Value::Object(json)
        };
        assert_eq!(
            shape(&Account::Pending(Stage::InChannel)),
            json!({"status": "pending", "account_number": null, "stage": "in_channel"})
        );
        assert_eq!(
            shape(&Account::Synced(AccountNumber::parse("C-1").unwrap())),
            json!({"status": "synced", "account_number": "C-1", "stage": "synced"})
        );
    }

    #[test]
    fn a_field_of_the_wrong_type_is_named() {
        let Value::Object(fields) = json!({"first_name": "Anna", "email": 7}) else { return };
        let problem = read_record(fields).unwrap_err();
        assert_eq!(problem.body(kase_text::Locale::En)["field"], "email");
    }
}
