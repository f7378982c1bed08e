//! A demo chain in a temporary file, and the words in which the tests speak of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use kase_domain::{
    Account, Action, AddressId, AddressRecord, Country, Customer, CustomerId, ErrorCode, FieldChange,
    LoyaltyCardNumber, OPERATION_VERSION, Operation, OperationId, OperatorId, SettingsVersion,
    ShortReference, Stage, Timestamp,
};
use kase_headquarters::{FeatureChange, GivenOut, Headquarters, OperationOverview, Progress, Restored};
use kase_replication::{
    Change, Claim, CustomerState, Environment, OperationResult, OperationState, Outcome, PerformAnswer,
    PullAnswer, PushRequest, RecordedOperation,
};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use uuid::Uuid;

/// A clock that only the test moves, and ids in order.
pub(crate) struct TestEnvironment {
    now: AtomicI64,
    count: AtomicU64,
}

impl Environment for TestEnvironment {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    fn new_id(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.count.fetch_add(1, Ordering::SeqCst)) | (7 << 76))
    }

    fn random(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.count.fetch_add(1, Ordering::SeqCst).to_le_bytes());
        bytes
    }
}

pub(crate) struct World {
    pub(crate) headquarters: Arc<Headquarters>,
    pub(crate) environment: Arc<TestEnvironment>,
    pub(crate) folder: tempfile::TempDir,
    /// What its restores go on from, as `kase-server restore` keeps it.
    given_out: GivenOut,
}

pub(crate) const RIGA: &str = "riga-centrs";
pub(crate) const SHOP: &str = "web-shop";
pub(crate) const TARTU: &str = "tartu-kesklinn";

static SEEDED: OnceCell<tempfile::TempDir> = OnceCell::const_new();

/// Switches by their names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    Addresses,
    Enhanced,
    Editing,
}

impl World {
    /// A demo chain of its own. It is seeded once per run of the tests, and copied.
    pub(crate) async fn new() -> Self {
        let environment =
            Arc::new(TestEnvironment { now: AtomicI64::new(1_790_000_000_000), count: AtomicU64::new(1) });
        let seeded = SEEDED
            .get_or_init(|| async {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("hq.db");
                let headquarters = Headquarters::open(&path, environment.clone()).await.unwrap();
                headquarters.seed_demo().await.unwrap();
                // The last connection that closes writes everything into the one file.
                headquarters.close().await;
                folder
            })
            .await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hq.db");
        std::fs::copy(seeded.path().join("hq.db"), &path).unwrap();
        let headquarters = Headquarters::open(&path, environment.clone()).await.unwrap();
        let given_out = GivenOut::default();
        Self { headquarters: Arc::new(headquarters), environment, folder, given_out }
    }

    /// Stops and starts headquarters: the same file, a new process as far as memory goes.
    pub(crate) async fn restart(&mut self) {
        self.headquarters.close().await;
        let path = self.folder.path().join("hq.db");
        self.headquarters = Arc::new(Headquarters::open(&path, self.environment.clone()).await.unwrap());
    }

    /// Copies the database, as a backup does.
    pub(crate) async fn backup(&mut self) {
        self.headquarters.close().await;
        std::fs::copy(self.folder.path().join("hq.db"), self.folder.path().join("backup.db")).unwrap();
        self.restart().await;
    }

    /// Brings the copy back, and keeps what stood there.
    pub(crate) async fn restore(&mut self, skip_numbers: u64, knows_replaced: bool) -> Restored {
        self.headquarters.close().await;
        let path = |name: &str| self.folder.path().join(name);
        std::fs::rename(path("hq.db"), path("replaced.db")).unwrap();
        std::fs::copy(path("backup.db"), path("hq.db")).unwrap();
        let replaced = knows_replaced.then(|| path("replaced.db"));
        let environment = self.environment.clone();
        let restored = kase_headquarters::restored(
            &path("hq.db"),
            environment,
            skip_numbers,
            &self.given_out,
            replaced.as_deref(),
        )
        .await;
        self.restart().await;
        let restored = restored.unwrap();
        self.given_out = restored.given_out.clone();
        restored
    }

    /// Delivers again, with what the channel had been told.
    pub(crate) async fn push_again(
        &self,
        channel: &str,
        operations: &[(RecordedOperation, Claim)],
    ) -> Vec<OperationResult> {
        let all: Vec<RecordedOperation> = operations.iter().map(|(operation, _)| operation.clone()).collect();
        let claims = operations.iter().map(|(operation, claim)| (operation.operation().id, claim.clone()));
        let request = PushRequest { claims: claims.collect(), ..request(&all) };
        self.headquarters.push(&channel.into(), &request).await.unwrap().results
    }

    pub(crate) fn pass_ms(&self, ms: i64) {
        self.environment.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> i64 {
        self.environment.now().0
    }

    pub(crate) async fn version(&self, channel: &str) -> SettingsVersion {
        self.headquarters.settings(&channel.into()).await.unwrap().unwrap().version
    }

    pub(crate) async fn switch(&self, on: &[On]) {
        let is_on = |switch| Some(on.contains(&switch));
        let change = FeatureChange {
            async_addresses: is_on(On::Addresses),
            enhanced_creation: is_on(On::Enhanced),
            async_editing: is_on(On::Editing),
        };
        self.headquarters.change_features(&change, "admin").await.unwrap();
    }

    pub(crate) async fn push(&self, channel: &str, operations: &[RecordedOperation]) -> Vec<OperationResult> {
        self.headquarters.push(&channel.into(), &request(operations)).await.unwrap().results
    }

    pub(crate) async fn perform(&self, channel: &str, operations: &[RecordedOperation]) -> PerformAnswer {
        self.headquarters.perform(&channel.into(), &request(operations)).await.unwrap()
    }

    pub(crate) async fn convert(&self) -> Progress {
        self.headquarters.run_conversion(10_000).await.unwrap()
    }

    pub(crate) async fn state(&self, id: CustomerId) -> Option<CustomerState> {
        self.headquarters.customer(&id.to_string()).await.unwrap()
    }

    pub(crate) async fn account(&self, id: CustomerId) -> Option<String> {
        self.state(id).await.and_then(|state| state.account.number().map(ToString::to_string))
    }

    pub(crate) async fn operation(&self, operation: &RecordedOperation) -> OperationOverview {
        self.headquarters.operation(operation.operation().id).await.unwrap().unwrap()
    }

    /// Everything that a channel can pull after `cursor`, in pages of `limit`.
    pub(crate) async fn pull_all(
        &self,
        channel: &str,
        cursor: Option<&str>,
        limit: u32,
    ) -> (Vec<Change>, String) {
        let mut cursor = cursor.map(str::to_owned);
        let mut changes = Vec::new();
        loop {
            let at = cursor.as_deref().map(|text| text.parse().unwrap());
            let answer: PullAnswer = self.headquarters.pull(&channel.into(), at, limit).await.unwrap();
            changes.extend(answer.changes);
            if !answer.more {
                return (changes, answer.cursor);
            }
            cursor = Some(answer.cursor);
        }
    }
}

pub(crate) fn request(operations: &[RecordedOperation]) -> PushRequest {
    let operations = operations.iter().map(|operation| operation.raw().to_owned()).collect();
    PushRequest { operations, ..PushRequest::default() }
}

pub(crate) fn customer_id(nth: u32) -> CustomerId {
    CustomerId(Uuid::from_u128((0x0190_0000_0000_u128 << 80) | (7 << 76) | u128::from(nth)))
}

pub(crate) fn address_id(nth: u32) -> AddressId {
    AddressId(Uuid::from_u128((0x0190_0000_0001_u128 << 80) | (7 << 76) | u128::from(nth)))
}

fn operation_id(nth: u32) -> OperationId {
    OperationId(Uuid::from_u128((0x0190_0000_0002_u128 << 80) | (7 << 76) | u128::from(nth)))
}

pub(crate) fn record(
    id: OperationId,
    customer_id: CustomerId,
    version: SettingsVersion,
    action: Action,
) -> RecordedOperation {
    RecordedOperation::record(Operation {
        id,
        customer_id,
        sequence: 0,
        version: OPERATION_VERSION,
        settings_version: version,
        operator: OperatorId::from("1001"),
        recorded_at: Timestamp(1_780_000_000_000),
        action,
    })
    .unwrap()
}

/// The creation of the `nth` customer.
pub(crate) fn creation(nth: u32, version: SettingsVersion, customer: Value) -> RecordedOperation {
    let customer: Customer =
        Customer::parse(&serde_json::from_value(customer).unwrap(), &Country::parse("LV").unwrap()).unwrap();
    let id = customer_id(nth);
    let reference = ShortReference::new("R1", nth);
    let action = Action::CreateCustomer { reference, customer: Box::new(customer) };
    record(id.into(), id, version, action)
}

pub(crate) fn anna(nth: u32, version: SettingsVersion) -> RecordedOperation {
    creation(
        nth,
        version,
        json!({"first_name": "Anna", "last_name": format!("Kalniņa {nth}"), "phone": "21111111"}),
    )
}

/// The operation `op` that changes a field of the `nth` customer.
pub(crate) fn edit(
    op: u32,
    nth: u32,
    version: SettingsVersion,
    changes: &[(&str, Value, Value)],
) -> RecordedOperation {
    let changes = changes
        .iter()
        .map(|(field, seen, value)| FieldChange {
            field: (*field).to_owned(),
            seen: seen.clone(),
            value: value.clone(),
        })
        .collect();
    record(operation_id(op), customer_id(nth), version, Action::EditCustomer { changes })
}

pub(crate) fn further_address(
    op: u32,
    nth: u32,
    version: SettingsVersion,
    address: AddressRecord,
) -> RecordedOperation {
    record(operation_id(op), customer_id(nth), version, Action::AddAddress { address })
}

pub(crate) fn card(op: u32, nth: u32, version: SettingsVersion, number: Option<&str>) -> RecordedOperation {
    let number = number.map(|number| LoyaltyCardNumber::parse(number).unwrap());
    record(operation_id(op), customer_id(nth), version, Action::IssueLoyaltyCard { number })
}

pub(crate) fn in_city(nth: u32, city: &str) -> AddressRecord {
    let mut address = AddressRecord::new(address_id(nth));
    address.city = Some(city.to_owned());
    address
}

/// The code of a refused result.
pub(crate) fn refused(result: &OperationResult) -> Option<ErrorCode> {
    match &result.outcome {
        Outcome::Refused(refusal) => Some(refusal.code),
        _ => None,
    }
}

pub(crate) fn customers_in(changes: &[Change]) -> Vec<&CustomerState> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Customer(state) => Some(&**state),
            _ => None,
        })
        .collect()
}

pub(crate) fn operations_in(changes: &[Change]) -> Vec<&OperationState> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Operation(state) => Some(state),
            _ => None,
        })
        .collect()
}

pub(crate) fn at_headquarters() -> Outcome {
    Outcome::Accepted(Account::Pending(Stage::AtHeadquarters))
}
