//! What is served beside the API.

use reqwest::Method;

use crate::app::TestApp;
use crate::client::send;

#[tokio::test]
async fn health_metrics_and_the_description_of_the_api_are_served() {
    let app = TestApp::start().await;
    let get = |path: &'static str| send(app.client().request(Method::GET, path));
    assert_eq!(get("/health/live").await.ok()["status"], "live");
    assert_eq!(get("/health/ready").await.ok()["status"], "ready");
    let metrics = get("/metrics").await.ok();
    assert!(
        metrics.as_str().unwrap().contains("kase_channel_customers{channel=\"riga-centrs\"} 2000"),
        "{metrics}"
    );
    let description = get("/api/openapi.json").await.ok();
    for path in ["/api/v1/customers", "/api/v1/replication/push", "/api/v1/hq/replication/push"] {
        assert!(description["paths"].get(path).is_some(), "{path}");
    }
    let text = description.to_string();
    for name in text.split("\"#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(description["components"]["schemas"].get(name).is_some(), "{name} is described nowhere");
    }
    let create = &description["paths"]["/api/v1/customers"]["post"];
    assert_eq!(create["security"][0], serde_json::json!({"session_token": []}), "{create}");
    assert!(description["components"]["securitySchemes"].get("device_token").is_some());
    let docs = app.client().request(Method::GET, "/api/docs").send().await.unwrap();
    let policy = docs.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(docs.text().await.unwrap().contains("/api/v1/customers"));
}

#[tokio::test]
async fn every_answer_has_safe_headers() {
    let app = TestApp::start().await;
    for path in ["/", "/customers/C-0000001", "/api/v1/customers", "/nothing"] {
        let answer = app.client().request(Method::GET, path).send().await.unwrap();
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers()["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(answer.headers()["cross-origin-opener-policy"], "same-origin", "{path}");
        if path == "/nothing" {
            assert_eq!(answer.status(), 404);
        } else if !path.starts_with("/api") && answer.status() == 200 {
            let policy = answer.headers()["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"), "{policy}");
        }
    }
}
