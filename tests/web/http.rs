//! JSON over HTTP: what is an answer of this service, and what is none.

use kase_domain::ErrorCode;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::network_stub::{answer, answer_text, asked};
use crate::platform::http::{HttpFailure, delete, get, post};

/// Longer than any test; what has to end by its limit names another.
const LIMIT_MS: u64 = 60_000;

#[wasm_bindgen_test]
async fn a_request_carries_its_token_its_language_and_its_body() {
    let path = "/api/v1/http/carries";
    answer_text(path, 200, "application/json; charset=utf-8", r#"{"name":"Žņēķle"}"#);
    let document = web_sys::window().unwrap().document().unwrap();
    document.document_element().unwrap().set_attribute("lang", "lv").unwrap();
    let answer: Value = post(path, Some("riga.0aB-_"), &json!({ "a": [1] }), LIMIT_MS).await.unwrap();
    assert_eq!(answer["name"], "Žņēķle");
    assert_eq!(asked(path, "method"), "POST");
    assert_eq!(asked(path, "body"), r#"{"a":[1]}"#);
    assert_eq!(asked(path, "cache"), "no-store");
    let headers: Value = serde_json::from_str(&asked(path, "headers")).unwrap();
    assert_eq!(headers["authorization"], "Bearer riga.0aB-_");
    assert_eq!(headers["accept-language"], "lv");
    assert_eq!(headers["content-type"], "application/json");
    let digest = "sha-256=:/1Rkw0KH6exQW592VzpMsL1AjJbGU3tFj92ZP8fGFc4=:";
    assert_eq!(headers["content-digest"], digest);
}

#[wasm_bindgen_test]
async fn an_answer_that_was_damaged_on_its_way_is_none() {
    let path = "/api/v1/http/damaged";
    let headers = "{ 'content-type': 'application/json', \
                   'unencoded-digest': 'sha-256=:GAWoCqwif0fmfUg0uApemxrwjGJkzVlh3q+3x2P2ei4=:' }";
    let answered =
        |body: &str| answer(path, &format!("() => new Response('{body}', {{ headers: {headers} }})"));
    let asking = || get::<Value>(path, None, LIMIT_MS);
    answered(r#"{"name":"Žņēķle"}"#);
    assert_eq!(asking().await, Ok(json!({ "name": "Žņēķle" })));
    answered(r#"{"name":"Žņēķļe"}"#);
    assert_eq!(asking().await, Err(HttpFailure::Unreachable));
}

#[wasm_bindgen_test]
async fn an_answer_without_content_is_an_answer() {
    let path = "/api/v1/http/empty";
    answer(path, "() => new Response(null, { status: 204 })");
    assert_eq!(delete(path, None, LIMIT_MS).await, Ok(()));
    assert_eq!(asked(path, "method"), "DELETE");
}

#[wasm_bindgen_test]
async fn a_problem_keeps_what_the_service_said() {
    let path = "/api/v1/http/problem";
    let problem = |body: Value| answer_text(path, 422, "application/problem+json", &body.to_string());
    problem(json!({ "code": "too_long", "detail": "par garu", "field": "city", "more": 1 }));
    let expected = |code, detail: &str, field: Option<&str>| {
        Err(HttpFailure::Problem { status: 422, code, detail: detail.into(), field: field.map(Into::into) })
    };
    let asking = || get::<Value>(path, None, LIMIT_MS);
    assert_eq!(asking().await, expected(Some(ErrorCode::TooLong), "par garu", Some("city")));
    problem(json!({ "code": "of_a_newer_version", "detail": "new" }));
    assert_eq!(asking().await, expected(None, "new", None));
}

#[wasm_bindgen_test]
async fn an_answer_of_somebody_else_is_none() {
    let path = "/api/v1/http/stranger";
    for (status, content_type, body) in [
        (200, "text/html", "<form>Room number</form>"),
        (502, "text/html", "<h1>Bad gateway</h1>"),
        (200, "application/json", "not JSON"),
        (200, "application/json", r#"{"other":"shape"}"#),
        (500, "application/json", "[]"),
    ] {
        answer_text(path, status, content_type, body);
        let answered: Result<Vec<u8>, _> = get(path, None, LIMIT_MS).await;
        assert_eq!(answered, Err(HttpFailure::Unreachable), "{status} {content_type} {body}");
    }
    answer(path, "() => Promise.reject(new TypeError('Failed to fetch'))");
    assert_eq!(get::<Value>(path, None, LIMIT_MS).await, Err(HttpFailure::Unreachable));
}

#[wasm_bindgen_test]
async fn the_limit_holds_to_the_last_byte() {
    let silent = "/api/v1/http/silent";
    answer(
        silent,
        "(request) => new Promise((_, reject) =>
            request.signal.addEventListener('abort', () => reject(request.signal.reason)))",
    );
    assert_eq!(get::<Value>(silent, None, 1).await, Err(HttpFailure::Unreachable));
    let stalled = "/api/v1/http/stalled";
    answer(
        stalled,
        "(request) => new Response(
            new ReadableStream({ start: (body) => {
                body.enqueue(new TextEncoder().encode('{\"half\":'));
                request.signal.addEventListener('abort', () => body.error(request.signal.reason));
            } }),
            { headers: { 'content-type': 'application/json' } })",
    );
    assert_eq!(get::<Value>(stalled, None, 1).await, Err(HttpFailure::Unreachable));
}

#[wasm_bindgen_test]
async fn a_token_that_cannot_be_one_is_not_accepted() {
    for token in ["two\nlines", "Ž", "a b"] {
        let answered = get::<Value>("/api/v1/http/token", Some(token), LIMIT_MS).await;
        assert!(matches!(answered, Err(HttpFailure::Problem { status: 401, .. })), "{token}");
    }
}
