//! Customers for the tests.
#![allow(dead_code, reason = "each test binary uses its part")]
#![allow(clippy::unwrap_used, reason = "tests")]

use kase_domain::{
    AccountNumber, AddressId, AddressRecord, ContactKind, ContactRecord, Country, Customer, CustomerId,
    CustomerRecord, LoyaltyCard, LoyaltyCardNumber, ShortReference,
};
use kase_search::Entry;
use uuid::Uuid;

/// A customer with everything beside it that is searched.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) id: CustomerId,
    pub(crate) number: Option<AccountNumber>,
    pub(crate) reference: Option<ShortReference>,
    pub(crate) cards: Vec<LoyaltyCard>,
    pub(crate) record: CustomerRecord,
    pub(crate) customer: Customer,
}

pub(crate) fn id(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

pub(crate) fn latvia() -> Country {
    Country::parse("LV").unwrap()
}

impl Person {
    pub(crate) fn new(n: u128, record: CustomerRecord) -> Self {
        let customer = Customer::parse(&record, &latvia()).unwrap();
        Self { id: id(n), number: None, reference: None, cards: Vec::new(), record, customer }
    }

    pub(crate) fn named(n: u128, name: &str) -> Self {
        let mut words = name.splitn(2, ' ').map(str::to_owned);
        let (first_name, last_name) = (words.next(), words.next());
        Self::new(n, CustomerRecord { first_name, last_name, ..CustomerRecord::default() })
    }

    fn with(mut self, change: impl FnOnce(&mut CustomerRecord)) -> Self {
        change(&mut self.record);
        self.customer = Customer::parse(&self.record, &latvia()).unwrap();
        self
    }

    pub(crate) fn phone(self, phone: &str) -> Self {
        self.with(|record| record.phone = Some(phone.to_owned()))
    }

    pub(crate) fn email(self, email: &str) -> Self {
        self.with(|record| record.email = Some(email.to_owned()))
    }

    pub(crate) fn also(self, kind: ContactKind, value: &str) -> Self {
        let contact = ContactRecord { kind, value: value.to_owned(), typed: None, marketing_consent: false };
        self.with(|record| record.contacts.push(contact))
    }

    pub(crate) fn living(self, street: &str, city: &str, postal_code: &str) -> Self {
        let mut address =
            AddressRecord::new(AddressId(Uuid::from_u128(self.record.addresses.len() as u128 + 1)));
        address.street = Some(street.to_owned());
        address.city = Some(city.to_owned());
        address.postal_code = Some(postal_code.to_owned());
        self.with(|record| record.addresses.push(address))
    }

    pub(crate) fn account(mut self, number: &str) -> Self {
        self.number = Some(AccountNumber::parse(number).unwrap());
        self
    }

    pub(crate) fn reference(mut self, count: u32) -> Self {
        self.reference = Some(ShortReference::new("R1", count));
        self
    }

    pub(crate) fn card(mut self, number: &str) -> Self {
        self.cards.push(LoyaltyCard { number: LoyaltyCardNumber::parse(number).unwrap() });
        self
    }

    pub(crate) fn entry(&self) -> Entry<'_> {
        Entry {
            customer_id: self.id,
            account_number: self.number.as_ref(),
            reference: self.reference.as_ref(),
            loyalty_cards: &self.cards,
            customer: &self.customer,
        }
    }
}
