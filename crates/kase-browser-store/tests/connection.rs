//! What becomes of a store whose connection ends, whose database is somebody else's, or that cannot be had.

#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Promise, eval};
use kase_browser_store::{BrowserStore, StoreNotice};
use kase_register::{RegisterStore, StoreError, ValueKey, WriteBatch};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

type Notices = Rc<RefCell<Vec<StoreNotice>>>;

async fn open(name: &str) -> (BrowserStore, Notices) {
    let notices = Notices::default();
    let heard = notices.clone();
    let store = BrowserStore::open(name, move |notice| heard.borrow_mut().push(notice)).await;
    (store.unwrap(), notices)
}

fn new_name() -> String {
    format!("connection-{}", Uuid::new_v4())
}

fn value(key: ValueKey, value: &str) -> WriteBatch {
    WriteBatch { values: vec![(key, Some(value.into()))], ..WriteBatch::default() }
}

/// Runs a piece of JavaScript that ends in a promise, with `name` in reach.
async fn in_browser(name: &str, code: &str) -> JsValue {
    let asked = format!(
        "(async () => {{
            const name = '{name}';
            const done = (request) => new Promise((resolve, reject) => {{
                request.onsuccess = () => resolve(request.result);
                request.onerror = () => reject(request.error);
            }});
            {code}
        }})()"
    );
    JsFuture::from(eval(&asked).unwrap().unchecked_into::<Promise>()).await.unwrap()
}

#[wasm_bindgen_test]
async fn a_newer_version_in_another_tab_is_let_through_and_told() {
    let name = new_name();
    let (store, notices) = open(&name).await;
    store.commit(value(ValueKey::Device, "d")).await.unwrap();
    in_browser(&name, "(await done(indexedDB.open(name, 99))).close();").await;
    assert_eq!(*notices.borrow(), [StoreNotice::NewerVersionWaits]);
    assert_eq!(store.value(ValueKey::Device).await, Err(StoreError::Newer));
    assert_eq!(store.commit(value(ValueKey::Device, "x")).await, Err(StoreError::Newer));
    let again = BrowserStore::open(&name, |_| {}).await;
    assert_eq!(again.err(), Some(StoreError::Newer));
}

#[wasm_bindgen_test]
async fn a_deleted_database_is_told_and_made_anew() {
    let name = new_name();
    let (store, notices) = open(&name).await;
    store.commit(value(ValueKey::Device, "d")).await.unwrap();
    in_browser(&name, "await done(indexedDB.deleteDatabase(name));").await;
    assert_eq!(*notices.borrow(), [StoreNotice::Deleted]);
    assert_eq!(store.value(ValueKey::Device).await, Ok(None));
    store.commit(value(ValueKey::Device, "new")).await.unwrap();
    assert_eq!(store.value(ValueKey::Device).await, Ok(Some("new".into())));
}

#[wasm_bindgen_test]
async fn a_connection_that_the_browser_closed_without_a_word_is_opened_again() {
    let name = new_name();
    in_browser(
        &name,
        "const open = IDBDatabase.prototype.transaction;
         IDBDatabase.prototype.transaction = function (...given) {
             if (this.name === name && self.closing === name) { self.closing = null; this.close(); }
             return open.apply(this, given);
         };
         self.closing = null;",
    )
    .await;
    let (store, _) = open(&name).await;
    store.commit(value(ValueKey::Device, "d")).await.unwrap();
    in_browser(&name, "self.closing = name;").await;
    assert_eq!(store.value(ValueKey::Device).await, Ok(Some("d".into())));
}

#[wasm_bindgen_test]
async fn two_tabs_that_count_at_once_get_different_numbers() {
    let name = new_name();
    let ((one, _), (other, _)) = (open(&name).await, open(&name).await);
    let mut counts = futures::future::join_all(
        (0..10).map(|at| if at % 2 == 0 { one.take_reference_count() } else { other.take_reference_count() }),
    )
    .await
    .into_iter()
    .map(Result::unwrap)
    .collect::<Vec<_>>();
    counts.sort_unstable();
    assert_eq!(counts, (1..=10).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn a_full_disk_is_told_and_nothing_is_written() {
    let name = new_name();
    let (store, _) = open(&name).await;
    in_browser(
        &name,
        "const put = IDBObjectStore.prototype.put;
         IDBObjectStore.prototype.put = function (value, key) {
             if (value === 'full ' + name) { throw new DOMException('no room', 'QuotaExceededError'); }
             return put.apply(this, arguments);
         };",
    )
    .await;
    let mut batch = value(ValueKey::Session, "written first");
    batch.values.push((ValueKey::Device, Some(format!("full {name}"))));
    assert_eq!(store.commit(batch).await, Err(StoreError::Full));
    assert_eq!(store.value(ValueKey::Session).await, Ok(None));
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_databases_is_told_from_one_that_fails() {
    let refuse = |name: &str| {
        let exception = format!("() => {{ throw new DOMException('no', '{name}'); }}");
        eval(&format!("self.opening = IDBFactory.prototype.open; IDBFactory.prototype.open = {exception};"))
            .unwrap();
    };
    for (exception, expected) in [
        ("SecurityError", StoreError::Unavailable),
        ("InvalidStateError", StoreError::Unavailable),
        ("UnknownError", StoreError::Failed("UnknownError: no".into())),
    ] {
        refuse(exception);
        let opened = BrowserStore::open(&new_name(), |_| {}).await;
        eval("IDBFactory.prototype.open = self.opening;").unwrap();
        assert_eq!(opened.err(), Some(expected));
    }
}

#[wasm_bindgen_test]
async fn a_dropped_store_holds_nothing_open() {
    let name = new_name();
    let (store, notices) = open(&name).await;
    drop(store);
    in_browser(&name, "await done(indexedDB.deleteDatabase(name));").await;
    assert_eq!(*notices.borrow(), [], "nobody had to be asked to let go");
}
