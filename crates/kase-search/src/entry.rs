//! What the index takes of a customer.

use kase_domain::{AccountNumber, Customer, CustomerId, LoyaltyCard, ShortReference};

/// A customer as the index sees it, borrowed from whoever holds it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// What the index answers with.
    pub customer_id: CustomerId,
    /// The account number, once it is at this place.
    pub account_number: Option<&'a AccountNumber>,
    /// What people call the customer while it is pending; not searched once the account number is here.
    pub reference: Option<&'a ShortReference>,
    /// Loyalty cards.
    pub loyalty_cards: &'a [LoyaltyCard],
    /// Names, contacts and addresses.
    pub customer: &'a Customer,
}

impl<'a> Entry<'a> {
    /// The reference, while it stands in place of the account number.
    pub(crate) fn reference_in_force(&self) -> Option<&'a ShortReference> {
        if self.account_number.is_none() { self.reference } else { None }
    }
}
