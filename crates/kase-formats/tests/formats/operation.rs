//! Recorded operations: the bytes in every outbox and log, for ever.

use kase_domain::{
    Action, AddressRecord, Customer, FieldChange, OPERATION_VERSION, Operation, OperatorId, SettingsVersion,
    Timestamp,
};
use kase_replication::{Fingerprint, RecordedOperation};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::format::{Cases, Fixtures, opens, read_cases};
use crate::sample;

/// Operations that say the same, whatever their bytes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Recorded(RecordedOperation);

impl PartialEq for Recorded {
    fn eq(&self, other: &Self) -> bool {
        self.0.operation() == other.0.operation()
    }
}

fn recorded(number: u128, action: Action) -> Recorded {
    let operation = Operation {
        id: sample::operation_id(number),
        customer_id: sample::customer_id(1),
        sequence: 3,
        version: OPERATION_VERSION,
        settings_version: SettingsVersion(7),
        operator: OperatorId::from("1001"),
        recorded_at: Timestamp(1_762_000_000_000),
        action,
    };
    Recorded(RecordedOperation::record(operation).unwrap())
}

fn change(field: &str, seen: Value, value: Value) -> FieldChange {
    FieldChange { field: field.into(), seen, value }
}

/// Each kind of operation, with an address as one version of the program knew it.
fn every_kind(whole: &AddressRecord, person: &Customer) -> Cases<Recorded> {
    let creation =
        |customer| Action::CreateCustomer { reference: sample::reference(), customer: Box::new(customer) };
    let address = serde_json::to_value(whole).unwrap();
    let all = vec![
        ("create a person", 1, creation(person.clone())),
        ("create a person of whom only the name is known", 1, creation(sample::person_least())),
        ("create an organization", 1, creation(sample::organization())),
        ("add an address", 2, Action::AddAddress { address: whole.clone() }),
        (
            "add an address of which nothing is known",
            3,
            Action::AddAddress { address: sample::address_least() },
        ),
        (
            "edit",
            4,
            Action::EditCustomer {
                changes: vec![
                    change("first_name", json!("Anna"), json!("Anete")),
                    change("title", Value::Null, json!("Dr.")),
                    change("phone", json!("+37121111111"), Value::Null),
                    change("addresses/018f0000-0000-7000-8000-00000000add1", Value::Null, address),
                    change("attributes/discount", json!(7.5), json!(10)),
                    change("privacy_opt_outs", json!([]), json!(["marketing"])),
                ],
            },
        ),
        ("edit nothing", 5, Action::EditCustomer { changes: Vec::new() }),
        ("issue a card", 6, Action::IssueLoyaltyCard { number: Some(sample::card_number()) }),
        ("issue a card whose number is generated", 7, Action::IssueLoyaltyCard { number: None }),
    ];
    all.into_iter().map(|(name, number, action)| (name, recorded(number, action))).collect()
}

/// A kind that is added does not compile here: it needs a case above.
#[allow(dead_code, reason = "it only has to compile")]
fn is_in_every_kind(action: &Action) {
    match action {
        Action::CreateCustomer { .. }
        | Action::AddAddress { .. }
        | Action::EditCustomer { .. }
        | Action::IssueLoyaltyCard { .. } => {}
    }
}

#[test]
fn every_operation_ever_recorded_is_understood() {
    let before_typed =
        every_kind(&sample::address_before_typed(), &sample::customer_state_before_ages().customer);
    opens("operation", &[before_typed, every_kind(&sample::address(), &sample::person())]);
}

#[test]
fn the_bytes_of_an_operation_stay_and_so_does_what_tells_them_from_others() {
    let fixtures = Fixtures::json("operation");
    for version in 1..=fixtures.count() {
        for (name, text) in read_cases(&fixtures.read(version)) {
            let recorded = RecordedOperation::parse_text(text.clone()).unwrap();
            assert_eq!(recorded.text(), text, "{name}");
            assert_eq!(recorded.fingerprint(), Fingerprint::of(text.as_bytes()), "{name}");
            let sent = serde_json::to_string(&[&recorded]).unwrap();
            assert_eq!(sent, format!("[{text}]"), "{name}");
        }
    }
    let (_, first) = read_cases(&fixtures.read(1)).swap_remove(0);
    let digest = "6fbedd2356dcd84852d9536a36da28d7f13835c9497cd087f5b0f8cf008c9a3e";
    assert_eq!(kase_service::hex(&Fingerprint::of(first.as_bytes()).0), digest, "receivers keep it for ever");
}
