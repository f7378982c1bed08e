//! *Search all stores*: asks headquarters through the channel, and reads customers as the API answers them.
//! Nothing of it is kept on the register.

use kase_domain::json;
use kase_register::SendFailure;
use kase_replication::{CustomerJson, CustomerState};
use kase_search::Query;
use serde::Deserialize;
use serde_json::Value;

use super::customers::{Row, entry};
use super::{Runtime, wire};
use crate::platform::http;

/// A person waits for it at most this long, in milliseconds.
const LIMIT_MS: u64 = 8_000;

#[derive(Deserialize)]
struct Answer {
    customers: Vec<Value>,
}

impl Runtime {
    /// Customers of every store, as headquarters finds them. A session that has ended is shown as such.
    pub(crate) async fn search_all_stores(self, text: String) -> Result<Vec<Row>, SendFailure> {
        let engine = self.engine();
        let session = engine.session_token();
        let query = String::from(js_sys::encode_uri_component(&text));
        let path = format!("/api/v1/customers?scope=all&limit=50&query={query}");
        let found: Result<Answer, _> =
            http::get(&path, session.as_deref(), LIMIT_MS).await.map_err(wire::failure);
        if let (Err(SendFailure::Rejected), Some(session)) = (&found, &session) {
            engine.end_session(session).await;
        }
        let query = Query::parse(&text, &self.shortcuts());
        let row = |state: CustomerState| Row { matched: query.matched_in(&entry(&state)), state };
        // One that this version cannot read is left out; the others are found all the same.
        Ok(found?.customers.into_iter().filter_map(read).map(row).collect())
    }
}

fn read(customer: Value) -> Option<CustomerState> {
    json::from_value::<CustomerJson>(&customer).ok().map(CustomerState::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_is_no_customer_is_left_out() {
        assert!(
            read(json!({"id": "019b76da-a800-7001-8000-00000000004f", "first_name": "Agnese"})).is_some()
        );
        assert_eq!(read(json!({"id": "none"})), None);
    }
}
