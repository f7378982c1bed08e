//! What a recorded operation that has not taken effect yet shows of its customer in this channel. Pure.

use kase_domain::{Action, Country, Customer, EditError, FieldError, Problem, merge_changes};
use kase_replication::CustomerState;

/// Lets `state` show `action`. What headquarters has taken over meanwhile is left as it is.
pub(crate) fn show(
    state: &mut CustomerState,
    action: &Action,
    country: &Country,
) -> Result<(), Vec<FieldError>> {
    match action {
        Action::AddAddress { address } => {
            let record = state.customer.to_record();
            if record.addresses.iter().any(|known| known.id == address.id) {
                return Ok(());
            }
            state.customer = Customer::parse(&record.with_address(address.clone()), country)?;
            state.pending_addresses.push(address.id);
            Ok(())
        }
        Action::EditCustomer { changes } => {
            let merge = merge_changes(&state.customer, changes, country).map_err(field_errors)?;
            state.customer = merge.customer;
            Ok(())
        }
        Action::CreateCustomer { .. } | Action::IssueLoyaltyCard { .. } => Ok(()),
    }
}

fn field_errors(error: EditError) -> Vec<FieldError> {
    match error {
        EditError::Invalid(errors) => errors,
        EditError::UnknownField { field } => vec![FieldError::new(field, Problem::Invalid)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::{Account, AddressId, AddressRecord, CustomerId, Stage};
    use uuid::Uuid;

    fn latvia() -> Country {
        Country::parse("LV").unwrap()
    }

    fn anna() -> CustomerState {
        let record = serde_json::from_value(serde_json::json!({"first_name": "Anna"})).unwrap();
        CustomerState::new(
            CustomerId(Uuid::from_u128(1)),
            Account::Pending(Stage::InChannel),
            Customer::parse(&record, &latvia()).unwrap(),
        )
    }

    fn add(id: u128, primary: bool) -> Action {
        let address = AddressRecord { primary, ..AddressRecord::new(AddressId(Uuid::from_u128(id))) };
        Action::AddAddress { address }
    }

    #[test]
    fn an_added_address_shows_once_and_as_pending() {
        let mut state = anna();
        show(&mut state, &add(7, false), &latvia()).unwrap();
        show(&mut state, &add(7, false), &latvia()).unwrap();
        assert_eq!(state.customer.addresses.len(), 1);
        assert_eq!(state.pending_addresses, [AddressId(Uuid::from_u128(7))]);
    }

    #[test]
    fn what_would_make_the_customer_invalid_is_named() {
        let mut state = anna();
        let nowhere = AddressRecord {
            country: Some("Latvia".into()),
            ..AddressRecord::new(AddressId(Uuid::from_u128(8)))
        };
        let errors = show(&mut state, &Action::AddAddress { address: nowhere }, &latvia()).unwrap_err();
        assert_eq!(errors[0].field, "addresses[0].country");
    }

    #[test]
    fn a_new_primary_address_takes_over() {
        let mut state = anna();
        show(&mut state, &add(7, true), &latvia()).unwrap();
        show(&mut state, &add(8, true), &latvia()).unwrap();
        let marked: Vec<bool> = state.customer.addresses.iter().map(|address| address.is_primary()).collect();
        assert_eq!(marked, [false, true]);
    }
}
