//! Which values of a customer a query met, and where in them: for marking on the screen.

use std::ops::Range;

use kase_domain::{AddressId, Phone};

use crate::fold::{Folded, fold_code};
use crate::plan::{CallingCodes, Plan, PlannedWord, Prefix, learn_calling_code};
use crate::recent::Document;
use crate::term::{Tag, email_term, emails, phone_term, phones};
use crate::{Entry, Query};

/// A value that the query met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Which field it stands in.
    pub field: MatchedField,
    /// The value as people read it.
    pub value: String,
    /// What to mark in it: ranges of bytes, each whole characters, in ascending order.
    pub ranges: Vec<Range<usize>>,
}

/// Where a matching value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MatchedField {
    /// The name as it is displayed.
    Name,
    /// The primary phone.
    Phone,
    /// A secondary phone.
    SecondaryPhone,
    /// The primary email.
    Email,
    /// A secondary email.
    SecondaryEmail,
    /// The account number.
    AccountNumber,
    /// The short reference that stands in its place.
    Reference,
    /// A loyalty card.
    LoyaltyCard,
    /// The street of this address.
    Street(AddressId),
    /// The city of this address.
    City(AddressId),
    /// The postal code of this address.
    PostalCode(AddressId),
}

impl Query {
    /// What this query met in a customer: the name first, then values in the order of the customer's fields.
    /// Addresses are named only when the name alone does not meet every word.
    pub fn matched_in(&self, entry: &Entry<'_>) -> Vec<Match> {
        let mut codes = CallingCodes::new();
        phones(entry.customer).for_each(|phone| learn_calling_code(&mut codes, phone));
        let plan = Plan::new(self, &codes);
        let document = Document::new(entry);
        let Some(rank) = plan.rank(|prefix| document.has_prefix(&prefix.bytes)) else { return Vec::new() };
        let mut found = Finder { plan: &plan, matches: Vec::new() };
        found.words(MatchedField::Name, &entry.customer.display_name(), |word| word.name.as_ref());
        found.values(entry);
        if rank.words > rank.names {
            found.addresses(entry);
        }
        found.matches
    }
}

struct Finder<'a> {
    plan: &'a Plan,
    matches: Vec<Match>,
}

impl Finder<'_> {
    fn values(&mut self, entry: &Entry<'_>) {
        let customer = entry.customer;
        let is_primary = |at: usize, primary: bool| at == 0 && primary;
        for (at, phone) in phones(customer).enumerate() {
            let primary = is_primary(at, customer.phone.is_some());
            let field = if primary { MatchedField::Phone } else { MatchedField::SecondaryPhone };
            if let Some(prefix) = self.value_prefix(&phone_term(phone)) {
                let value = phone.display();
                self.push(field, value.clone(), vec![digits_range(phone, &value, prefix)]);
            }
        }
        for (at, email) in emails(customer).enumerate() {
            let primary = is_primary(at, customer.email.is_some());
            let field = if primary { MatchedField::Email } else { MatchedField::SecondaryEmail };
            if let Some(prefix) = self.value_prefix(&email_term(email)) {
                let folded = Folded::new(email.as_str());
                let range = folded.source_range(email.as_str(), 0, prefix.bytes.len() - 1);
                self.push(field, email.as_str().to_owned(), vec![range]);
            }
        }
        if let Some(number) = entry.account_number {
            self.code(MatchedField::AccountNumber, Tag::Account, number.as_str());
        }
        if let Some(reference) = entry.reference_in_force() {
            self.code(MatchedField::Reference, Tag::Account, reference.as_str());
        }
        for card in entry.loyalty_cards {
            self.code(MatchedField::LoyaltyCard, Tag::Card, card.number.as_str());
        }
    }

    fn addresses(&mut self, entry: &Entry<'_>) {
        for address in &entry.customer.addresses {
            let record = address.record();
            for (field, part) in [
                (MatchedField::Street(record.id), &record.street),
                (MatchedField::City(record.id), &record.city),
                (MatchedField::PostalCode(record.id), &record.postal_code),
            ] {
                if let Some(part) = part {
                    self.words(field, part, |word| word.address.as_ref());
                }
            }
        }
    }

    /// Marks the words of `value` that begin with a word of the query.
    fn words(&mut self, field: MatchedField, value: &str, of: impl Fn(&PlannedWord) -> Option<&Prefix>) {
        let folded = Folded::new(value);
        let prefixes = || self.plan.tokens.iter().flat_map(|token| &token.words).filter_map(&of);
        let longest = |word: &str| {
            let lengths =
                prefixes().map(|prefix| &prefix.bytes[1..]).filter(|text| word.as_bytes().starts_with(text));
            lengths.map(<[u8]>::len).max()
        };
        let range = |(start, word): (usize, &str)| {
            longest(word).map(|length| folded.source_range(value, start, start + length))
        };
        let ranges: Vec<_> = folded.words().filter_map(range).collect();
        if !ranges.is_empty() {
            self.push(field, value.to_owned(), ranges);
        }
    }

    /// Marks the beginning of a number that is compared by its letters and digits.
    fn code(&mut self, field: MatchedField, tag: Tag, value: &str) {
        let Some(prefix) = self.value_prefix(&tag.term(&fold_code(value))) else { return };
        let wanted = prefix.bytes.len() - 1;
        let folded = Folded::new(value);
        let mut counted = 0;
        let mut places =
            folded.text.char_indices().filter(|(_, c)| c.is_alphanumeric()).map_while(|(at, c)| {
                counted += c.len_utf8();
                (counted - c.len_utf8() < wanted).then_some((at, at + c.len_utf8()))
            });
        let Some((start, first_end)) = places.next() else { return };
        let end = places.last().map_or(first_end, |(_, end)| end);
        let range = folded.source_range(value, start, end);
        self.push(field, value.to_owned(), vec![range]);
    }

    /// The longest prefix of the query's values that a term begins with.
    fn value_prefix(&self, term: &[u8]) -> Option<&Prefix> {
        let of_tokens = self.plan.tokens.iter().flat_map(|token| &token.values);
        let meeting =
            self.plan.whole.iter().chain(of_tokens).filter(|prefix| term.starts_with(&prefix.bytes));
        meeting.max_by_key(|prefix| prefix.bytes.len())
    }

    fn push(&mut self, field: MatchedField, value: String, ranges: Vec<Range<usize>>) {
        self.matches.push(Match { field, value, ranges });
    }
}

/// The digits of a displayed phone that were typed; all of it where it is written in a way of its own.
fn digits_range(phone: &Phone, value: &str, prefix: &Prefix) -> Range<usize> {
    let digits: Vec<(usize, char)> = value.char_indices().filter(|(_, c)| c.is_ascii_digit()).collect();
    let shown = digits.iter().map(|(_, c)| c);
    if !shown.eq(phone.e164().trim_start_matches('+').chars().collect::<Vec<_>>().iter()) {
        return 0..value.len();
    }
    let typed_to = prefix.bytes.len() - 1;
    let start =
        if prefix.implied == 0 { 0 } else { digits.get(prefix.implied).map_or(value.len(), |&(at, _)| at) };
    let end =
        typed_to.checked_sub(1).and_then(|last| digits.get(last)).map_or(start, |&(at, c)| at + c.len_utf8());
    start..end.max(start)
}
