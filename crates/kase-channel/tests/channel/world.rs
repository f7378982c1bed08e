//! A channel in a folder of its own, and a headquarters that says what it is told to say.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures::StreamExt;
use kase_channel::{Channel, Device, HeadquartersTransport, Hints, TransportError};
use kase_domain::{
    Account, AccountNumber, ChannelSettings, Country, Customer, CustomerId, DefaultCustomer, FeatureSwitches,
    OperationId, RegisterName, SettingsVersion, Stage, Timestamp,
};
use kase_replication::{
    Change, Claim, CustomerState, Directory, Environment, OperationResult, OperatorEntry, Outcome,
    PerformAnswer, PullAnswer, PushAnswer, PushRequest, RecordedOperation, RegisterEntry, Remark,
};
use kase_service::Secrets;
use kase_text::Locale;
use serde_json::{Value, json, value::to_raw_value};
use tempfile::TempDir;
use tokio::sync::oneshot;
use uuid::Uuid;

/// A clock that stands still until it is told, and ids and random bytes that count.
#[derive(Debug, Default)]
pub(crate) struct Machine {
    now: AtomicI64,
    count: AtomicU64,
}

impl Machine {
    pub(crate) fn pass_ms(&self, ms: u64) {
        self.now.fetch_add(i64::try_from(ms).unwrap(), Ordering::SeqCst);
    }
}

impl Environment for Machine {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn new_id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.count.fetch_add(1, Ordering::SeqCst)) + 1_000)
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.count.fetch_add(1, Ordering::SeqCst).to_le_bytes());
        bytes
    }
}

/// Takes every push, answers pulls and real-time calls with what was put there, and else is out of reach.
#[derive(Debug, Default)]
pub(crate) struct Headquarters {
    pub(crate) pulls: Mutex<VecDeque<PullAnswer>>,
    /// After which cursors it was asked for changes.
    pub(crate) cursors: Mutex<Vec<Option<String>>>,
    pub(crate) performs: Mutex<VecDeque<(Outcome, Vec<Change>)>>,
    /// Real-time calls that were made, without those of nothing.
    pub(crate) calls: AtomicU64,
    /// Whether a real-time call of nothing is answered.
    pub(crate) works: AtomicBool,
    /// Customers that it fails at.
    pub(crate) failing: Mutex<BTreeSet<CustomerId>>,
    /// How it fails at the next delivery, and at the next pull.
    pub(crate) push_fails: Mutex<Option<TransportError>>,
    pub(crate) pull_fails: Mutex<Option<TransportError>>,
    pub(crate) delivered: Mutex<Vec<String>>,
    pub(crate) remarks: Mutex<BTreeMap<OperationId, Remark>>,
    pub(crate) claims: Mutex<BTreeMap<OperationId, Claim>>,
    /// Copies that it was offered.
    pub(crate) copies: Mutex<Vec<CustomerState>>,
    /// Real-time calls wait for it, when it is there.
    pub(crate) gate: Mutex<Option<oneshot::Receiver<()>>>,
}

fn out_of_reach<T>() -> Result<T, TransportError> {
    Err(TransportError::Unreachable("switched off".into()))
}

#[async_trait]
impl HeadquartersTransport for Headquarters {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, TransportError> {
        if let Some(error) = self.push_fails.lock().unwrap().take() {
            return Err(error);
        }
        let mut results = Vec::new();
        self.remarks.lock().unwrap().extend(request.remarks.clone());
        self.claims.lock().unwrap().extend(request.claims.clone());
        self.copies.lock().unwrap().extend(request.copies.clone());
        for raw in &request.operations {
            let id = id_of(serde_json::from_str::<Value>(raw.get()).unwrap()["id"].clone());
            self.delivered.lock().unwrap().push(raw.get().to_owned());
            let stage = match request.remarks.get(&id) {
                Some(Remark::Refused(refusal)) => Stage::Refused(refusal.clone()),
                Some(Remark::Review { .. }) | None => Stage::AtHeadquarters,
            };
            let outcome = Outcome::Accepted(Account::Pending(stage));
            results.push(OperationResult { id: Some(id), outcome });
        }
        Ok(PushAnswer { results })
    }

    async fn perform(&self, request: &PushRequest) -> Result<PerformAnswer, TransportError> {
        if request.operations.is_empty() {
            let nothing = PerformAnswer { results: Vec::new(), changes: Vec::new() };
            return if self.works.load(Ordering::SeqCst) { Ok(nothing) } else { out_of_reach() };
        }
        self.calls.fetch_add(1, Ordering::SeqCst);
        let gate = self.gate.lock().unwrap().take();
        if let Some(gate) = gate {
            gate.await.unwrap();
        }
        let recorded = RecordedOperation::parse(request.operations[0].clone()).unwrap();
        if self.failing.lock().unwrap().contains(&recorded.operation().customer_id) {
            return Err(TransportError::Failed("at this one".into()));
        }
        let Some((outcome, changes)) = self.performs.lock().unwrap().pop_front() else {
            return out_of_reach();
        };
        let results = vec![OperationResult { id: Some(recorded.operation().id), outcome }];
        Ok(PerformAnswer { results, changes })
    }

    async fn pull(&self, cursor: Option<&str>, _: u32) -> Result<PullAnswer, TransportError> {
        if let Some(error) = self.pull_fails.lock().unwrap().take() {
            return Err(error);
        }
        self.cursors.lock().unwrap().push(cursor.map(str::to_owned));
        self.pulls.lock().unwrap().pop_front().map_or_else(out_of_reach, Ok)
    }

    async fn hints(&self) -> Result<Hints, TransportError> {
        Ok(futures::stream::empty().boxed())
    }

    async fn search(&self, _: &str, _: u32) -> Result<Vec<CustomerState>, TransportError> {
        out_of_reach()
    }
}

/// All of it together.
pub(crate) struct World {
    pub(crate) channel: Channel,
    pub(crate) machine: Arc<Machine>,
    pub(crate) headquarters: Arc<Headquarters>,
    folder: TempDir,
}

impl World {
    /// A channel with register `RIGA-1`, code `code`, and operator `1001`, PIN `246810`.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (machine, headquarters) = (Arc::new(Machine::default()), Arc::new(Headquarters::default()));
        let path = folder.path().join("channel.sqlite");
        let channel =
            Channel::open("riga".into(), &path, machine.clone(), headquarters.clone()).await.unwrap();
        let world = Self { channel, machine, headquarters, folder };
        world.told(vec![Change::Settings(Box::new(settings())), directory("code", false).await]).await;
        world
    }

    /// The file of its database.
    pub(crate) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("channel.sqlite")
    }

    /// Starts the channel again over its file.
    pub(crate) async fn reopen(&mut self) {
        let headquarters = Arc::clone(&self.headquarters) as _;
        self.channel =
            Channel::open("riga".into(), &self.path(), self.machine.clone(), headquarters).await.unwrap();
    }

    /// Headquarters says `changes`.
    pub(crate) async fn told(&self, changes: Vec<Change>) {
        self.pulled(PullAnswer { changes, cursor: "c".into(), ..PullAnswer::default() }).await;
    }

    pub(crate) async fn pulled(&self, answer: PullAnswer) {
        self.headquarters.pulls.lock().unwrap().push_back(answer);
        assert_eq!(self.channel.pull_once().await, Ok(false));
    }

    /// Activates a browser.
    pub(crate) async fn device(&self, code: &str) -> Device {
        let token = self.channel.activate(&riga_1(), code.to_owned(), None).await.unwrap();
        self.channel.device(&token).await.unwrap()
    }

    /// Delivers a creation; its result.
    pub(crate) async fn push(&self, device: &Device, id: u128) -> Outcome {
        self.push_one(device, &creation(id)).await
    }

    /// Delivers one operation; its result.
    pub(crate) async fn push_one(&self, device: &Device, request: &PushRequest) -> Outcome {
        let answer = self.channel.push(device, request, Locale::En).await.unwrap();
        answer.results.into_iter().next().unwrap().outcome
    }

    /// How far an operation has come, as its register is told.
    pub(crate) async fn told_to_register(&self, device: &Device, id: u128) -> Option<Stage> {
        let answer = self.channel.pull(device, None, None).await.unwrap();
        let state = answer.changes.into_iter().find_map(|change| match change {
            Change::Operation(state) if state.id == operation_id(id) => Some(state),
            _ => None,
        });
        state.unwrap().progress
    }

    /// Real-time calls that were made until now.
    pub(crate) fn calls(&self) -> u64 {
        self.headquarters.calls.load(Ordering::SeqCst)
    }

    /// What was delivered to headquarters until now, by its ids.
    pub(crate) fn delivered(&self) -> Vec<OperationId> {
        let texts = self.headquarters.delivered.lock().unwrap();
        texts
            .iter()
            .map(|text| serde_json::from_str::<Value>(text).unwrap()["id"].clone())
            .map(id_of)
            .collect()
    }
}

pub(crate) fn riga_1() -> RegisterName {
    "RIGA-1".into()
}

fn id_of(value: Value) -> OperationId {
    serde_json::from_value(value).unwrap()
}

pub(crate) fn operation_id(id: u128) -> OperationId {
    OperationId(Uuid::from_u128(id))
}

pub(crate) fn creation(id: u128) -> PushRequest {
    creation_of(id, json!({ "first_name": "Anna" }))
}

pub(crate) fn creation_of(id: u128, customer: Value) -> PushRequest {
    operation(id, id, "create_customer", json!({ "reference": "R1-0001", "customer": customer }))
}

/// The operation `id` that changes the first name of `customer`.
pub(crate) fn edit(id: u128, customer: u128) -> PushRequest {
    let change = json!({ "field": "first_name", "seen": "Anna", "value": "Anete" });
    operation(id, customer, "edit_customer", json!({ "changes": [change] }))
}

pub(crate) fn operation(id: u128, customer: u128, kind: &str, payload: Value) -> PushRequest {
    let operation = json!({
        "id": Uuid::from_u128(id), "customer_id": Uuid::from_u128(customer), "sequence": 0, "version": 1,
        "settings_version": 1, "operator": "1001", "recorded_at": 1, "kind": kind, "payload": payload
    });
    PushRequest { operations: vec![to_raw_value(&operation).unwrap()], ..PushRequest::default() }
}

/// The customer `id` as headquarters has it.
pub(crate) fn synced(id: u128) -> Change {
    let record = serde_json::from_value(json!({ "first_name": "Anna" })).unwrap();
    Change::Customer(Box::new(CustomerState::new(
        CustomerId(Uuid::from_u128(id)),
        Account::Synced(AccountNumber::parse(&format!("C-{id}")).unwrap()),
        Customer::parse(&record, &Country::parse("LV").unwrap()).unwrap(),
    )))
}

pub(crate) fn settings() -> ChannelSettings {
    ChannelSettings {
        version: SettingsVersion(1),
        channel: "riga".into(),
        store_name: "Rīga".into(),
        country: Country::parse("LV").unwrap(),
        create_customer_async: false,
        generate_loyalty_card_number: true,
        filter_shared_customer_data: false,
        switches: FeatureSwitches::default(),
        default_customer: DefaultCustomer::default(),
        affiliations: Vec::new(),
        customer_groups: Vec::new(),
        attributes: Vec::new(),
        rescue_key: None,
    }
}

pub(crate) async fn directory(code: &str, deactivated: bool) -> Change {
    directory_of(RegisterEntry { deactivated, ..entry(code).await }).await
}

pub(crate) async fn entry(code: &str) -> RegisterEntry {
    RegisterEntry {
        name: riga_1(),
        reference_prefix: "R1".into(),
        activation_hash: Some(Secrets::default().hash(code.into(), [1; 32]).await.unwrap()),
        activation_reusable: false,
        kiosk: false,
        deactivated: false,
    }
}

pub(crate) async fn directory_of(register: RegisterEntry) -> Change {
    let secrets = Secrets::default();
    let operator = OperatorEntry {
        id: "1001".into(),
        name: "Anna".into(),
        pin_hash: secrets.hash("246810".into(), [2; 32]).await.unwrap(),
        manager: false,
    };
    Change::Directory(Directory { registers: vec![register], operators: vec![operator] })
}
