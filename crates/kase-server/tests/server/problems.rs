//! Every refusal is a problem with a code: never an empty body, never plain text.

use reqwest::Method;
use serde_json::json;

use crate::app::TestApp;
use crate::client::{Answer, send};

#[track_caller]
fn check(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.problem()), (status, code), "{answer:?}");
    assert_eq!(answer.body["status"], status, "{answer:?}");
}

#[tokio::test]
async fn an_address_or_a_method_that_is_not_there_is_a_problem() {
    let app = TestApp::start().await;
    let client = app.client();
    for (method, path, status) in [
        (Method::GET, "/api", 404),
        (Method::GET, "/api/", 404),
        (Method::POST, "/api/v2/customers", 404),
        (Method::GET, "/api/v1/hq/nothing", 404),
        (Method::GET, "/nothing.js", 404),
        (Method::OPTIONS, "/api/v1/customers", 405),
        (Method::OPTIONS, "/api/v1/hq/jobs", 405),
        (Method::DELETE, "/api/v1/hq/jobs", 405),
        (Method::TRACE, "/api/v1/replication/pull", 405),
        (Method::PUT, "/api/openapi.json", 405),
        (Method::POST, "/health/live", 405),
        (Method::POST, "/metrics", 405),
        (Method::POST, "/customers", 405),
        (Method::from_bytes(b"BREW").unwrap(), "/api/v1/customers", 405),
    ] {
        let answer = send(client.request(method.clone(), path)).await;
        check(&answer, status, if status == 404 { "not_found" } else { "bad_request" });
    }
    let allowed = client.request(Method::PUT, "/api/v1/customers").send().await.unwrap();
    let allowed = allowed.headers()["allow"].to_str().unwrap().to_owned();
    assert!(allowed.contains("GET") && allowed.contains("POST"), "{allowed}");
    for (path, status) in [("/api/v1/nothing", 404), ("/api/v1/customers", 401), ("/api/v1/sessions", 405)] {
        let answer = client.request(Method::HEAD, path).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json", "{path}");
    }
}

#[tokio::test]
async fn a_request_that_cannot_be_read_is_a_problem() {
    let app = TestApp::start().await;
    let register = app.register("RIGA-1").await;
    let cashier = register.sign_in().await;
    let headquarters = app.client().headquarters().await;
    for (path, status, code) in [
        ("/api/v1/customers/%FF%FE", 404, "not_found"),
        ("/api/v1/customers?limit=-1", 400, "bad_request"),
        ("/api/v1/customers?limit=1&limit=2", 400, "bad_request"),
        ("/api/v1/customers?limit=%FF", 400, "bad_request"),
        ("/api/v1/customers?scope=%FF", 400, "bad_request"),
    ] {
        check(&cashier.send(Method::GET, path, None).await, status, code);
    }
    let pull = register.send(Method::GET, "/api/v1/replication/pull?cursor=%FF", None).await;
    check(&pull, 400, "bad_request");
    for (path, status, code) in [
        ("/api/v1/hq/operations/%FF", 404, "not_found"),
        ("/api/v1/hq/operations/none", 404, "not_found"),
        ("/api/v1/hq/operations?status=none", 400, "bad_request"),
        ("/api/v1/hq/operations?before=x", 400, "bad_request"),
        ("/api/v1/hq/customers/%FF", 404, "not_found"),
    ] {
        check(&headquarters.send(Method::GET, path, None).await, status, code);
    }
    let no_text = app.client().request(Method::POST, "/api/v1/sessions").bearer_auth(&register.token);
    let no_text = send(no_text.header("content-type", "application/json").body(vec![b'"', 0xff, b'"'])).await;
    check(&no_text, 400, "bad_request");
    let form = app.client().request(Method::POST, "/api/v1/sessions").bearer_auth(&register.token);
    check(&send(form.body("operator=1001")).await, 415, "bad_request");
    let large = json!({ "operations": ["x".repeat(2 * 1024 * 1024)] });
    let large = register.send(Method::POST, "/api/v1/replication/push", Some(&large)).await;
    check(&large, 413, "payload_too_large");
}

#[tokio::test]
async fn an_address_or_headers_that_are_too_large_are_a_problem() {
    let app = TestApp::start().await;
    let cashier = app.signed_in("RIGA-1").await;
    let path = format!("/api/v1/customers?query={}", "x".repeat(20_000));
    check(&cashier.send(Method::GET, &path, None).await, 414, "payload_too_large");
    let get = || app.client().request(Method::GET, "/api/v1/customers").bearer_auth(&cashier.token);
    for bytes in [40_000, 300_000] {
        let huge = get().header("x-huge", "x".repeat(bytes));
        check(&send(huge).await, 431, "payload_too_large");
    }
    let many = (0..200).fold(get(), |request, nth| request.header(format!("x-{nth}"), "x".repeat(200)));
    check(&send(many).await, 431, "payload_too_large");
}
