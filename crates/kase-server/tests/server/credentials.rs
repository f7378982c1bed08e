//! Who may ask what: registers, operators, kiosks, and those who guess.

use reqwest::Method;
use serde_json::json;

use crate::app::{TestApp, eventually};
use crate::client::{Register, creation, new_id, send};

#[tokio::test]
async fn guessing_is_slowed_down_for_that_operator_at_that_register_alone() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let mut answers = Vec::new();
    for _ in 0..6 {
        answers.push(register.try_sign_in("1001", "000000").await);
    }
    assert!(answers[..5].iter().all(|answer| answer.problem() == "unauthenticated"), "{answers:?}");
    assert_eq!(answers[5].problem(), "rate_limited");
    assert!(answers[5].retry_after.as_deref().is_some_and(|seconds| seconds.parse::<u64>().unwrap() > 0));
    assert_eq!(register.try_sign_in("1001", "246810").await.problem(), "rate_limited");
    register.try_sign_in("9001", "135790").await.ok();
    app.register("RIGA-2").await.sign_in().await;

    let guess = json!({"register": "TARTU-1", "code": "guess"});
    let mut last = None;
    for _ in 0..6 {
        last = Some(send(app.client().request(Method::POST, "/api/v1/devices/activate").json(&guess)).await);
    }
    assert_eq!(last.unwrap().problem(), "rate_limited");
}

#[tokio::test]
async fn a_token_is_good_for_what_it_is_and_nothing_else() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let client = app.client();
    let bare = send(client.request(Method::GET, "/api/v1/customers?query=a")).await;
    assert_eq!(bare.problem(), "unauthenticated");
    for token in ["x", "riga-centrs.x", "nowhere.00", &register.token] {
        let request = client.request(Method::GET, "/api/v1/customers?query=a").bearer_auth(token);
        assert_eq!(send(request).await.problem(), "unauthenticated", "{token}");
    }
    let as_device = Register { client: client.clone(), token: cashier.token.clone() };
    let pulled = as_device.send(Method::GET, "/api/v1/replication/pull", None).await;
    assert_eq!(pulled.problem(), "unauthenticated");
    let hq = client.request(Method::GET, "/api/v1/hq/replication/pull").bearer_auth(&register.token);
    assert_eq!(send(hq).await.problem(), "unauthenticated");

    assert_eq!(cashier.send(Method::DELETE, "/api/v1/sessions/current", None).await.status, 204);
    assert_eq!(cashier.get("/api/v1/customers?query=a").await.problem(), "session_expired");
    let recorded = creation(new_id(), "R1-0001", json!({"first_name": "Anna"}));
    let answer = register.push(&[recorded]).await;
    assert_eq!(answer["results"][0]["result"], "accepted", "a session that ends hurts no queue");
}

#[tokio::test]
async fn a_kiosk_creates_and_never_browses() {
    let app = TestApp::start().await;
    let kiosk = app.register("KIOSK-1").await;
    let visitor = kiosk.sign_in().await;
    let id = new_id();
    let created = visitor.create(&json!({"id": id, "first_name": "Viesis"})).await;
    assert_eq!(created.status, 201, "{created:?}");
    for path in ["/api/v1/customers?query=viesis", &format!("/api/v1/customers/{id}")] {
        assert_eq!(visitor.get(path).await.problem(), "forbidden", "{path}");
    }
    let path = format!("/api/v1/customers/{id}");
    let edit = visitor.write(Method::PATCH, &path, new_id(), &json!({"first_name": "B"})).await;
    assert_eq!(edit.problem(), "forbidden");
    let performed =
        kiosk.perform(&[creation(new_id(), "K1-0001", json!({"first_name": "Viesis"}))]).await.ok();
    assert_eq!(performed["results"][0]["result"], "accepted", "{performed}");
    assert_eq!(performed["changes"], json!([]), "nothing personal comes back");
    let (changes, _) = kiosk.pull(None).await;
    assert!(changes.iter().all(|change| change["kind"] != "customer"), "{changes:?}");
    assert!(changes.iter().any(|change| change["kind"] == "settings"));
}

#[tokio::test]
async fn with_filtered_customers_a_register_gets_none_and_later_all() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let headquarters = app.client().headquarters().await;
    headquarters.filter(true, &register).await;
    let (changes, cursor) = register.pull(None).await;
    assert!(changes.iter().all(|change| change["kind"] != "customer"), "{changes:?}");
    let id = new_id();
    register.push(&[creation(id, "R1-0001", json!({"first_name": "Anna"}))]).await;
    register
        .pull_until("the end of the operation", |change| {
            assert_ne!(change["kind"], "customer");
            change["kind"] == "operation" && change["progress"].is_null()
        })
        .await;

    headquarters.filter(false, &register).await;
    let path = format!("/api/v1/replication/pull?cursor={cursor}");
    let answer = eventually("the customers", async || {
        let answer = register.send(Method::GET, &path, None).await.ok();
        (answer["restarted"] == true).then_some(answer)
    })
    .await;
    assert!(answer["changes"].as_array().unwrap().iter().any(|change| change["kind"] == "customer"));
}

#[tokio::test]
async fn a_register_is_activated_again_only_with_a_code_that_headquarters_makes_anew() {
    let app = TestApp::start().await;
    let first = app.register("RIGA-1").await;
    let path = "/api/v1/hq/registers/RIGA-1/activation-code";
    assert_eq!(first.send(Method::POST, path, None).await.problem(), "unauthenticated");
    let headquarters = app.client().headquarters().await;
    let unknown = headquarters.send(Method::POST, &path.replace("RIGA-1", "NONE-1"), None).await;
    assert_eq!(unknown.problem(), "not_found");

    let made = headquarters.send(Method::POST, path, None).await;
    assert_eq!(made.status, 201, "{made:?}");
    let code = made.ok()["activation_code"].as_str().unwrap().to_owned();
    let activate = async |code: &str| {
        let body = json!({ "register": "RIGA-1", "code": code });
        send(app.client().request(Method::POST, "/api/v1/devices/activate").json(&body)).await
    };
    eventually("the end of the code before it", async || {
        let answer = activate("demo-riga-1").await;
        (answer.status != 200).then(|| assert_eq!(answer.problem(), "unauthenticated"))
    })
    .await;
    let token = activate(&code.to_uppercase()).await.ok()["device_token"].as_str().unwrap().to_owned();
    assert_eq!(activate(&code).await.problem(), "unauthenticated", "it works once");
    Register { client: app.client(), token }.sign_in().await;
    let held = creation(new_id(), "R1-0001", json!({"first_name": "Anna"}));
    assert_eq!(
        first.push(&[held]).await["results"][0]["result"],
        "accepted",
        "what the first holds is taken"
    );
    assert_eq!(first.try_sign_in("1001", "246810").await.problem(), "forbidden");
}
