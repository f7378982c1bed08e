use super::*;
use crate::{AddressId, AddressRecord, ContactKind, ContactRecord, ContactValue};

fn latvia() -> Country {
    Country::parse("LV").unwrap()
}

fn person(first: &str, last: &str) -> CustomerRecord {
    CustomerRecord {
        first_name: Some(first.into()),
        last_name: Some(last.into()),
        ..CustomerRecord::default()
    }
}

fn address(id: u128) -> AddressRecord {
    AddressRecord::new(AddressId(uuid::Uuid::from_u128(id)))
}

#[track_caller]
fn check(record: &CustomerRecord, expected: &[(&str, Problem)]) {
    let errors = Customer::parse(record, &latvia()).err().unwrap_or_default();
    let found: Vec<(&str, Problem)> =
        errors.iter().map(|error| (error.field.as_str(), error.problem.clone())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_single_name_in_any_script_is_enough() {
    for name in ["Björk", "Мария", "محمد", "小明", "Ķ", "O'Neil-Šķērsliņa"] {
        check(&person("", name), &[]);
    }
    check(&CustomerRecord { organization_name: Some("Maiznīca SIA".into()), ..Default::default() }, &[]);
}

#[test]
fn a_customer_without_a_name_is_refused() {
    check(&person(" ", "\u{200B}"), &[("first_name", Problem::Required)]);
    let organization = CustomerRecord { kind: Some(CustomerKind::Organization), ..person("Anna", "") };
    check(&organization, &[("organization_name", Problem::Required)]);
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let record = CustomerRecord {
        email: Some("anna@inbox".into()),
        phone: Some("12".into()),
        receipt_email: Some("anna".into()),
        language: Some("latviski!".into()),
        contacts: vec![ContactRecord {
            kind: ContactKind::Phone,
            value: "x".into(),
            typed: None,
            marketing_consent: false,
        }],
        addresses: vec![AddressRecord {
            street: Some("a\u{0}".into()),
            country: Some("Latvia".into()),
            ..address(1)
        }],
        ..person(&"a".repeat(101), "")
    };
    check(
        &record,
        &[
            ("first_name", Problem::TooLong { limit: 100 }),
            ("email", Problem::EmailNeedsDomain),
            ("phone", Problem::PhoneTooShort),
            ("contacts[0].value", Problem::PhoneNotDigits),
            ("addresses[0].country", Problem::Invalid),
            ("addresses[0].street", Problem::ControlCharacter),
            ("language", Problem::Invalid),
            ("receipt_email", Problem::EmailNeedsAt),
        ],
    );
}

#[test]
fn there_are_at_most_fifty_addresses_and_one_is_primary() {
    let primary = |id| AddressRecord { primary: true, ..address(id) };
    check(
        &CustomerRecord { addresses: vec![primary(1), primary(2)], ..person("Anna", "") },
        &[("addresses[1].primary", Problem::SecondPrimary)],
    );
    check(
        &CustomerRecord { addresses: vec![address(1), address(1)], ..person("Anna", "") },
        &[("addresses[1].id", Problem::RepeatedId)],
    );
    check(
        &CustomerRecord { addresses: (0..51).map(address).collect(), ..person("Anna", "") },
        &[("addresses", Problem::TooMany { limit: 50 })],
    );
}

#[test]
fn country_and_purpose_have_defaults() {
    let record = CustomerRecord { addresses: vec![address(1)], ..person("Anna", "") };
    let parsed = Customer::parse(&record, &latvia()).unwrap();
    assert_eq!(parsed.addresses[0].record().country.as_deref(), Some("LV"));
    assert_eq!(parsed.addresses[0].record().purpose, Some(AddressPurpose::Home));

    let record = CustomerRecord {
        organization_name: Some("SIA".into()),
        kind: Some(CustomerKind::Organization),
        addresses: vec![address(1)],
        ..Default::default()
    };
    let parsed = Customer::parse(&record, &latvia()).unwrap();
    assert_eq!(parsed.addresses[0].record().purpose, Some(AddressPurpose::Business));
}

#[test]
fn a_customer_survives_json_with_what_was_typed_and_unknown_fields() {
    let json = r#"{"first_name":"Jānis","phone":"2111 1111","contacts":[{"kind":"phone","value":"2922-2222"}],
        "addresses":[{"id":"018f0000-0000-7000-8000-000000000001","contact_phone":"2111 1111","floor":3}],
        "shoe_size":{"eu":43}}"#;
    let record: CustomerRecord = serde_json::from_str(json).unwrap();
    let customer = Customer::parse(&record, &latvia()).unwrap();
    let stored = serde_json::to_string(&customer).unwrap();
    let again: Customer = serde_json::from_str(&stored).unwrap();
    assert_eq!(again, customer);
    assert_eq!(
        again.phone.as_ref().map(|phone| (phone.e164(), phone.typed())),
        Some(("+37121111111", "2111 1111"))
    );
    assert!(matches!(&again.contacts[0].value, ContactValue::Phone(phone) if phone.typed() == "2922-2222"));
    assert_eq!(again.unknown["shoe_size"]["eu"], 43);
    assert_eq!(again.addresses[0].record().unknown["floor"], 3);
    let address = again.addresses[0].record();
    assert_eq!(
        (address.contact_phone.as_deref(), address.contact_phone_typed.as_deref()),
        (Some("+37121111111"), Some("2111 1111"))
    );
}

#[test]
fn bad_data_cannot_stand_in_memory() {
    for json in [
        r#"{"first_name":""}"#,
        r#"{"first_name":"A","email":"nobody"}"#,
        r#"{"first_name":"A","phone":"21111111"}"#,
    ] {
        assert!(serde_json::from_str::<Customer>(json).is_err(), "{json}");
    }
}

#[test]
fn markup_is_text() {
    check(&person("<script>alert(1)</script>", "<b>&amp;"), &[]);
}

#[test]
fn a_new_primary_address_takes_over() {
    let primary = |id| AddressRecord { primary: true, ..address(id) };
    let record =
        person("Anna", "").with_address(primary(1)).with_address(address(2)).with_address(primary(3));
    let marked: Vec<bool> = record.addresses.iter().map(|address| address.primary).collect();
    assert_eq!(marked, [false, false, true]);
    check(&record, &[]);
}
