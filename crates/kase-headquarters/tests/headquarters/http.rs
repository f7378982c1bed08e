//! The routes over real HTTP: credentials, shapes, and that no bad input yields a 5xx.

use kase_headquarters::http::{openapi, router};
use kase_service::{Shutdown, ShutdownTrigger};
use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::world::{RIGA, World, anna, customer_id};

pub(crate) struct Served {
    pub(crate) world: World,
    client: Client,
    base: String,
    trigger: ShutdownTrigger,
}

impl Served {
    pub(crate) async fn new() -> Self {
        let world = World::new().await;
        let (trigger, shutdown) = Shutdown::new();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/api/v1/hq", listener.local_addr().unwrap());
        let app = router(world.headquarters.clone(), shutdown);
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { world, client: Client::new(), base, trigger }
    }

    pub(crate) async fn sign_in(&self) -> String {
        let answer = self
            .send(Method::POST, "/sessions", None, &json!({"user": "admin", "password": "demo-admin"}))
            .await;
        assert_eq!(answer.status(), StatusCode::CREATED);
        let session: Value = answer.json().await.unwrap();
        session["session_token"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: &Value,
    ) -> Response {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.base));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if method != Method::GET {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Value {
        let answer = self.send(Method::GET, path, Some(token), &Value::Null).await;
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.json().await.unwrap()
    }

    /// The same for somebody who reads this language.
    pub(crate) async fn get_in(&self, path: &str, token: &str, language: &str) -> Value {
        let request = self.client.get(format!("{}{path}", self.base)).bearer_auth(token);
        request.header("accept-language", language).send().await.unwrap().json().await.unwrap()
    }

    /// A request of a channel.
    async fn channel(&self, method: Method, path: &str, secret: &str, body: &Value) -> Response {
        let mut request =
            self.client.request(method.clone(), format!("{}{path}", self.base)).bearer_auth(secret);
        request = request.header("Kase-Channel", RIGA);
        if method != Method::GET {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }
}

async fn problem(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["status"], status);
    assert!(!body["detail"].as_str().unwrap().is_empty());
    (status, body["code"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn every_list_of_the_console_can_be_read_with_a_session_and_only_with_one() {
    let served = Served::new().await;
    let token = served.sign_in().await;
    for (path, list) in [
        ("/functionality-profiles", "functionality_profiles"),
        ("/channel-schemas", "channel_schemas"),
        ("/features", "features"),
        ("/attributes", "attributes"),
        ("/stores", "stores"),
        ("/registers", "registers"),
        ("/jobs", "jobs"),
        ("/audit", "entries"),
        ("/operations", "operations"),
        ("/customers?query=ozolina", "customers"),
    ] {
        assert!(served.get(path, &token).await[list].is_array(), "{path}");
        let answer = served.send(Method::GET, path, None, &Value::Null).await;
        assert_eq!(problem(answer).await, (401, "unauthenticated".into()), "{path}");
        let answer = served.send(Method::GET, path, Some("nonsense"), &Value::Null).await;
        assert_eq!(problem(answer).await, (401, "unauthenticated".into()), "{path}");
    }
    assert_eq!(
        served.get("/customers/c-0000001", &token).await["state"]["account"]["account_number"],
        "C-0000001"
    );
    let ended = served.send(Method::DELETE, "/sessions/current", Some(&token), &Value::Null).await;
    assert_eq!(ended.status(), StatusCode::NO_CONTENT);
    let answer = served.send(Method::GET, "/jobs", Some(&token), &Value::Null).await;
    assert_eq!(problem(answer).await.0, 401);
}

#[tokio::test]
async fn settings_are_changed_and_a_missing_prerequisite_is_named() {
    let served = Served::new().await;
    let token = served.sign_in().await;
    let profile = json!({"create_customer_async": true});
    let path = format!("/functionality-profiles/{RIGA}");
    let answer = served.send(Method::PATCH, &path, Some(&token), &profile).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let on = json!({"enabled": true});
    let answer = served.send(Method::PATCH, "/features/async_editing", Some(&token), &on).await;
    assert_eq!(problem(answer).await, (409, "feature_prerequisite".into()));
    let all = json!({"async_addresses": true, "enhanced_creation": true, "async_editing": true});
    let answer = served.send(Method::PATCH, "/features", Some(&token), &all).await;
    assert_eq!(answer.status(), StatusCode::OK);
    let settings = served.world.headquarters.settings(&RIGA.into()).await.unwrap().unwrap();
    assert!(settings.create_customer_async);
}

#[tokio::test]
async fn a_channel_pushes_performs_pulls_and_searches_with_its_secret() {
    let served = Served::new().await;
    let secret = served.world.headquarters.enrolment_secret_for(&RIGA.into()).await.unwrap();
    let version = served.world.version(RIGA).await;
    let operations =
        |nth| json!({"operations": [serde_json::from_str::<Value>(anna(nth, version).text()).unwrap()]});
    let answer = served.channel(Method::POST, "/replication/push", &secret, &operations(1)).await;
    let results: Value = answer.json().await.unwrap();
    assert_eq!(results["results"][0]["result"], "accepted");
    assert_eq!(results["results"][0]["stage"], "at_headquarters");
    let answer = served.channel(Method::POST, "/replication/perform", &secret, &operations(2)).await;
    let performed: Value = answer.json().await.unwrap();
    assert_eq!(performed["results"][0]["account_number"], "C-0002001");
    assert_eq!(performed["changes"][0]["customer_id"], customer_id(2).to_string());
    let answer = served.channel(Method::GET, "/replication/pull?limit=3", &secret, &Value::Null).await;
    let pulled: Value = answer.json().await.unwrap();
    assert_eq!((pulled["changes"].as_array().unwrap().len(), &pulled["more"]), (3, &json!(true)));
    let path = "/replication/customers/search?query=kalnina&limit=2";
    let answer = served.channel(Method::GET, path, &secret, &Value::Null).await;
    let found: Value = answer.json().await.unwrap();
    assert_eq!(found["customers"].as_array().unwrap().len(), 2);

    for (path, code) in [
        ("/replication/customers/search?query=ka", "invalid_field"),
        ("/replication/pull?cursor=nonsense", "bad_request"),
        ("/replication/pull?limit=many", "bad_request"),
    ] {
        let answer = served.channel(Method::GET, path, &secret, &Value::Null).await;
        assert_eq!(problem(answer).await.1, code, "{path}");
    }
    let answer = served.channel(Method::GET, "/replication/pull", "wrong", &Value::Null).await;
    assert_eq!(problem(answer).await, (401, "unauthenticated".into()));
    let apart = served.world.headquarters.enrol_apart(&RIGA.into(), "admin").await.unwrap();
    for secret in [&secret, &apart] {
        let answer = served.channel(Method::GET, "/replication/pull?limit=1", secret, &Value::Null).await;
        assert_eq!(answer.status(), StatusCode::OK, "an own secret leaves the other's alone");
    }
}

#[tokio::test]
async fn hints_say_hello_then_changes_and_end_with_the_server() {
    let served = Served::new().await;
    let secret = served.world.headquarters.enrolment_secret_for(&RIGA.into()).await.unwrap();
    let mut answer = served.channel(Method::GET, "/replication/hints", &secret, &Value::Null).await;
    assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/event-stream"));
    let mut text = String::new();
    while !text.contains("event: hello") {
        text.push_str(std::str::from_utf8(&answer.chunk().await.unwrap().unwrap()).unwrap());
    }
    assert!(text.contains(r#""place":"headquarters""#), "{text}");
    let version = served.world.version(RIGA).await;
    served.world.perform(RIGA, &[anna(1, version)]).await;
    while !text.contains("event: changes") {
        text.push_str(std::str::from_utf8(&answer.chunk().await.unwrap().unwrap()).unwrap());
    }
    served.trigger.begin();
    while answer.chunk().await.unwrap().is_some() {}
}

#[tokio::test]
async fn no_bad_input_yields_a_5xx() {
    let served = Served::new().await;
    let token = served.sign_in().await;
    let secret = served.world.headquarters.enrolment_secret_for(&RIGA.into()).await.unwrap();
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "1e999",
        "{\"operations\": 1}",
        "{\"operations\": [1, null, {}]}",
        "{\"operations\": [{\"id\": \"x\"}]}",
        "{\"user\": \"\\ud800\", \"password\": 1}",
        "{\"user\": \"a\\u0000b\", \"password\": \"x\"}",
        "{\"payload\": {\"customer\": {\"first_name\": 1}}}",
        "{\"enabled\": \"yes\"}",
        "{\"unknown\": true}",
        "{\"reason\": \"\"}",
        "{\"loyalty_blocked\": null}",
    ];
    let operation = customer_id(1).to_string();
    let paths = [
        (Method::POST, "/replication/push".to_owned()),
        (Method::POST, "/replication/perform".to_owned()),
        (Method::POST, "/sessions".to_owned()),
        (Method::POST, "/first-administrator".to_owned()),
        (Method::PATCH, "/features".to_owned()),
        (Method::POST, "/attributes".to_owned()),
        (Method::PATCH, "/attributes/shoe_size".to_owned()),
        (Method::DELETE, "/attributes/%00".to_owned()),
        (Method::PATCH, "/features/nonsense".to_owned()),
        (Method::PATCH, "/functionality-profiles/nowhere".to_owned()),
        (Method::PATCH, "/channel-schemas/%00".to_owned()),
        (Method::PATCH, format!("/operations/{operation}")),
        (Method::PATCH, "/operations/nonsense".to_owned()),
        (Method::POST, format!("/operations/{operation}/synchronize")),
        (Method::POST, format!("/operations/{operation}/discard")),
        (Method::PATCH, "/customers/C-0000001".to_owned()),
        (Method::GET, "/customers/%F0%9F%98%80".to_owned()),
        (Method::GET, "/operations?status=nonsense".to_owned()),
        (Method::GET, "/customers?limit=-1".to_owned()),
        (Method::PUT, "/jobs".to_owned()),
    ];
    for (method, path) in paths {
        let credential = if path.starts_with("/replication") { &secret } else { &token };
        for body in bodies {
            let request = served
                .client
                .request(method.clone(), format!("{}{path}", served.base))
                .bearer_auth(credential)
                .header("Kase-Channel", RIGA)
                .header("Content-Type", "application/json")
                .body(body);
            let answer = request.send().await.unwrap();
            let status = answer.status();
            assert!(status.as_u16() < 500, "{method} {path} {body}: {status}");
            if !status.is_success() {
                problem(answer).await;
            }
        }
    }
}

#[tokio::test]
async fn a_problem_speaks_the_language_of_its_reader() {
    let served = Served::new().await;
    let ask = |language: &'static str| {
        let request = served.client.get(format!("{}/jobs", served.base)).header("Accept-Language", language);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap()["detail"].clone() }
    };
    assert_ne!(ask("lv-LV,lv;q=0.9").await, ask("en").await);
}

#[test]
fn every_route_is_described() {
    let description = serde_json::to_value(openapi()).unwrap();
    let paths = description["paths"].as_object().unwrap();
    assert!(paths.keys().all(|path| path.starts_with("/api/v1/hq/")));
    let source = include_str!("../../src/http.rs");
    for route in source.lines().filter_map(|line| line.trim().strip_prefix(".route(\"")) {
        let path = route.split('"').next().unwrap();
        assert!(paths.contains_key(&format!("/api/v1/hq{path}")), "{path}");
    }
}
