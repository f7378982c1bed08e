//! Every write is on the disk before the register says that it is saved.

#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

use js_sys::{Array, eval};
use kase_browser_store::BrowserStore;
use kase_register::{RegisterStore, ValueKey, WriteBatch};
use uuid::Uuid;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Notes what the browser says of each transaction that is opened, and when one is complete.
const WATCH: &str = "
    self.seen = [];
    const open = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (...given) {
        const transaction = open.apply(this, given);
        self.seen.push(`${transaction.mode} ${transaction.durability}`);
        transaction.addEventListener('complete', () => self.seen.push('complete'));
        return transaction;
    };";

fn seen() -> Vec<String> {
    let seen = eval("self.seen.splice(0)").unwrap();
    seen.unchecked_into::<Array>().iter().filter_map(|word| word.as_string()).collect()
}

#[wasm_bindgen_test]
async fn a_write_is_strictly_durable_and_complete_before_it_is_said() {
    eval(WATCH).unwrap();
    let store = BrowserStore::open(&format!("durability-{}", Uuid::new_v4()), |_| {}).await.unwrap();
    let values = vec![(ValueKey::Cursor, Some("c".into()))];
    store.commit(WriteBatch { values, ..WriteBatch::default() }).await.unwrap();
    assert_eq!(seen(), ["readwrite strict", "complete"]);
    store.take_reference_count().await.unwrap();
    assert_eq!(seen(), ["readwrite strict", "complete"]);
    store.value(ValueKey::Cursor).await.unwrap();
    assert_eq!(seen(), ["readonly default", "complete"]);
}
