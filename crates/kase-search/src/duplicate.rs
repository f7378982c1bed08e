//! Likely duplicates of a customer that is being typed: a hint, never a block.

use std::collections::BTreeSet;

use kase_domain::{Country, Customer, CustomerId, CustomerRecord, Email, Phone};

use crate::Index;
use crate::fold::{fold, fold_code};
use crate::similar::very_similar;
use crate::term::{Tag, email_term, emails, phone_term, phones};

/// Customers of one postal code whose names are compared; more live there than anybody would look through.
const MOST_COMPARED: usize = 10_000;

/// Why a customer may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DuplicateOf {
    /// One of the phones is the same.
    SamePhone,
    /// One of the emails is the same.
    SameEmail,
    /// The name is very similar and a postal code is the same.
    SimilarName,
}

/// A customer that may be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duplicate {
    /// Who it is.
    pub customer_id: CustomerId,
    /// The strongest reason.
    pub of: DuplicateOf,
}

/// What duplicates are looked for by: as much of a customer as has been typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    name: String,
    phones: Vec<Box<[u8]>>,
    emails: Vec<Box<[u8]>>,
    postal_codes: Vec<Box<[u8]>>,
}

impl Draft {
    /// Of a form that is being filled in: what can be read already counts. `country` is the store's.
    pub fn of_record(record: &CustomerRecord, country: &Country) -> Self {
        let names = [&record.first_name, &record.middle_name, &record.last_name, &record.organization_name];
        let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
        let contacts = || record.contacts.iter().map(|contact| &contact.value);
        let phones =
            record.phone.iter().chain(contacts()).filter_map(|typed| Phone::parse(typed, country).ok());
        let emails = record.email.iter().chain(contacts()).filter_map(|typed| Email::parse(typed).ok());
        let postal_codes = record.addresses.iter().filter_map(|address| address.postal_code.as_deref());
        Self {
            name: fold(&names.join(" ")),
            phones: phones.map(|phone| phone_term(&phone)).collect(),
            emails: emails.map(|email| email_term(&email)).collect(),
            postal_codes: postal_codes.filter_map(postal_code_term).collect(),
        }
    }
}

impl From<&Customer> for Draft {
    fn from(customer: &Customer) -> Self {
        let postal_codes =
            customer.addresses.iter().filter_map(|address| address.record().postal_code.as_deref());
        Self {
            name: fold(&customer.display_name()),
            phones: phones(customer).map(phone_term).collect(),
            emails: emails(customer).map(email_term).collect(),
            postal_codes: postal_codes.filter_map(postal_code_term).collect(),
        }
    }
}

fn postal_code_term(typed: &str) -> Option<Box<[u8]>> {
    let code = fold_code(typed);
    (!code.is_empty()).then(|| Tag::PostalCode.term(&code))
}

impl Index {
    /// At most `limit` customers that may be the same, the strongest reasons first, then in the order of
    /// folded names and customer ids. Each customer comes once; `except` never comes.
    pub fn likely_duplicates(
        &self,
        draft: &Draft,
        except: Option<CustomerId>,
        limit: usize,
    ) -> Vec<Duplicate> {
        let mut found: BTreeSet<(DuplicateOf, String, CustomerId)> = BTreeSet::new();
        for (terms, of) in [(&draft.phones, DuplicateOf::SamePhone), (&draft.emails, DuplicateOf::SameEmail)]
        {
            for term in terms {
                self.visit_term(term, |id, name| {
                    found.insert((of, name.to_owned(), id));
                });
            }
        }
        let mut compared = 0;
        for term in &draft.postal_codes {
            self.visit_term(term, |id, name| {
                compared += 1;
                if compared <= MOST_COMPARED && very_similar(&draft.name, name) {
                    found.insert((DuplicateOf::SimilarName, name.to_owned(), id));
                }
            });
        }
        let mut seen: BTreeSet<CustomerId> = except.into_iter().collect();
        let once = found.into_iter().filter(|(_, _, id)| seen.insert(*id));
        once.map(|(of, _, customer_id)| Duplicate { customer_id, of }).take(limit).collect()
    }

    /// Calls `visit` with id and folded name of every customer that has this very term.
    fn visit_term(&self, term: &[u8], mut visit: impl FnMut(CustomerId, &str)) {
        for segment in &self.segments {
            segment.with_term(term).iter().for_each(|number| visit(segment.id(number), segment.name(number)));
        }
        let recent = self.recent.iter().filter(|document| document.has_term(term));
        recent.for_each(|document| visit(document.id, &document.name));
    }
}
