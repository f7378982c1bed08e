//! Whom and what the stories are about.

use kase_domain::{
    Account, AccountNumber, ContactKind, ContactRecord, Country, Customer, CustomerId, CustomerRecord,
    ErrorCode, OperationId, Refusal, Stage,
};
use kase_register::{Device, NewCustomer};
use kase_replication::{Change, CustomerState, OperationState};
use uuid::Uuid;

pub fn customer_id(n: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(n))
}

pub fn operation(n: u128) -> OperationId {
    OperationId(Uuid::from_u128(n))
}

/// A new customer with a name and a phone.
pub fn anna(n: u128) -> NewCustomer {
    let record = CustomerRecord {
        first_name: Some(format!("Anna {n}")),
        phone: Some("2111 1111".into()),
        ..CustomerRecord::default()
    };
    NewCustomer {
        customer_id: customer_id(n),
        held_operation_id: operation(n + 1_000),
        correction_id: operation(n + 2_000),
        reference_count: 1,
        record,
    }
}

/// The same with fields that are closed for pending customers.
pub fn full_anna(n: u128) -> NewCustomer {
    let mut new = anna(n);
    new.record.title = Some("Dr.".into());
    new.record.contacts = vec![ContactRecord {
        kind: ContactKind::Email,
        value: "anna@inbox.lv".into(),
        typed: None,
        marketing_consent: true,
    }];
    new
}

pub fn latvia() -> Country {
    Country::parse("LV").unwrap()
}

pub fn synced(number: &str) -> Account {
    Account::Synced(AccountNumber::parse(number).unwrap())
}

pub fn refusal(code: ErrorCode) -> Refusal {
    Refusal { code, detail: "no".into(), field: None }
}

pub fn change_customer(n: u128, number: &str) -> Change {
    let record = CustomerRecord { first_name: Some(format!("Anna {n}")), ..CustomerRecord::default() };
    let customer = Customer::parse(&record, &latvia()).unwrap();
    Change::Customer(Box::new(CustomerState::new(customer_id(n), synced(number), customer)))
}

/// How far the operation `id` of customer `n` has come.
pub fn operation_at(id: u128, n: u128, progress: Option<Stage>) -> Change {
    Change::Operation(OperationState { id: operation(id), customer_id: customer_id(n), progress })
}

/// A customer as another register's would come by the feed.
pub fn copy_of_anna(n: u128) -> CustomerState {
    match change_customer(n, "C-1") {
        Change::Customer(state) => *state,
        _ => unreachable!("it is a customer"),
    }
}

pub fn device() -> Device {
    Device {
        register: "RIGA-1".into(),
        channel: "riga-centrs".into(),
        reference_prefix: "R1".into(),
        token: "secret".into(),
        delivers_only: false,
    }
}
