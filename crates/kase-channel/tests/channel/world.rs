//! A channel in a folder of its own, and a headquarters that says what it is told to say.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures::StreamExt;
use kase_channel::{Channel, Device, HeadquartersTransport, Hints, TransportError};
use kase_domain::{
    Account, ChannelSettings, Country, DefaultCustomer, FeatureSwitches, RegisterName, SettingsVersion,
    Stage, Timestamp,
};
use kase_replication::{
    Change, CustomerState, Directory, Environment, OperationResult, OperatorEntry, Outcome, PerformAnswer,
    PullAnswer, PushAnswer, PushRequest, RecordedOperation, RegisterEntry,
};
use kase_service::Secrets;
use kase_text::Locale;
use serde_json::{json, value::to_raw_value};
use tempfile::TempDir;
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

/// Takes every push, answers pulls with what was put there, and cannot be asked in real time.
#[derive(Debug, Default)]
pub(crate) struct Headquarters {
    pub(crate) pulls: Mutex<VecDeque<PullAnswer>>,
    pub(crate) delivered: Mutex<Vec<String>>,
}

fn out_of_reach<T>() -> Result<T, TransportError> {
    Err(TransportError::Unreachable("switched off".into()))
}

#[async_trait]
impl HeadquartersTransport for Headquarters {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, TransportError> {
        let mut results = Vec::new();
        for raw in &request.operations {
            let recorded = RecordedOperation::parse(raw.clone()).unwrap();
            self.delivered.lock().unwrap().push(recorded.text().to_owned());
            let outcome = Outcome::Accepted(Account::Pending(Stage::AtHeadquarters));
            results.push(OperationResult { id: Some(recorded.operation().id), outcome });
        }
        Ok(PushAnswer { results })
    }

    async fn perform(&self, _: &PushRequest) -> Result<PerformAnswer, TransportError> {
        out_of_reach()
    }

    async fn pull(&self, _: Option<&str>, _: u32) -> Result<PullAnswer, TransportError> {
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
    _folder: TempDir,
}

impl World {
    /// A channel with register `RIGA-1`, code `code`, and operator `1001`, PIN `246810`.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (machine, headquarters) = (Arc::new(Machine::default()), Arc::new(Headquarters::default()));
        let path = folder.path().join("channel.sqlite");
        let channel =
            Channel::open("riga".into(), &path, machine.clone(), headquarters.clone()).await.unwrap();
        let world = Self { channel, machine, headquarters, _folder: folder };
        world.told(vec![Change::Settings(Box::new(settings())), directory("code", false).await]).await;
        world
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
        let answer = self.channel.push(device, &creation(id), Locale::En).await.unwrap();
        answer.results.into_iter().next().unwrap().outcome
    }
}

pub(crate) fn riga_1() -> RegisterName {
    "RIGA-1".into()
}

pub(crate) fn creation(id: u128) -> PushRequest {
    let id = Uuid::from_u128(id);
    let operation = json!({
        "id": id, "customer_id": id, "sequence": 0, "version": 1, "settings_version": 1, "operator": "1001",
        "recorded_at": 1, "kind": "create_customer",
        "payload": { "reference": "R1-0001", "customer": { "first_name": "Anna" } }
    });
    PushRequest { operations: vec![to_raw_value(&operation).unwrap()] }
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
