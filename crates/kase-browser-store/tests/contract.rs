//! The contract of the register's store, kept in a browser. Each promise has a database of its own.

#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

use kase_browser_store::BrowserStore;
use kase_register::{contract, for_each_store_promise};
use uuid::Uuid;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

macro_rules! keeps_the_promise {
    ($promise:ident) => {
        #[wasm_bindgen_test]
        async fn $promise() {
            let name = format!("contract-{}", Uuid::new_v4());
            contract::$promise(async || BrowserStore::open(&name, |_| {}).await.unwrap()).await;
        }
    };
}

for_each_store_promise!(keeps_the_promise);
