//! Every address of the server, and what holds for all of them: limits, time limits, errors as problems, the
//! reader's language.

use std::time::Duration;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, extract::DefaultBodyLimit};
use kase_domain::ErrorCode;
use kase_service::{MOST_BODY_BYTES, Problem, Shutdown, speak_the_readers_language};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

use crate::installation::Installation;
use crate::{docs, health, metrics, web};

/// The beginning of every answer comes by then. Longer than the slowest step inside: a real-time call, and the
/// wait for a turn to write.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(75);

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
    router
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, ANSWER_TIMEOUT))
        .layer(CatchPanicLayer::custom(|_| Problem::new(ErrorCode::Internal).into_response()))
        .layer(middleware::from_fn(speak_the_readers_language))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(with_safe_headers))
}

/// What every answer tells browsers. An answer of the API is never kept.
async fn with_safe_headers(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
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
