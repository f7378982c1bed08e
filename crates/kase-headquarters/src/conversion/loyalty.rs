//! Loyalty cards: only for a customer with an account number, only while the operator waits.

use kase_domain::{ErrorCode, FieldChange, LoyaltyCard, LoyaltyCardNumber};
use kase_replication::CustomerState;
use serde_json::{Value, json};

use super::Book;
use super::decide::{Case, Verdict};

pub(super) fn decide(book: &mut Book, case: &Case<'_>, number: Option<&LoyaltyCardNumber>) -> Verdict {
    let Some(state) = book.customer(case.operation.customer_id) else {
        return case.refused(ErrorCode::UnknownCustomer, None);
    };
    if state.loyalty_blocked {
        return case.refused(ErrorCode::LoyaltyBlocked, None);
    }
    let claimed = &case.waiting.claim.loyalty_cards;
    let is_here = |number: &LoyaltyCardNumber| book.card_owner(number) == Some(state.customer_id);
    let is_issued = number.map_or(!claimed.is_empty() && claimed.iter().all(is_here), is_here);
    if is_issued && case.is_in_copy(book) {
        return Verdict::Applied;
    }
    let mut changed: CustomerState = state.clone();
    // A generated number that the customer had before a restore stays its own.
    let number = match number.or_else(|| lost_card(book, &case.waiting.claim.loyalty_cards)) {
        Some(number) => number.clone(),
        None if case.settings.generate_loyalty_card_number => {
            match LoyaltyCardNumber::parse(&book.card_numbers.take()) {
                Ok(number) => number,
                Err(_) => return case.refused(ErrorCode::Internal, None),
            }
        }
        None => return case.refused(ErrorCode::InvalidField, Some("number")),
    };
    if book.card_owner(&number).is_some() {
        return case.refused(ErrorCode::LoyaltyCardTaken, Some("number"));
    }
    let id = changed.customer_id;
    changed.loyalty_cards.push(LoyaltyCard { number: number.clone() });
    book.put(changed);
    let value = json!(number);
    book.put_card(number, id);
    let change = FieldChange { field: "loyalty_cards".to_owned(), seen: Value::Null, value };
    case.record(book, id, vec![change]);
    Verdict::Applied
}

/// The newest of those that the customer had and that nobody has now: the one that was issued with this operation.
fn lost_card<'a>(book: &Book, claimed: &'a [LoyaltyCardNumber]) -> Option<&'a LoyaltyCardNumber> {
    let is_free = |number: &&LoyaltyCardNumber| book.card_owner(number).is_none();
    claimed.iter().rev().filter(|number| book.card_numbers.may_have_been_lost(number.as_str())).find(is_free)
}
