//! A customer as the HTTP API answers it: the customer's own fields, and beside them how far it has come. Who serves
//! the API writes it, who asks reads it.

use kase_domain::{
    Account, AccountNumber, AddressId, Customer, CustomerId, LoyaltyCard, Refusal, ShortReference, Stage,
    Timestamp,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::CustomerState;

/// A customer of `GET customers…`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomerJson {
    id: CustomerId,
    #[serde(flatten)]
    account: AccountJson,
    /// While it is pending, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage_since: Option<Timestamp>,
    /// While it is pending.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<ShortReference>,
    pending_addresses: Vec<AddressId>,
    loyalty_cards: Vec<LoyaltyCard>,
    loyalty_blocked: bool,
    #[serde(flatten)]
    customer: Customer,
}

impl CustomerJson {
    /// What stands beside the customer's own fields, and no request may set.
    pub const ADDED: [&str; 11] = [
        "id",
        "status",
        "account_number",
        "stage",
        "stage_since",
        "refusal",
        "discarded",
        "reference",
        "pending_addresses",
        "loyalty_cards",
        "loyalty_blocked",
    ];
}

/// Why by hand: see [`kase_domain::json`].
impl<'de> Deserialize<'de> for CustomerJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Beside {
            id: CustomerId,
            #[serde(default)]
            stage_since: Option<Timestamp>,
            #[serde(default)]
            reference: Option<ShortReference>,
            #[serde(default)]
            pending_addresses: Vec<AddressId>,
            #[serde(default)]
            loyalty_cards: Vec<LoyaltyCard>,
            #[serde(default)]
            loyalty_blocked: bool,
        }
        fn read(text: &str) -> serde_json::Result<CustomerJson> {
            let beside: Beside = serde_json::from_str(text)?;
            let mut customer: Customer = serde_json::from_str(text)?;
            // It keeps every field that the others did not take.
            customer.unknown.retain(|name, _| !CustomerJson::ADDED.contains(&name.as_str()));
            Ok(CustomerJson {
                id: beside.id,
                account: serde_json::from_str(text)?,
                stage_since: beside.stage_since,
                reference: beside.reference,
                pending_addresses: beside.pending_addresses,
                loyalty_cards: beside.loyalty_cards,
                loyalty_blocked: beside.loyalty_blocked,
                customer,
            })
        }
        let text = Box::<RawValue>::deserialize(deserializer)?;
        read(text.get()).map_err(D::Error::custom)
    }
}

impl From<CustomerState> for CustomerJson {
    fn from(mut state: CustomerState) -> Self {
        // A field that some peer added under one of these names would stand there twice.
        state.customer.unknown.retain(|name, _| !Self::ADDED.contains(&name.as_str()));
        Self {
            id: state.customer_id,
            stage_since: state.stage_since.filter(|_| state.account.is_pending()),
            reference: state.reference.filter(|_| state.account.is_pending()),
            account: AccountJson(state.account),
            pending_addresses: state.pending_addresses,
            loyalty_cards: state.loyalty_cards,
            loyalty_blocked: state.loyalty_blocked,
            customer: state.customer,
        }
    }
}

impl From<CustomerJson> for CustomerState {
    fn from(json: CustomerJson) -> Self {
        Self {
            customer_id: json.id,
            account: json.account.0,
            stage_since: json.stage_since,
            reference: json.reference,
            customer: json.customer,
            pending_addresses: json.pending_addresses,
            loyalty_cards: json.loyalty_cards,
            loyalty_blocked: json.loyalty_blocked,
        }
    }
}

/// An account as `status`, `account_number` and `stage`, with the `refusal` of what was refused. Flatten it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Shape", into = "Shape")]
pub struct AccountJson(pub Account);

#[derive(Serialize, Deserialize)]
struct Shape {
    #[serde(default)]
    status: String,
    #[serde(default)]
    account_number: Option<AccountNumber>,
    #[serde(default)]
    stage: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
    /// Headquarters gave it up.
    #[serde(default, skip_serializing_if = "crate::message::is_false")]
    discarded: bool,
}

impl From<AccountJson> for Shape {
    fn from(AccountJson(account): AccountJson) -> Self {
        let (status, stage) = match &account {
            Account::Synced(_) => ("synced", "synced"),
            Account::Pending(Stage::OnRegister) => ("pending", "on_register"),
            Account::Pending(Stage::InChannel) => ("pending", "in_channel"),
            Account::Pending(Stage::AtHeadquarters) => ("pending", "at_headquarters"),
            Account::Pending(Stage::NumberAssigned) => ("pending", "number_assigned"),
            Account::Pending(Stage::Refused(_) | Stage::Discarded(_)) => ("pending", "refused"),
        };
        let discarded = matches!(account, Account::Pending(Stage::Discarded(_)));
        let (account_number, refusal) = match account {
            Account::Synced(number) => (Some(number), None),
            Account::Pending(stage) => (None, stage.refusal().cloned()),
        };
        Self { status: status.into(), account_number, stage: stage.into(), refusal, discarded }
    }
}

impl From<Shape> for AccountJson {
    fn from(shape: Shape) -> Self {
        Self(match (shape.account_number, shape.stage.as_str(), shape.refusal) {
            (Some(number), _, _) => Account::Synced(number),
            (None, "refused", Some(refusal)) if shape.discarded => {
                Account::Pending(Stage::Discarded(refusal))
            }
            (None, "refused", Some(refusal)) => Account::Pending(Stage::Refused(refusal)),
            (None, "number_assigned", _) => Account::Pending(Stage::NumberAssigned),
            (None, "at_headquarters", _) => Account::Pending(Stage::AtHeadquarters),
            (None, "on_register", _) => Account::Pending(Stage::OnRegister),
            // Whoever answers has it: a stage of a newer peer is no earlier one.
            (None, _, _) => Account::Pending(Stage::InChannel),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::ErrorCode;
    use serde_json::{Value, json};

    fn state(account: Account) -> CustomerState {
        let customer = json!({
            "kind": "person", "first_name": "Anna", "email": "anna@inbox.lv", "attributes": {"size": 38},
            "addresses": [{"id": "018f0000-0000-7000-8000-000000000009", "city": "Rīga"}], "future": {"x": [1]}
        });
        CustomerState {
            customer_id: "018f0000-0000-7000-8000-000000000001".parse().unwrap(),
            reference: account.is_pending().then(|| ShortReference::new("R1", 3)),
            stage_since: account.is_pending().then_some(Timestamp(1_762_000_000_000)),
            account,
            customer: serde_json::from_value(customer).unwrap(),
            pending_addresses: vec![AddressId(uuid::Uuid::from_u128(9))],
            loyalty_cards: Vec::new(),
            loyalty_blocked: true,
        }
    }

    /// What is sent of an account stands beside the customer's own fields and is read back.
    #[track_caller]
    fn check(account: Account, expected: &Value) {
        let sent = serde_json::to_value(CustomerJson::from(state(account.clone()))).unwrap();
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(sent.get(name), Some(value), "{name} of {sent}");
        }
        assert_eq!((&sent["first_name"], &sent["future"]), (&json!("Anna"), &json!({"x": [1]})), "{sent}");
        let read: CustomerJson = serde_json::from_value(sent).unwrap();
        assert_eq!(CustomerState::from(read), state(account));
    }

    #[test]
    fn every_account_is_read_as_it_was_sent() {
        let number = AccountNumber::parse("C-1").unwrap();
        check(
            Account::Synced(number),
            &json!({"status": "synced", "account_number": "C-1", "stage": "synced"}),
        );
        let pending = |stage| Account::Pending(stage);
        let shape = |stage| json!({"status": "pending", "account_number": null, "stage": stage});
        check(pending(Stage::OnRegister), &shape("on_register"));
        check(pending(Stage::InChannel), &shape("in_channel"));
        check(pending(Stage::AtHeadquarters), &shape("at_headquarters"));
        check(pending(Stage::NumberAssigned), &shape("number_assigned"));
        let refusal = Refusal { code: ErrorCode::TooLong, detail: "…".into(), field: None };
        check(pending(Stage::Refused(refusal.clone())), &json!({"stage": "refused", "refusal": refusal}));
        check(
            pending(Stage::Discarded(refusal.clone())),
            &json!({"stage": "refused", "refusal": refusal, "discarded": true}),
        );
    }

    #[test]
    fn nothing_but_what_is_named_is_added() {
        let refusal = Refusal { code: ErrorCode::TooLong, detail: "…".into(), field: None };
        let state = state(Account::Pending(Stage::Discarded(refusal)));
        let own = serde_json::to_value(&state.customer).unwrap();
        let sent = serde_json::to_value(CustomerJson::from(state)).unwrap();
        let names = sent.as_object().unwrap().keys().filter(|name| own.get(name.as_str()).is_none());
        let mut names: Vec<&str> = names.map(String::as_str).collect();
        let mut added = CustomerJson::ADDED;
        names.sort_unstable();
        added.sort_unstable();
        assert_eq!(names, added);
    }

    #[test]
    fn a_field_of_a_peer_never_stands_in_for_what_is_added() {
        let mut state = state(Account::Pending(Stage::InChannel));
        state.customer.unknown.insert("status".into(), json!("synced"));
        state.customer.unknown.insert("id".into(), json!(7));
        let sent = serde_json::to_string(&CustomerJson::from(state)).unwrap();
        assert_eq!(sent.matches("\"status\"").count(), 1, "{sent}");
        assert!(sent.contains(r#""status":"pending""#), "{sent}");
    }

    #[test]
    fn what_an_older_service_leaves_out_is_nothing() {
        let old =
            json!({"id": "018f0000-0000-7000-8000-000000000001", "account_number": null, "first_name": "A"});
        let read = CustomerState::from(serde_json::from_value::<CustomerJson>(old).unwrap());
        assert_eq!(read.account, Account::Pending(Stage::InChannel));
        assert!(read.customer.unknown.is_empty() && !read.loyalty_blocked);
    }
}
