//! Every version of the database that ever shipped opens, with everything that it held.

#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

use js_sys::{Promise, eval};
use kase_browser_store::BrowserStore;
use kase_domain::{Account, CustomerId, OperationId, OperationKind, Stage, Timestamp};
use kase_register::{OutboxEntry, Progress, RegisterStore, ValueKey};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Makes a database as a fixture describes it, with the browser's own calls.
const LOAD: &str = "
    (name, fixture) => new Promise((resolve, reject) => {
        const stores = Object.entries(fixture.object_stores);
        const request = indexedDB.open(name, fixture.version);
        request.onerror = () => reject(request.error);
        request.onupgradeneeded = () => {
            for (const [store, { key_path, auto_increment, indexes = [], rows }] of stores) {
                const made = request.result.createObjectStore(
                    store, { keyPath: key_path ?? null, autoIncrement: auto_increment ?? false });
                for (const { name, key_path, unique } of indexes) {
                    made.createIndex(name, key_path, { unique });
                }
                for (const { key, value } of rows) { made.put(value, key); }
            }
        };
        request.onsuccess = () => { request.result.close(); resolve(); };
    })";

const VERSION_1: &str = include_str!("fixtures/version_1.json");

async fn load(fixture: &str) -> String {
    let name = format!("versions-{}", Uuid::new_v4());
    let loading = eval(&format!("({LOAD})('{name}', {fixture})")).unwrap();
    JsFuture::from(loading.unchecked_into::<Promise>()).await.unwrap();
    name
}

fn id(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0000 + number))
}

#[wasm_bindgen_test]
async fn the_first_version_opens_with_everything_it_held() {
    let store = BrowserStore::open(&load(VERSION_1).await, |_| {}).await.unwrap();
    let customers = store.customers_after(None, 10).await.unwrap();
    let names: Vec<String> = customers.iter().map(|state| state.customer.display_name()).collect();
    assert_eq!(names, ["Žņēķle Šķērsliņa", "Maiznīca SIA"]);
    assert_eq!(customers[0].account, Account::Pending(Stage::OnRegister));
    assert_eq!(customers[0].customer.unknown["future"]["tier"], 1);
    assert_eq!(customers[1].account.number().map(|number| number.as_str()), Some("C-0004007"));

    let operations = [OperationId::from(id(1)), OperationId::from(id(3))];
    let first = OutboxEntry {
        order: 7,
        id: operations[0],
        customer_id: id(1),
        kind: OperationKind::CreateCustomer,
        recorded_at: Timestamp(1_762_000_000_000),
        progress: Progress::Ready,
        // Version 1 began without it: since it was recorded, as far as is known.
        since: Timestamp(1_762_000_000_000),
        bytes: 21,
    };
    let second = OutboxEntry {
        order: 8,
        id: operations[1],
        kind: OperationKind::EditCustomer,
        recorded_at: Timestamp(1_762_000_000_001),
        since: Timestamp(1_762_000_000_001),
        progress: Progress::Delivered(Stage::InChannel),
        bytes: 2,
        ..first.clone()
    };
    assert_eq!(store.outbox_after(0).await, Ok(vec![first, second]));
    let texts = store.operation_texts(&operations).await.unwrap();
    let recorded = texts.iter().map(|(_, text)| text.as_str());
    assert!(recorded.eq([r#"{ "as" : "recorded" }"#, "{}"]), "bytes stay as they were recorded");
    assert_eq!(store.value(ValueKey::Device).await, Ok(Some(r#"{"register":"RIGA-1"}"#.into())));
    assert_eq!(store.take_reference_count().await, Ok(42));
}
