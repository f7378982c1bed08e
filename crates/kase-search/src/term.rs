//! The terms of a customer: each value that can be searched, folded, after one byte that says of which field
//! it is. A search is for terms that begin with a prefix.

use kase_domain::{Contact, ContactValue, Customer, Email, Phone};

use crate::Entry;
use crate::fold::{fold, fold_code, words};

/// The first byte of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Tag {
    /// A word of the name.
    Name = b'n',
    /// A word of a street, city or postal code.
    Address = b'a',
    /// The digits of a phone number in E.164.
    Phone = b'p',
    /// An email address.
    Email = b'e',
    /// An account number, or the short reference that stands in its place.
    Account = b'c',
    /// The number of a loyalty card.
    Card = b'k',
    /// A whole postal code; for likely duplicates.
    PostalCode = b'z',
}

impl Tag {
    /// The term, or the beginning of terms, of this field.
    pub(crate) fn term(self, folded: &str) -> Box<[u8]> {
        let mut term = Vec::with_capacity(folded.len() + 1);
        term.push(self as u8);
        term.extend_from_slice(folded.as_bytes());
        term.into_boxed_slice()
    }
}

/// All terms of a customer, sorted, each once.
pub(crate) fn terms_of(entry: &Entry<'_>) -> Vec<Box<[u8]>> {
    let customer = entry.customer;
    let mut terms = Vec::new();
    push_words(&mut terms, Tag::Name, &customer.display_name());
    terms.extend(phones(customer).map(phone_term));
    terms.extend(emails(customer).map(email_term));
    terms.extend(entry.account_number.map(|number| Tag::Account.term(&fold_code(number.as_str()))));
    terms.extend(
        entry.reference_in_force().map(|reference| Tag::Account.term(&fold_code(reference.as_str()))),
    );
    for card in entry.loyalty_cards {
        terms.push(Tag::Card.term(&fold_code(card.number.as_str())));
    }
    for address in &customer.addresses {
        let record = address.record();
        for part in [&record.street, &record.city, &record.postal_code].into_iter().flatten() {
            push_words(&mut terms, Tag::Address, part);
        }
        terms.extend(record.postal_code.as_deref().map(|code| Tag::PostalCode.term(&fold_code(code))));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The primary phone and the secondary ones.
pub(crate) fn phones(customer: &Customer) -> impl Iterator<Item = &Phone> {
    let secondary = customer.contacts.iter().filter_map(|contact: &Contact| match &contact.value {
        ContactValue::Phone(phone) => Some(phone),
        ContactValue::Email(_) => None,
    });
    customer.phone.iter().chain(secondary)
}

/// The primary email and the secondary ones.
pub(crate) fn emails(customer: &Customer) -> impl Iterator<Item = &Email> {
    let secondary = customer.contacts.iter().filter_map(|contact: &Contact| match &contact.value {
        ContactValue::Email(email) => Some(email),
        ContactValue::Phone(_) => None,
    });
    customer.email.iter().chain(secondary)
}

pub(crate) fn phone_term(phone: &Phone) -> Box<[u8]> {
    Tag::Phone.term(phone.e164().trim_start_matches('+'))
}

pub(crate) fn email_term(email: &Email) -> Box<[u8]> {
    Tag::Email.term(&fold(email.as_str()))
}

fn push_words(terms: &mut Vec<Box<[u8]>>, tag: Tag, text: &str) {
    terms.extend(words(&fold(text)).map(|(_, word)| tag.term(word)));
}
