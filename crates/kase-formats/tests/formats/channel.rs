//! A channel's database of every migration: what stood there means the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures::StreamExt;
use kase_channel::{Channel, Device, HeadquartersTransport, Hints, TransportError};
use kase_domain::{
    Account, AccountNumber, CustomerId, ErrorCode, OperationId, Refusal, SettingsVersion, Stage, Timestamp,
};
use kase_replication::{
    Change, Claim, CustomerState, Environment, OperationResult, Outcome, PerformAnswer, PullAnswer,
    PushAnswer, PushRequest, Remark, Witnessed,
};
use kase_text::Locale;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::database::Databases;
use crate::format::Fixtures;
use crate::sample::{address_id, customer_id, operation_id};

fn databases() -> Databases {
    Databases { package: "kase-channel", fixtures: Fixtures::sql("channel-database") }
}

/// An hour after what is in the fixtures.
pub(crate) struct Machine;

impl Environment for Machine {
    fn now(&self) -> Timestamp {
        Timestamp(1_762_003_600_000)
    }

    fn new_id(&self) -> Uuid {
        Uuid::from_u128(0xfeed)
    }

    fn random(&self) -> [u8; 32] {
        [9; 32]
    }
}

/// Headquarters that takes everything, and has what it is given to tell.
#[derive(Default)]
struct Headquarters {
    tells: Mutex<Vec<Change>>,
    asked_after: Mutex<Vec<Option<String>>>,
    pushed: Mutex<Vec<String>>,
    performed: Mutex<Vec<OperationId>>,
    remarks: Mutex<BTreeMap<OperationId, Remark>>,
    claims: Mutex<BTreeMap<OperationId, Claim>>,
    copies: Mutex<Vec<CustomerId>>,
}

fn id_of(raw: &RawValue) -> OperationId {
    let operation: Value = serde_json::from_str(raw.get()).unwrap();
    serde_json::from_value(operation["id"].clone()).unwrap()
}

fn accepted(request: &PushRequest, account: &Account) -> Vec<OperationResult> {
    let result = |raw: &RawValue| OperationResult {
        id: Some(id_of(raw)),
        outcome: Outcome::Accepted(account.clone()),
    };
    request.operations.iter().map(|raw| result(raw)).collect()
}

#[async_trait]
impl HeadquartersTransport for Headquarters {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, TransportError> {
        let texts = request.operations.iter().map(|raw| raw.get().to_owned());
        self.pushed.lock().unwrap().extend(texts);
        self.remarks.lock().unwrap().extend(request.remarks.clone());
        self.claims.lock().unwrap().extend(request.claims.clone());
        self.copies.lock().unwrap().extend(request.copies.iter().map(|copy| copy.customer_id));
        Ok(PushAnswer { results: accepted(request, &Account::Pending(Stage::AtHeadquarters)) })
    }

    async fn perform(&self, request: &PushRequest) -> Result<PerformAnswer, TransportError> {
        self.performed.lock().unwrap().extend(request.operations.iter().map(|raw| id_of(raw)));
        let number = Account::Synced(AccountNumber::parse("C-0004009").unwrap());
        Ok(PerformAnswer { results: accepted(request, &number), changes: Vec::new() })
    }

    async fn pull(&self, cursor: Option<&str>, _: u32) -> Result<PullAnswer, TransportError> {
        self.asked_after.lock().unwrap().push(cursor.map(str::to_owned));
        let changes = std::mem::take(&mut *self.tells.lock().unwrap());
        Ok(PullAnswer {
            changes,
            cursor: "018f000000007000800000000000da1b.50".into(),
            ..PullAnswer::default()
        })
    }

    async fn hints(&self) -> Result<Hints, TransportError> {
        Ok(futures::stream::empty().boxed())
    }

    async fn search(&self, _: &str, _: u32) -> Result<Vec<CustomerState>, TransportError> {
        Ok(Vec::new())
    }
}

async fn open(path: &Path, headquarters: &Arc<Headquarters>) -> Channel {
    let headquarters = Arc::clone(headquarters);
    Channel::open("riga-centrs".into(), path, Arc::new(Machine), headquarters).await.unwrap()
}

/// A token of the fixtures.
fn token(byte: &str) -> String {
    format!("riga-centrs.{}", byte.repeat(32))
}

async fn pushed(channel: &Channel, device: &Device, text: &str) -> Outcome {
    let operations = vec![RawValue::from_string(text.to_owned()).unwrap()];
    let request = PushRequest { operations, ..PushRequest::default() };
    channel.push(device, &request, Locale::En).await.unwrap().results.remove(0).outcome
}

/// The creation of the fixtures' customer 1, as it was recorded.
const ANNA: &str = r#"{"id":"018f0000-0000-7000-8000-000000000001","customer_id":"018f0000-0000-7000-8000-000000000001","sequence":0,"version":1,"settings_version":2,"operator":"1001","recorded_at":1762000000001,"kind":"create_customer","payload":{"reference":"R1-0001","customer":{"kind":"person","first_name":"Anna","last_name":"Kalniņa","phone":"+37121111111"}}}"#;

#[tokio::test]
async fn every_database_of_a_channel_opens_with_all_that_stood_there() {
    let databases = databases();
    for version in 1..=databases.count().await {
        let folder = tempfile::tempdir().unwrap();
        let path = databases.load(version, folder.path()).await;
        let headquarters = Arc::new(Headquarters::default());
        let channel = open(&path, &headquarters).await;
        println!("migration {version}");
        what_waits(&channel, version).await;
        what_an_earlier_browser_told(&channel, version).await;
        who_works_there(&channel).await;
        whose_addresses_are_known(&channel, version).await;
        let device = channel.device(&token("01")).await.unwrap();
        what_registers_are_told(&channel, &device).await;
        what_was_recorded_is_known(&channel, &device).await;
        settings_of_then_judge(&channel, &device).await;
        what_goes_on(&channel, &headquarters, version).await;
        what_a_register_had_been_told(&channel, &device, version).await;
    }
}

/// An address stands for its customer since before its id was an alias, and since then also once it is gone.
async fn whose_addresses_are_known(channel: &Channel, version: usize) {
    for (address, is_known) in [(0xadd1, true), (0xadd3, version >= 6)] {
        let found = channel.customer(&address_id(address).to_string()).await;
        let owner = found.ok().map(|state| state.customer_id);
        assert_eq!(owner, is_known.then(|| customer_id(2)), "{address:x}");
    }
}

async fn what_waits(channel: &Channel, version: usize) {
    let status = channel.status().await.unwrap();
    let waiting: Vec<(&str, u64)> =
        status.waiting.iter().map(|waiting| (waiting.progress.as_str(), waiting.count)).collect();
    // Two that a remark goes with since migration 2.
    let ready = if version >= 2 { 3 } else { 1 };
    let expected = [("asked", 1), ("delivered", 4), ("held", 1), ("ready", ready), ("refused", 1)];
    assert_eq!((status.customers, &waiting[..]), (6, &expected[..]));
    assert_eq!(status.passed_over, u64::from(version >= 5));
}

/// In the fixtures since migration 5.
async fn what_an_earlier_browser_told(channel: &Channel, version: usize) {
    let remembered = channel.remembered(&"RIGA-1".into()).await.unwrap();
    assert_eq!(remembered.references, if version >= 5 { 41 } else { 4 });
    let earlier = remembered.earlier.map(|earlier| (earlier.recorded, earlier.waiting, earlier.beyond));
    let lost = Witnessed { id: operation_id(0x41), recorded_at: Timestamp(1_761_999_999_991) };
    assert_eq!(earlier, (version >= 5).then(|| (7, vec![lost], 2)));
}

async fn who_works_there(channel: &Channel) {
    let device = channel.device(&token("01")).await.unwrap();
    assert_eq!((device.register.as_str(), device.kiosk, device.may_work().is_ok()), ("RIGA-1", false, true));
    let replaced = channel.device(&token("02")).await.unwrap();
    let deactivated = channel.device(&token("03")).await.unwrap();
    assert!(replaced.may_work().is_err() && deactivated.may_work().is_err());
    assert!(channel.has_register(&"KIOSK-1".into()).await.unwrap());
    let session = channel.session(&token("04")).await.unwrap();
    assert_eq!((session.operator.as_str(), session.expires_at.0), ("1001", 1_762_043_200_000));
    assert!(channel.session(&token("05")).await.is_err(), "signed out");
    let manager = channel.sign_in(&device, &"9001".into(), "135790".into()).await.unwrap();
    assert!(manager.manager && manager.name == "Ilze Bērziņa");
    assert!(channel.sign_in(&device, &"1001".into(), "135790".into()).await.is_err());
}

async fn what_registers_are_told(channel: &Channel, device: &Device) {
    let answer = channel.pull(device, None, None).await.unwrap();
    let (mut customers, mut operations, mut settings) = (BTreeMap::new(), BTreeMap::new(), None);
    for change in answer.changes {
        match change {
            Change::Customer(state) => drop(customers.insert(state.customer_id, *state)),
            Change::Operation(state) => drop(operations.insert(state.id, state.progress)),
            Change::Settings(told) => settings = Some(told),
            Change::Directory(_) => panic!("a register is told who may work"),
            Change::Unreadable(change) => panic!("{} cannot be read any more", change.key()),
        }
    }
    let field = Some("email".into());
    let refusal = Refusal { code: ErrorCode::InvalidField, detail: "E-pasta adresē nav @.".into(), field };
    let number = |text| Account::Synced(AccountNumber::parse(text).unwrap());
    for (of, account) in [
        (1, Account::Pending(Stage::InChannel)),
        (2, number("C-0004007")),
        (3, Account::Pending(Stage::AtHeadquarters)),
        (4, Account::Pending(Stage::Refused(refusal.clone()))),
        (5, Account::Pending(Stage::NumberAssigned)),
        (7, number("C-0004008")),
    ] {
        assert_eq!(customers[&customer_id(of)].account, account, "customer {of}");
    }
    let janis = &customers[&customer_id(2)];
    let record = serde_json::to_value(&janis.customer).unwrap();
    assert_eq!((&record["future"]["tier"], &record["attributes"]["note"]), (&json!(1), &json!("O'Brien")));
    assert_eq!(
        (&record["phone_typed"], record["addresses"].as_array().unwrap().len()),
        (&json!("22 222 222"), 2)
    );
    assert_eq!((janis.pending_addresses.len(), janis.loyalty_cards.len()), (1, 1));
    assert!(customers[&customer_id(7)].loyalty_blocked);
    assert_eq!(customers[&customer_id(1)].reference.as_ref().unwrap().as_str(), "R1-0001");
    for (of, progress) in [
        (1, Some(Stage::InChannel)),
        (2, None),
        (3, Some(Stage::AtHeadquarters)),
        (4, Some(Stage::Refused(refusal))),
        (5, Some(Stage::NumberAssigned)),
        (0x11, Some(Stage::InChannel)),
        (0x12, Some(Stage::AtHeadquarters)),
    ] {
        assert_eq!(operations[&operation_id(of)], progress, "operation {of:x}");
    }
    assert!(matches!(operations[&operation_id(0x13)], Some(Stage::Refused(_))));
    let settings = settings.unwrap();
    assert_eq!((settings.version, settings.affiliations.len()), (SettingsVersion(2), 1));
}

async fn what_was_recorded_is_known(channel: &Channel, device: &Device) {
    let again = pushed(channel, device, ANNA).await;
    assert!(matches!(again, Outcome::Duplicate(Account::Pending(Stage::InChannel))), "{again:?}");
    let other = pushed(channel, device, &ANNA.replace("Anna", "Berta")).await;
    assert!(matches!(&other, Outcome::Refused(refusal) if refusal.code == ErrorCode::IdempotencyMismatch));
}

/// An edit of the pending customer 5: closed under version 1, open under version 2.
async fn settings_of_then_judge(channel: &Channel, device: &Device) {
    let edit = |id: u128, version: u64| {
        let change = json!({ "field": "last_name", "seen": null, "value": "Ozola" });
        let operation = json!({
            "id": operation_id(id), "customer_id": customer_id(5), "sequence": 1, "version": 1,
            "settings_version": version, "operator": "1001", "recorded_at": 1, "kind": "edit_customer",
            "payload": { "changes": [change] }
        });
        operation.to_string()
    };
    let closed = pushed(channel, device, &edit(0x31, 1)).await;
    assert!(
        matches!(&closed, Outcome::Refused(refusal) if refusal.code == ErrorCode::CustomerPendingEdit),
        "{closed:?}"
    );
    let open = pushed(channel, device, &edit(0x32, 2)).await;
    assert!(matches!(&open, Outcome::Accepted(Account::Pending(_))), "{open:?}");
}

/// What waited goes to headquarters as it was recorded, and what was held follows its number.
async fn what_goes_on(channel: &Channel, headquarters: &Headquarters, version: usize) {
    while channel.push_once().await.unwrap() {}
    // Of the stretch that is delivered again, what was new is sent twice.
    let texts: BTreeSet<String> = headquarters.pushed.lock().unwrap().iter().cloned().collect();
    assert!(texts.contains(ANNA));
    // With the two edits just made; since migration 2 two with remarks, since migration 3 one that is delivered again.
    let expected = match version {
        1 => 3,
        2 => 5,
        _ => 6,
    };
    assert_eq!(texts.len(), expected, "{texts:?}");
    if version >= 2 {
        let remarks = headquarters.remarks.lock().unwrap();
        assert!(
            matches!(&remarks[&operation_id(0x21)], Remark::Refused(refusal) if refusal.code == ErrorCode::TooLong)
        );
        assert!(
            matches!(&remarks[&operation_id(0x22)], Remark::Review { register } if register.as_str() == "RIGA-2")
        );
    }
    if version >= 3 {
        let claims = headquarters.claims.lock().unwrap();
        let number = AccountNumber::parse("C-0004007").ok();
        let loyalty_cards = Vec::new();
        let claim = Claim { performed: true, took_effect: true, account_number: number, loyalty_cards };
        assert_eq!(claims.get(&operation_id(2)), Some(&claim));
    }
    // Since migration 8 a copy of whom headquarters has not told since it came back from a backup.
    let copies = if version >= 8 { vec![customer_id(7)] } else { Vec::new() };
    assert_eq!(*headquarters.copies.lock().unwrap(), copies);
    let anna = CustomerState {
        customer_id: customer_id(1),
        account: Account::Synced(AccountNumber::parse("C-0004009").unwrap()),
        customer: crate::sample::person_least(),
        ..crate::sample::customer_state_least()
    };
    headquarters.tells.lock().unwrap().push(Change::Customer(Box::new(anna)));
    assert_eq!(channel.pull_once().await, Ok(false));
    let asked_after = headquarters.asked_after.lock().unwrap().clone();
    // What another version of the program passed over, this one asks for again.
    let known = (version < 5).then(|| "018f000000007000800000000000da1b.42".to_owned());
    assert_eq!(asked_after, [known]);
    assert_eq!(channel.status().await.unwrap().passed_over, 0);
    // It is judged by the switches of the day it was recorded, so it is asked for.
    let performed = headquarters.performed.lock().unwrap().clone();
    assert!(performed.contains(&operation_id(0x11)), "what was held for the number: {performed:?}");
}

/// A channel that was restored, which is known since migration 7, believes what its register had been told.
async fn what_a_register_had_been_told(channel: &Channel, device: &Device, version: usize) {
    let id = operation_id(0x41);
    let text = ANNA.replace(&operation_id(1).to_string(), &id.to_string());
    let account_number = AccountNumber::parse("C-0004099").ok();
    let claim = Claim { took_effect: true, account_number, ..Claim::default() };
    let operations = vec![RawValue::from_string(text).unwrap()];
    let request = PushRequest { operations, claims: [(id, claim)].into(), ..PushRequest::default() };
    let answer = channel.push(device, &request, Locale::En).await.unwrap();
    let Outcome::Accepted(account) = &answer.results[0].outcome else { panic!("{answer:?}") };
    assert_eq!(account.is_pending(), version < 7, "{account:?}");
}
