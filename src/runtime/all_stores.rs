//! *Search all stores*: asks headquarters through the channel, and reads customers as the API answers them.
//! Nothing of it is kept on the register.

use kase_domain::{
    Account, AccountNumber, AddressId, Customer, CustomerId, LoyaltyCard, Refusal, ShortReference, Stage,
};
use kase_register::SendFailure;
use kase_replication::CustomerState;
use kase_search::Query;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::customers::{Row, entry};
use super::{Runtime, wire};
use crate::platform::http;

/// A person waits for it at most this long, in milliseconds.
const LIMIT_MS: u64 = 8_000;

/// What the API adds to a customer's own fields.
const ADDED: [&str; 9] = [
    "id",
    "status",
    "account_number",
    "stage",
    "refusal",
    "reference",
    "pending_addresses",
    "loyalty_cards",
    "loyalty_blocked",
];

#[derive(Deserialize)]
struct Answer {
    customers: Vec<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Added {
    id: CustomerId,
    #[serde(default)]
    account_number: Option<AccountNumber>,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    refusal: Option<Refusal>,
    #[serde(default)]
    reference: Option<ShortReference>,
    #[serde(default)]
    pending_addresses: Vec<AddressId>,
    #[serde(default)]
    loyalty_cards: Vec<LoyaltyCard>,
    #[serde(default)]
    loyalty_blocked: bool,
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
        if matches!(found, Err(SendFailure::Rejected)) {
            engine.end_session().await;
        }
        let query = Query::parse(&text, &self.shortcuts());
        let row = |state: CustomerState| Row { matched: query.matched_in(&entry(&state)), state };
        // One that this version cannot read is left out; the others are found all the same.
        Ok(found?.customers.into_iter().filter_map(read).map(row).collect())
    }
}

/// A customer as the API answers it.
fn read(mut fields: Map<String, Value>) -> Option<CustomerState> {
    let added: Map<String, Value> = ADDED
        .into_iter()
        .filter_map(|name| fields.remove_entry(name))
        .filter(|(_, value)| !value.is_null())
        .collect();
    let added: Added = serde_json::from_value(Value::Object(added)).ok()?;
    let customer: Customer = serde_json::from_value(Value::Object(fields)).ok()?;
    let account = match (added.account_number, added.stage.as_str(), added.refusal) {
        (Some(number), _, _) => Account::Synced(number),
        (None, "refused", Some(refusal)) => Account::Pending(Stage::Refused(refusal)),
        (None, "number_assigned", _) => Account::Pending(Stage::NumberAssigned),
        (None, "at_headquarters", _) => Account::Pending(Stage::AtHeadquarters),
        // Whoever is found in other stores has reached a channel at least.
        (None, _, _) => Account::Pending(Stage::InChannel),
    };
    Some(CustomerState {
        customer_id: added.id,
        account,
        reference: added.reference,
        customer,
        pending_addresses: added.pending_addresses,
        loyalty_cards: added.loyalty_cards,
        loyalty_blocked: added.loyalty_blocked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn state(value: Value) -> Option<CustomerState> {
        let Value::Object(fields) = value else { return None };
        read(fields)
    }

    #[test]
    fn a_customer_is_read_as_the_api_answers_it() {
        let synced = state(json!({
            "id": "019b76da-a800-7001-8000-00000000004f", "status": "synced", "stage": "synced",
            "account_number": "C-0000079", "kind": "person", "first_name": "Agnese", "phone": "+37124691899",
            "loyalty_blocked": false, "loyalty_cards": [{"number": "90001234"}], "pending_addresses": []
        }))
        .unwrap();
        assert_eq!(synced.account, Account::Synced(AccountNumber::parse("C-0000079").unwrap()));
        assert_eq!(synced.loyalty_cards.len(), 1);
        assert!(synced.customer.unknown.is_empty(), "what the API adds is none of the customer's fields");

        let pending = state(json!({
            "id": "019b76da-a800-7001-8000-000000000050", "status": "pending", "stage": "at_headquarters",
            "account_number": null, "reference": "T1-0003", "kind": "person", "first_name": "Mari"
        }))
        .unwrap();
        assert_eq!(pending.account, Account::Pending(Stage::AtHeadquarters));
        assert_eq!(
            pending.reference.map(|reference| reference.as_str().to_owned()),
            Some("T1-0003".to_owned())
        );
    }

    #[test]
    fn what_is_no_customer_is_left_out() {
        assert_eq!(state(json!({"id": "none"})), None);
    }
}
