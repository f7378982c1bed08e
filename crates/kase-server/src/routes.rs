//! Every address of the server, and what holds for all of them: limits, time limits, errors as problems, the
//! reader's language.

use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, extract::DefaultBodyLimit};
use kase_domain::ErrorCode;
use kase_service::{MOST_BODY_BYTES, Problem, Shutdown, only_problems, speak_the_readers_language};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::installation::Installation;
use crate::{docs, health, metrics, web};

/// The beginning of every answer comes by then. Longer than the slowest step inside: a real-time call, and the
/// wait for a turn to write.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(75);

/// Bytes of an address at most. The HTTP library's own bound is 64 KiB.
const MOST_ADDRESS_BYTES: usize = 16 * 1024;

/// Bytes of all headers at most. The HTTP library's own bound is some 400 KiB.
const MOST_HEADER_BYTES: usize = 32 * 1024;

/// The whole server.
pub(crate) fn router(installation: &Installation, shutdown: &Shutdown) -> Router {
    let mut router = installation
        .api(shutdown)
        .merge(health::router(installation))
        .merge(metrics::router(installation))
        .merge(docs::router());
    router = router.route("/api/{*path}", axum::routing::any(kase_service::not_found));
    if installation.channels.is_empty() {
        router = router.fallback(kase_service::not_found);
    } else {
        router = router.fallback_service(get(web::serve));
    }
    with_layers(router, ANSWER_TIMEOUT)
}

/// What holds for all addresses. A layer is inside those that come after it.
fn with_layers(router: Router, answer_timeout: Duration) -> Router {
    router
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, answer_timeout))
        .layer(CatchPanicLayer::custom(|_| Problem::new(ErrorCode::Internal).into_response()))
        .layer(middleware::from_fn(with_bounded_head))
        .layer(middleware::from_fn(|request, next| only_problems(is_api, request, next)))
        .layer(middleware::from_fn(speak_the_readers_language))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(with_safe_headers))
}

fn is_api(uri: &Uri) -> bool {
    uri.path().starts_with("/api/")
}

/// Refuses an address or headers that no caller of ours has, before the HTTP library would do so without a word.
async fn with_bounded_head(request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map_or(0, |address| address.as_str().len());
    if address > MOST_ADDRESS_BYTES {
        return Problem::of_status(StatusCode::URI_TOO_LONG).into_response();
    }
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers > MOST_HEADER_BYTES {
        return Problem::of_status(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE).into_response();
    }
    next.run(request).await
}

/// What every answer tells browsers. An answer of the API is never kept.
async fn with_safe_headers(request: Request, next: Next) -> Response {
    let is_api = is_api(request.uri());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_api {
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        headers
            .entry(header::CONTENT_SECURITY_POLICY)
            .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// What somebody hears, over HTTP, whose answer does not come.
    async fn ask(router: Router, language: &str) -> Result<(u16, String, Value), Box<dyn std::error::Error>> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}/api/v1/never", listener.local_addr()?);
        let service = with_layers(router, Duration::from_millis(5)).into_make_service();
        let serving = tokio::spawn(axum_server::from_tcp(listener)?.serve(service));
        let request = reqwest::Client::new().get(url).header("accept-language", language);
        let answer = request.send().await?;
        let kind = answer.headers()[header::CONTENT_TYPE].to_str()?.to_owned();
        let answered = (answer.status().as_u16(), kind, serde_json::from_str(&answer.text().await?)?);
        serving.abort();
        Ok(answered)
    }

    #[tokio::test]
    async fn an_answer_that_does_not_come_is_a_problem_with_a_code_in_the_readers_language() {
        let never = || Router::new().route("/api/v1/never", get(std::future::pending::<()>));
        let (status, kind, body) = ask(never(), "en").await.unwrap();
        assert_eq!((status, kind.as_str()), (504, "application/problem+json"));
        assert_eq!((&body["code"], &body["status"]), (&"timeout".into(), &504.into()));
        let (_, _, latvian) = ask(never(), "lv").await.unwrap();
        assert_ne!(latvian["detail"], body["detail"]);
    }

    #[tokio::test]
    async fn a_panic_is_a_problem_that_tells_nothing() {
        let panics = Router::new().route("/api/v1/never", get(async || -> &'static str { panic!("secret") }));
        let (status, kind, body) = ask(panics, "en").await.unwrap();
        assert_eq!((status, kind.as_str()), (500, "application/problem+json"));
        assert_eq!(body["code"], "internal");
        assert!(!body.to_string().contains("secret"), "{body}");
    }
}
