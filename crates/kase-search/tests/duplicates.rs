//! Likely duplicates are hinted at: the same phone, the same email, a very similar name at the same postal code.

mod people;

use kase_domain::{AddressId, AddressRecord, ContactKind, CustomerRecord};
use kase_search::{Draft, DuplicateOf, Index};
use people::{Person, id, latvia};
use uuid::Uuid;

fn shop() -> Vec<Person> {
    vec![
        Person::named(1, "Anna Bērziņa").phone("2111 1111").email("anna@inbox.lv").living(
            "Brīvības 1",
            "Rīga",
            "LV-1010",
        ),
        Person::named(2, "Jānis Liepa").also(ContactKind::Phone, "21111111").living(
            "Brīvības 2",
            "Rīga",
            "LV-1010",
        ),
        Person::named(3, "Berzina Ana").living("Tērbatas 5", "Rīga", "lv 1010"),
        Person::named(4, "Anna Bērziņa").living("Lielā 5", "Jelgava", "LV-3001"),
    ]
}

fn index() -> Index {
    let mut index = Index::default();
    shop().iter().for_each(|person| index.upsert(&person.entry()));
    index
}

#[track_caller]
fn check(record: CustomerRecord, expected: &[(u128, DuplicateOf)]) {
    let found = index().likely_duplicates(&Draft::of_record(&record, &latvia()), None, 10);
    let found: Vec<_> = found.iter().map(|found| (found.customer_id.0.as_u128(), found.of)).collect();
    assert_eq!(found, expected);
}

fn typed(name: &str, phone: &str, email: &str, postal_code: &str) -> CustomerRecord {
    let mut address = AddressRecord::new(AddressId(Uuid::from_u128(9)));
    address.postal_code = Some(postal_code.into());
    let some = |text: &str| Some(text.to_owned());
    CustomerRecord {
        first_name: some(name),
        phone: some(phone),
        email: some(email),
        addresses: vec![address],
        ..CustomerRecord::default()
    }
}

#[test]
fn the_same_phone_is_found_among_all_phones() {
    check(
        typed("Pēteris", "+371 21 11 11 11", "", ""),
        &[(1, DuplicateOf::SamePhone), (2, DuplicateOf::SamePhone)],
    );
}

#[test]
fn the_same_email_is_found_whatever_its_case() {
    check(typed("Pēteris", "", "ANNA@inbox.lv", ""), &[(1, DuplicateOf::SameEmail)]);
}

#[test]
fn a_similar_name_counts_at_the_same_postal_code_only() {
    let similar = |n| (n, DuplicateOf::SimilarName);
    check(typed("Anna Bērziņa", "", "", "LV1010"), &[similar(1), similar(3)]);
    check(typed("Anna Berzina", "", "", "LV-3001"), &[similar(4)]);
    check(typed("Anna Bērziņa", "", "", ""), &[]);
}

#[test]
fn half_typed_values_find_nobody() {
    check(typed("", "2111", "anna@", "LV-10"), &[]);
}

#[test]
fn a_customer_is_no_duplicate_of_itself_and_comes_once() {
    let anna = &shop()[0];
    let found = index().likely_duplicates(&Draft::from(&anna.customer), Some(id(1)), 10);
    let found: Vec<_> = found.iter().map(|found| (found.customer_id, found.of)).collect();
    assert_eq!(found, [(id(2), DuplicateOf::SamePhone), (id(3), DuplicateOf::SimilarName)]);
}
