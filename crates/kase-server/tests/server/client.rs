//! What registers, operators and headquarters' people ask a server.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::eventually;

/// An answer, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) retry_after: Option<String>,
    pub(crate) body: Value,
}

impl Answer {
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!((200..300).contains(&self.status), "{self:?}");
        self.body
    }

    /// The code of a problem; anything else fails the test.
    #[track_caller]
    pub(crate) fn problem(&self) -> &str {
        assert!((400..500).contains(&self.status) || self.status == 503, "{self:?}");
        assert_eq!(self.content_type, "application/problem+json", "{self:?}");
        assert!(self.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{self:?}");
        self.body["code"].as_str().unwrap()
    }
}

/// Anybody.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    url: String,
}

impl Client {
    pub(crate) fn new(url: &str) -> Self {
        Self { http: reqwest::Client::new(), url: url.to_owned() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn activate(&self, name: &str) -> Register {
        let code = format!("demo-{}", name.to_lowercase());
        let body = json!({ "register": name, "code": code });
        let token = eventually("the register", async || {
            let answer = send(self.request(Method::POST, "/api/v1/devices/activate").json(&body)).await;
            answer.body["device_token"].as_str().map(str::to_owned)
        })
        .await;
        Register { client: self.clone(), token }
    }

    /// Headquarters' demo administrator.
    pub(crate) async fn headquarters(&self) -> Headquarters {
        let body = json!({ "user": "admin", "password": "demo-admin" });
        let answer = send(self.request(Method::POST, "/api/v1/hq/sessions").json(&body)).await.ok();
        let token = answer["session_token"].as_str().unwrap().to_owned();
        Headquarters { client: self.clone(), token }
    }
}

/// A register with its device token.
#[derive(Clone)]
pub(crate) struct Register {
    pub(crate) client: Client,
    pub(crate) token: String,
}

impl Register {
    pub(crate) async fn try_sign_in(&self, operator: &str, pin: &str) -> Answer {
        let body = json!({ "operator": operator, "pin": pin });
        self.send(Method::POST, "/api/v1/sessions", Some(&body)).await
    }

    pub(crate) async fn sign_in(&self) -> SignedIn {
        let session = self.try_sign_in("1001", "246810").await.ok();
        let token = session["session_token"].as_str().unwrap().to_owned();
        SignedIn { client: self.client.clone(), token }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        send_as(&self.client, &self.token, method, path, body).await
    }

    pub(crate) async fn push(&self, operations: &[Value]) -> Value {
        let body = json!({ "operations": operations });
        self.send(Method::POST, "/api/v1/replication/push", Some(&body)).await.ok()
    }

    pub(crate) async fn perform(&self, operations: &[Value]) -> Answer {
        let body = json!({ "operations": operations });
        self.send(Method::POST, "/api/v1/replication/perform", Some(&body)).await
    }

    /// Everything after a cursor; the new cursor.
    pub(crate) async fn pull(&self, cursor: Option<&str>) -> (Vec<Value>, String) {
        let mut changes = Vec::new();
        let mut cursor = cursor.unwrap_or_default().to_owned();
        loop {
            let path = format!("/api/v1/replication/pull?cursor={cursor}");
            let answer = self.send(Method::GET, &path, None).await.ok();
            changes.extend(answer["changes"].as_array().unwrap().iter().cloned());
            cursor = answer["cursor"].as_str().unwrap().to_owned();
            if answer["more"] == false {
                return (changes, cursor);
            }
        }
    }

    /// The first change that fits, as it comes through the feed.
    pub(crate) async fn pull_until(&self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let mut cursor: Option<String> = None;
        eventually(what, async || {
            let (changes, next) = self.pull(cursor.as_deref()).await;
            cursor = Some(next);
            changes.into_iter().find(|change| fits(change))
        })
        .await
    }
}

/// An operator with a session.
#[derive(Clone)]
pub(crate) struct SignedIn {
    pub(crate) client: Client,
    pub(crate) token: String,
}

impl SignedIn {
    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        send_as(&self.client, &self.token, method, path, body).await
    }

    pub(crate) async fn create(&self, customer: &Value) -> Answer {
        self.send(Method::POST, "/api/v1/customers", Some(customer)).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// A write that carries its operation id.
    pub(crate) async fn write(&self, method: Method, path: &str, key: Uuid, body: &Value) -> Answer {
        let request = self.client.request(method, path).bearer_auth(&self.token);
        send(request.header("Idempotency-Key", key.to_string()).json(body)).await
    }

    /// Waits for the account number, which comes without anybody's touch.
    pub(crate) async fn number_of(&self, id: Uuid) -> String {
        eventually("the account number", async || {
            let customer = self.get(&format!("/api/v1/customers/{id}")).await;
            customer.body["account_number"].as_str().map(str::to_owned)
        })
        .await
    }
}

/// A person at headquarters.
pub(crate) struct Headquarters {
    pub(crate) client: Client,
    token: String,
}

impl Headquarters {
    /// The session's token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        send_as(&self.client, &self.token, method, path, body).await
    }

    /// Turns *Create customer in async mode* on or off, and waits until the register is told.
    pub(crate) async fn create_async(&self, on: bool, register: &Register) {
        let profiles = self.send(Method::GET, "/api/v1/hq/functionality-profiles", None).await.ok();
        for profile in first_list(&profiles) {
            let path = format!("/api/v1/hq/functionality-profiles/{}", profile["id"].as_str().unwrap());
            let body = json!({ "create_customer_async": on });
            self.send(Method::PATCH, &path, Some(&body)).await.ok();
        }
        register
            .pull_until("the profile", |change| {
                change["kind"] == "settings" && change["create_customer_async"] == on
            })
            .await;
    }

    /// Turns *Filter shared customer data tables* on or off, and waits until the register is told.
    pub(crate) async fn filter(&self, on: bool, register: &Register) {
        let schemas = self.send(Method::GET, "/api/v1/hq/channel-schemas", None).await.ok();
        for schema in first_list(&schemas) {
            let path = format!("/api/v1/hq/channel-schemas/{}", schema["id"].as_str().unwrap());
            let body = json!({ "filter_shared_customer_data": on });
            self.send(Method::PATCH, &path, Some(&body)).await.ok();
        }
        register
            .pull_until("the schema", |change| {
                change["kind"] == "settings" && change["filter_shared_customer_data"] == on
            })
            .await;
    }

    /// The credential of a channel that runs apart.
    pub(crate) async fn enrol(&self, channel: &str) -> String {
        let path = format!("/api/v1/hq/stores/{channel}/enrolment");
        let answer = self.send(Method::POST, &path, None).await.ok();
        format!("{channel}.{}", answer["secret"].as_str().unwrap())
    }
}

fn first_list(answer: &Value) -> Vec<Value> {
    let lists = answer.as_object().unwrap().values().filter_map(Value::as_array);
    lists.flatten().cloned().collect()
}

async fn send_as(client: &Client, token: &str, method: Method, path: &str, body: Option<&Value>) -> Answer {
    let request = client.request(method, path).bearer_auth(token);
    send(match body {
        Some(body) => request.json(body),
        None => request,
    })
    .await
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let content_type = header("content-type").unwrap_or_default();
    let retry_after = header("retry-after");
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    Answer {
        status,
        content_type,
        retry_after,
        body: serde_json::from_str(&text).unwrap_or(Value::String(text)),
    }
}

/// A new time-ordered id, as senders make them.
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// A creation as a register records it.
pub(crate) fn creation(id: Uuid, reference: &str, customer: Value) -> Value {
    json!({
        "id": id, "customer_id": id, "sequence": 0, "version": 1, "settings_version": 1, "operator": "1001",
        "recorded_at": 1, "kind": "create_customer", "payload": { "reference": reference, "customer": customer }
    })
}

/// Any other operation as a register records it.
pub(crate) fn operation(customer: Uuid, kind: &str, payload: Value) -> Value {
    json!({
        "id": new_id(), "customer_id": customer, "sequence": 1, "version": 1, "settings_version": 1,
        "operator": "1001", "recorded_at": 1, "kind": kind, "payload": payload
    })
}
