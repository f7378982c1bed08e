//! Edits and further addresses: merged by field into the customer as it stands now.

use kase_domain::{
    Address, AddressPurpose, AddressRecord, CustomerKind, EditError, ErrorCode, FieldChange, FieldError,
    Problem, changes_between, merge_changes,
};
use kase_replication::CustomerState;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Book;
use super::decide::{Case, Verdict};

pub(super) fn decide_address(book: &mut Book, case: &Case<'_>, typed: &AddressRecord) -> Verdict {
    let Some(state) = book.customer(case.operation.customer_id) else {
        return case.refused(ErrorCode::UnknownCustomer, None);
    };
    let purpose = match state.customer.kind() {
        CustomerKind::Person => AddressPurpose::Home,
        CustomerKind::Organization => AddressPurpose::Business,
    };
    let address = match Address::parse(typed, "address", case.country(), purpose) {
        Ok(address) => address,
        Err(errors) => return case.refused_field(&errors),
    };
    let record = state.customer.to_record();
    let changes = if state.customer.addresses.iter().any(|known| known.id() == address.id()) {
        let field = format!("addresses/{}", address.id());
        vec![FieldChange { field, seen: Value::Null, value: json!(address.record()) }]
    } else {
        // A new primary address is also a change of the one before.
        changes_between(&record, &record.clone().with_address(address.record().clone()))
    };
    decide(book, case, &changes)
}

pub(super) fn decide(book: &mut Book, case: &Case<'_>, changes: &[FieldChange]) -> Verdict {
    let Some(state) = book.customer(case.operation.customer_id) else {
        return case.refused(ErrorCode::UnknownCustomer, None);
    };
    let id = state.customer_id;
    for change in changes.iter().filter(|change| !change.value.is_null()) {
        let address = change.field.strip_prefix("addresses/").and_then(|id| Uuid::parse_str(id).ok());
        if address.is_some_and(|address| book.owner(address).is_some_and(|owner| owner != id)) {
            return case.refused_field(&[FieldError::new(&change.field, Problem::RepeatedId)]);
        }
    }
    let changes = as_if_defaults_were_seen(case, state, changes);
    let merge = match merge_changes(&state.customer, &changes, case.country()) {
        Ok(merge) => merge,
        Err(EditError::Invalid(errors)) => return case.refused_field(&errors),
        Err(EditError::UnknownField { field }) => {
            return case.refused(ErrorCode::InvalidField, Some(&field));
        }
    };
    if !merge.applied.is_empty() {
        let changed = CustomerState { customer: merge.customer, ..state.clone() };
        book.put(changed);
        case.record(book, id, merge.applied);
    }
    if merge.conflicts.is_empty() { Verdict::Applied } else { Verdict::Held(merge.conflicts) }
}

/// Affiliations that were held back from a creation come as an edit that saw none, while headquarters gave the
/// new customer the store's default ones: nobody contests these.
fn as_if_defaults_were_seen(
    case: &Case<'_>,
    state: &CustomerState,
    changes: &[FieldChange],
) -> Vec<FieldChange> {
    let mut changes = changes.to_vec();
    let current = &state.customer.affiliations;
    if !current.is_empty() && *current == case.settings.default_customer.affiliations {
        for change in &mut changes {
            if change.field == "affiliations" && change.seen.is_null() {
                change.seen = json!(current);
            }
        }
    }
    changes
}
