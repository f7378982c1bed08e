//! Values with every field set, each written out whole: a field that is added has to be added here.
//! Long because a customer has many fields.

use std::collections::BTreeMap;

use kase_domain::{
    Account, AccountNumber, Address, AddressId, AddressPurpose, AddressRecord, Affiliation, AttributeChoice,
    AttributeDefinition, AttributeDefinitionRecord, AttributeType, AttributeValue, ChannelSettings,
    ContactKind, ContactRecord, Country, Customer, CustomerGroup, CustomerId, CustomerKind, CustomerRecord,
    Decimal, DefaultCustomer, ErrorCode, FeatureSwitches, Language, LoyaltyCard, LoyaltyCardNumber,
    OperationId, ReceiptPreference, Refusal, RescueKey, SettingsVersion, ShortReference, Stage, Switch,
    Timestamp, Translated,
};
use kase_replication::{CustomerState, Witness, Witnessed};
use serde_json::json;
use uuid::Uuid;

/// The ids of the fixtures end in their number.
fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + number)
}

pub(crate) fn customer_id(number: u128) -> CustomerId {
    CustomerId(uuid(number))
}

pub(crate) fn operation_id(number: u128) -> OperationId {
    OperationId(uuid(number))
}

pub(crate) fn address_id(number: u128) -> AddressId {
    AddressId(uuid(number))
}

pub(crate) fn latvia() -> Country {
    Country::parse("LV").unwrap()
}

/// Something that no other version of this program knows.
fn future() -> BTreeMap<String, serde_json::Value> {
    BTreeMap::from([("future".to_owned(), json!({ "tier": 1, "since": null }))])
}

pub(crate) fn person() -> Customer {
    person_at(address())
}

fn person_at(address: AddressRecord) -> Customer {
    let record = CustomerRecord {
        kind: Some(CustomerKind::Person),
        title: Some("Dr.".into()),
        first_name: Some("Žņēķle".into()),
        middle_name: Some("Anna Lībiete".into()),
        last_name: Some("Šķērsliņa-O'Brien".into()),
        organization_name: None,
        email: Some("Zneekle@inbox.lv".into()),
        phone: Some("+37121111111".into()),
        phone_typed: Some("2111-1111".into()),
        contacts: vec![
            ContactRecord {
                kind: ContactKind::Email,
                value: "darbs@uznemums.lv".into(),
                typed: None,
                marketing_consent: true,
            },
            ContactRecord {
                kind: ContactKind::Phone,
                value: "+3726123456".into(),
                typed: Some("+372 612 3456".into()),
                marketing_consent: false,
            },
        ],
        addresses: vec![address, address_least()],
        language: Some("lv".into()),
        currency: Some("EUR".into()),
        customer_group: Some("regular".into()),
        receipt_preference: Some(ReceiptPreference::Both),
        receipt_email: Some("ceki@inbox.lv".into()),
        tax_exempt_number: Some("TE-1".into()),
        vat_number: Some("LV40003000000".into()),
        identification_number: Some("010190-10000".into()),
        affiliations: vec!["staff".into(), "club".into()],
        attributes: attributes(),
        privacy_opt_outs: vec!["marketing".into(), "profiling".into()],
        unknown: future(),
    };
    Customer::parse(&record, &latvia()).unwrap()
}

fn attributes() -> BTreeMap<String, AttributeValue> {
    let number = |text: &str| AttributeValue::Number(serde_json::from_str(text).unwrap());
    BTreeMap::from([
        ("club_member".into(), AttributeValue::YesNo(true)),
        ("discount".into(), number("7.5")),
        ("note".into(), AttributeValue::Text("\"citāts\" \u{1F600} \\".into())),
        ("shoe_size".into(), number("38")),
    ])
}

/// Only a name is required.
pub(crate) fn person_least() -> Customer {
    named(CustomerRecord { first_name: Some("Anna".into()), ..CustomerRecord::default() })
}

pub(crate) fn organization() -> Customer {
    let preference = Some(ReceiptPreference::Email);
    let name = Some("SIA \"Maiznīca\"".into());
    named(CustomerRecord {
        organization_name: name,
        receipt_preference: preference,
        ..CustomerRecord::default()
    })
}

fn named(record: CustomerRecord) -> Customer {
    Customer::parse(&record, &latvia()).unwrap()
}

pub(crate) fn address() -> AddressRecord {
    AddressRecord {
        id: address_id(0xadd1),
        purpose: Some(AddressPurpose::PostBox),
        country: Some("LV".into()),
        postal_code: Some("LV-1050".into()),
        state: Some("Rīga".into()),
        county: Some("Rīgas novads".into()),
        city: Some("Rīga".into()),
        street: Some("Brīvības iela 1-2".into()),
        building: Some("B".into()),
        attention_to: Some("Grāmatvedība".into()),
        contact_name: Some("Jānis".into()),
        contact_phone: Some("+37122222222".into()),
        contact_phone_typed: Some("2222-2222".into()),
        primary: true,
        unknown: future(),
    }
}

/// Before what was typed for its contact's phone was kept.
pub(crate) fn address_before_typed() -> AddressRecord {
    AddressRecord { contact_phone_typed: None, ..address() }
}

/// As it is once country and purpose are filled in.
pub(crate) fn address_least() -> AddressRecord {
    let typed = AddressRecord::new(address_id(0xadd2));
    let parsed = Address::parse(&typed, "address", &latvia(), AddressPurpose::Home);
    parsed.unwrap().record().clone()
}

/// Every stage, and the number.
pub(crate) fn accounts() -> Vec<(&'static str, Account)> {
    let discarded = Account::Pending(Stage::Discarded(refusal()));
    accounts_before_discarding().into_iter().chain([("discarded", discarded)]).collect()
}

/// Before headquarters' people told that they had given something up.
pub(crate) fn accounts_before_discarding() -> Vec<(&'static str, Account)> {
    let all = [
        Account::Pending(Stage::OnRegister),
        Account::Pending(Stage::InChannel),
        Account::Pending(Stage::AtHeadquarters),
        Account::Pending(Stage::NumberAssigned),
        Account::Pending(Stage::Refused(refusal())),
        Account::Synced(number()),
    ];
    let name = |account: &Account| match account {
        Account::Pending(Stage::OnRegister) => "on register",
        Account::Pending(Stage::InChannel) => "in channel",
        Account::Pending(Stage::AtHeadquarters) => "at headquarters",
        Account::Pending(Stage::NumberAssigned) => "number assigned",
        Account::Pending(Stage::Refused(_)) => "refused",
        Account::Pending(Stage::Discarded(_)) => "discarded",
        Account::Synced(_) => "synced",
    };
    all.into_iter().map(|account| (name(&account), account)).collect()
}

pub(crate) fn number() -> AccountNumber {
    AccountNumber::parse("C-0004007").unwrap()
}

pub(crate) fn card_number() -> LoyaltyCardNumber {
    LoyaltyCardNumber::parse("L000000042").unwrap()
}

pub(crate) fn refusal() -> Refusal {
    Refusal {
        code: ErrorCode::InvalidField,
        detail: "Šo lauku nevar saglabāt.".into(),
        field: Some("addresses[0].postal_code".into()),
    }
}

pub(crate) fn refusal_least() -> Refusal {
    Refusal { code: ErrorCode::UnknownCustomer, detail: String::new(), field: None }
}

/// What a register remembers outside of its database.
pub(crate) fn witness() -> Witness {
    let waiting = vec![Witnessed { id: operation_id(1), recorded_at: Timestamp(1_762_000_000_000) }];
    Witness { recorded: 9, references: 8, waiting, beyond: 2 }
}

pub(crate) fn reference() -> ShortReference {
    ShortReference::new("R1", 42)
}

/// Pending, with everything.
pub(crate) fn customer_state() -> CustomerState {
    CustomerState {
        customer_id: customer_id(1),
        account: Account::Pending(Stage::AtHeadquarters),
        stage_since: Some(Timestamp(1_762_000_000_000)),
        reference: Some(reference()),
        customer: person(),
        pending_addresses: vec![address_id(0xadd2)],
        loyalty_cards: vec![LoyaltyCard { number: card_number() }],
        loyalty_blocked: true,
    }
}

/// Before a stage said since when, and an address kept its contact's phone as typed.
pub(crate) fn customer_state_before_ages() -> CustomerState {
    CustomerState { stage_since: None, customer: person_at(address_before_typed()), ..customer_state() }
}

/// Synced, with nothing that need not be.
pub(crate) fn customer_state_least() -> CustomerState {
    CustomerState {
        customer_id: customer_id(2),
        account: Account::Synced(number()),
        stage_since: None,
        reference: None,
        customer: person_least(),
        pending_addresses: Vec::new(),
        loyalty_cards: Vec::new(),
        loyalty_blocked: false,
    }
}

pub(crate) fn settings() -> ChannelSettings {
    ChannelSettings {
        version: SettingsVersion(7),
        channel: "riga-centrs".into(),
        store_name: "Rīga Centrs".into(),
        country: latvia(),
        create_customer_async: true,
        generate_loyalty_card_number: true,
        filter_shared_customer_data: true,
        switches: switches(),
        default_customer: DefaultCustomer {
            kind: Some(CustomerKind::Person),
            customer_group: Some("regular".into()),
            receipt_preference: Some(ReceiptPreference::Paper),
            receipt_email: Some("ceki@inbox.lv".into()),
            currency: Some(kase_domain::Currency::parse("EUR").unwrap()),
            language: Some(Language::parse("lv").unwrap()),
            affiliations: vec!["club".into()],
        },
        affiliations: vec![Affiliation { id: "club".into(), name: "Klubs".into() }],
        customer_groups: vec![CustomerGroup { id: "regular".into(), name: "Pastāvīgie".into() }],
        attributes: definitions(),
        rescue_key: Some(RescueKey { kid: "2026-11".into(), x: "f83OJ3D2".into(), y: "x_FEzRu9".into() }),
    }
}

fn switches() -> FeatureSwitches {
    let both = FeatureSwitches::default().with(Switch::AsyncAddresses).unwrap();
    both.with(Switch::EnhancedCreation).unwrap().with(Switch::AsyncEditing).unwrap()
}

/// As a channel has them that was only just made: inside other messages, where they are not what is shown.
pub(crate) fn settings_least() -> ChannelSettings {
    ChannelSettings {
        version: SettingsVersion(1),
        create_customer_async: false,
        generate_loyalty_card_number: false,
        filter_shared_customer_data: false,
        switches: FeatureSwitches::default(),
        default_customer: DefaultCustomer::default(),
        affiliations: Vec::new(),
        customer_groups: Vec::new(),
        attributes: Vec::new(),
        rescue_key: None,
        ..settings()
    }
}

fn definitions() -> Vec<AttributeDefinition> {
    let texts = |en: &str, lv: &str| Translated::from([("en", en), ("lv", lv)]);
    let whole = AttributeDefinitionRecord {
        key: "shoe_size".into(),
        label: texts("Shoe size", "Apavu izmērs"),
        help: texts("As on the box", "Kā uz kastes"),
        type_: AttributeType::WholeNumber,
        unit: texts("EU", "EU"),
        choices: Vec::new(),
        least: Some(Decimal::from(15)),
        most: Some(Decimal::from(50)),
        default: Some(AttributeValue::Number(38.into())),
        group: texts("Clothes", "Apģērbs"),
        position: 2,
    };
    let bare = AttributeDefinitionRecord {
        help: Translated::default(),
        unit: Translated::default(),
        group: Translated::default(),
        least: None,
        most: None,
        default: None,
        position: 0,
        ..whole.clone()
    };
    let choice = AttributeChoice { value: "red".into(), label: texts("Red", "Sarkana") };
    let records = [
        whole,
        AttributeDefinitionRecord {
            key: "colour".into(),
            type_: AttributeType::Text,
            choices: vec![choice, AttributeChoice { value: "blue".into(), label: Translated::default() }],
            ..bare.clone()
        },
        AttributeDefinitionRecord { key: "discount".into(), type_: AttributeType::Decimal, ..bare.clone() },
        AttributeDefinitionRecord { key: "club_member".into(), type_: AttributeType::YesNo, ..bare },
    ];
    records.iter().map(|record| AttributeDefinition::parse(record).unwrap()).collect()
}
