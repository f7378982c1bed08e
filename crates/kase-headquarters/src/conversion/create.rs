//! A creation becomes a customer with an account number.

use kase_domain::{Account, Customer, ErrorCode, FieldError, Problem};
use kase_replication::CustomerState;

use super::Book;
use super::decide::{Case, Verdict};
use super::judge::Came;

pub(super) fn decide(book: &mut Book, case: &Case<'_>, customer: &Customer) -> Verdict {
    let id = case.operation.customer_id;
    if case.operation.id.0 != id.0 {
        return case.refused(ErrorCode::InvalidField, Some("id"));
    }
    if book.came_back(id) {
        // It is an account already, made of another store's copy.
        return Verdict::Applied;
    }
    if book.owner(id.0).is_some() {
        return case.refused(ErrorCode::IdempotencyMismatch, None);
    }
    let mut record = customer.to_record();
    if case.came == Came::RealTime && record.affiliations.is_empty() {
        // In sync mode the store's default affiliations are taken over always.
        record.affiliations.clone_from(&case.settings.default_customer.affiliations);
    }
    let customer = match Customer::parse(&record, case.country()) {
        Ok(customer) => customer,
        Err(errors) => return case.refused_field(&errors),
    };
    for (at, address) in customer.addresses.iter().enumerate() {
        if book.owner(address.id().0).is_some() || address.id().0 == id.0 {
            return case
                .refused_field(&[FieldError::new(format!("addresses[{at}].id"), Problem::RepeatedId)]);
        }
    }
    let Some(number) = book.number_for(case.waiting.claim.account_number.as_ref()) else {
        return case.refused(ErrorCode::Internal, None);
    };
    book.put(CustomerState::new(id, Account::Synced(number), customer));
    Verdict::Applied
}
