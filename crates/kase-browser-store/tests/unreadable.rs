//! One row that cannot be read hides no other, and stays as it is.

#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

use std::collections::{BTreeMap, BTreeSet};

use js_sys::{Promise, eval};
use kase_browser_store::BrowserStore;
use kase_domain::{Account, AccountNumber, CustomerId, OperationId, OperationKind, Timestamp};
use kase_register::{NewEntry, OutboxEntry, Progress, RegisterStore, StoreError, ValueKey, WriteBatch};
use kase_replication::CustomerState;
use serde_json::json;
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn customer_id(number: u128) -> CustomerId {
    CustomerId(Uuid::from_u128(number))
}

fn operation_id(number: u128) -> OperationId {
    customer_id(number).into()
}

fn customer(number: u128) -> CustomerState {
    let account = json!({ "status": "pending", "stage": "on_register" });
    let customer = json!({ "first_name": format!("Anna {number}") });
    serde_json::from_value(
        json!({ "customer_id": customer_id(number), "account": account, "customer": customer }),
    )
    .unwrap()
}

fn entry(number: u128) -> NewEntry {
    NewEntry {
        id: operation_id(number),
        customer_id: customer_id(number),
        kind: OperationKind::CreateCustomer,
        recorded_at: Timestamp(1),
        progress: Progress::Ready,
        text: format!("text {number}"),
    }
}

/// A store of four customers and their creations.
async fn filled(name: &str) -> BrowserStore {
    let store = BrowserStore::open(name, |_| {}).await.unwrap();
    let batch = WriteBatch {
        customers: (1..=4).map(customer).collect(),
        recorded: (1..=4).map(entry).collect(),
        values: vec![(ValueKey::Cursor, Some("c".into()))],
        ..WriteBatch::default()
    };
    store.commit(batch).await.unwrap();
    store
}

/// Spoils rows by JavaScript, with `put(area, row, key)` and `get(area, key)` in reach.
async fn spoil(name: &str, code: &str) -> JsValue {
    let asked = format!(
        "(async () => {{
            const done = (request) => new Promise((resolve, reject) => {{
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
            }});
            const database = await done(indexedDB.open('{name}'));
            const area = (name) => database.transaction(name, 'readwrite').objectStore(name);
            const put = (name, row, key) => done(area(name).put(row, key));
            const get = (name, key) => done(area(name).get(key));
            try {{ {code} }} finally {{ database.close(); }}
        }})()"
    );
    JsFuture::from(eval(&asked).unwrap().unchecked_into::<Promise>()).await.unwrap()
}

fn new_name() -> String {
    format!("unreadable-{}", Uuid::new_v4())
}

fn orders(entries: &[OutboxEntry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.order).collect()
}

#[wasm_bindgen_test]
async fn a_customer_that_cannot_be_read_hides_no_other_and_can_be_put_again_or_removed() {
    let name = new_name();
    let store = filled(&name).await;
    let [second, third] = [2, 3].map(customer_id);
    spoil(
        &name,
        &format!("await put('customers', '{{Anna', '{second}'); await put('customers', 7, '{third}');"),
    )
    .await;
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![customer(1), customer(4)]));
    let expected = BTreeSet::from([second, third]);
    assert_eq!(store.unreadable().customers, expected);
    assert_eq!(store.customers(&[second, customer_id(4)]).await, Ok(vec![customer(4)]));
    assert_eq!(store.customer(third).await, Ok(None));

    let account = Account::Synced(AccountNumber::parse("C-1").unwrap());
    let batch = WriteBatch {
        customers: vec![customer(3)],
        advances: vec![(second, account.clone()), (customer_id(1), account.clone())],
        ..WriteBatch::default()
    };
    store.commit(batch).await.unwrap();
    let first = CustomerState { account, ..customer(1) };
    assert_eq!(store.customers_after(None, 10).await, Ok(vec![first, customer(3), customer(4)]));
    store.commit(WriteBatch { removed_customers: vec![second], ..WriteBatch::default() }).await.unwrap();
    let store = BrowserStore::open(&name, |_| {}).await.unwrap();
    assert_eq!(store.customers_after(None, 10).await.unwrap().len(), 3);
    assert_eq!(store.unreadable().customers, BTreeSet::new());
}

#[wasm_bindgen_test]
async fn a_page_of_customers_that_cannot_be_read_is_not_the_end() {
    let name = new_name();
    let store = filled(&name).await;
    let [first, second] = [1, 2].map(customer_id);
    spoil(&name, &format!("await put('customers', '', '{first}'); await put('customers', '', '{second}');"))
        .await;
    assert_eq!(store.customers_after(None, 1).await, Ok(vec![customer(3)]));
    assert_eq!(store.customers_after(None, 2).await, Ok(vec![customer(3), customer(4)]));
    spoil(&name, &format!("await put('customers', '', '{}');", customer_id(4))).await;
    assert_eq!(store.customers_after(Some(customer_id(3)), 1).await, Ok(vec![]));
}

#[wasm_bindgen_test]
async fn an_entry_that_cannot_be_read_hides_no_other_and_keeps_its_bytes() {
    let name = new_name();
    let store = filled(&name).await;
    spoil(
        &name,
        "const second = await get('outbox', 2);
         await put('outbox', { ...second, header: second.header.replace('ready', 'on_the_moon') });
         await put('outbox', { order: 3 });",
    )
    .await;
    assert_eq!(orders(&store.outbox_after(0).await.unwrap()), [1, 4]);
    assert_eq!(store.unreadable().entries, BTreeMap::from([(2, Some(operation_id(2))), (3, None)]));
    let batch = WriteBatch {
        progress: [1, 2, 4].map(|number| (operation_id(number), Progress::Held)).into(),
        removed_entries: vec![operation_id(2), operation_id(4)],
        ..WriteBatch::default()
    };
    store.commit(batch).await.unwrap();
    assert_eq!(orders(&store.outbox_after(0).await.unwrap()), [1]);
    let texts = store.operation_texts(&[1, 2, 4].map(operation_id)).await.unwrap();
    assert_eq!(texts, [(operation_id(1), "text 1".into()), (operation_id(2), "text 2".into())]);
    let kept = spoil(&name, "return (await get('outbox', 2)).header;").await.as_string().unwrap();
    assert!(kept.contains("on_the_moon"), "{kept}");
}

#[wasm_bindgen_test]
async fn a_text_that_is_none_hides_no_other_and_a_value_that_is_none_is_told() {
    let name = new_name();
    let store = filled(&name).await;
    let second = operation_id(2);
    spoil(&name, &format!("await put('operation_texts', 7, '{second}'); await put('values', 7, 'device');"))
        .await;
    let texts = store.operation_texts(&[second, operation_id(3)]).await.unwrap();
    assert_eq!(texts, [(operation_id(3), "text 3".into())]);
    assert!(matches!(store.value(ValueKey::Device).await, Err(StoreError::Corrupt(_))));
    assert_eq!(store.value(ValueKey::Cursor).await, Ok(Some("c".into())));
}

#[wasm_bindgen_test]
async fn a_counter_that_is_none_goes_on_beyond_every_number_it_gave() {
    let name = new_name();
    let store = filled(&name).await;
    assert_eq!(store.take_reference_count().await, Ok(1));
    spoil(&name, "await put('counters', 'one', 'reference');").await;
    let count = store.take_reference_count().await.unwrap();
    assert!(count > 9_999, "{count}");
    assert_eq!(store.take_reference_count().await, Ok(count + 1));
    spoil(&name, "await put('counters', 'one', 'reference');").await;
    store.raise_reference_count(7).await.unwrap();
    assert_eq!(store.take_reference_count().await, Ok(count));
}
