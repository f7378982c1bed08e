//! JSON over HTTP, each request with a time limit. The only file that uses reqwasm.

use kase_domain::ErrorCode;
use reqwasm::http::{Method, Request, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use web_sys::{AbortController, RequestCache};

use super::digest;
use super::timer::Timer;

/// Why a request came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HttpFailure {
    /// No answer, not in time, damaged, or not one of this service: a hotel's sign-in page is no answer.
    Unreachable,
    /// The service says no.
    Problem {
        /// The HTTP status.
        status: u16,
        /// The stable code, where this version of the app knows it.
        code: Option<ErrorCode>,
        /// For people.
        detail: String,
        /// The field to blame, where one is.
        field: Option<String>,
    },
}

impl HttpFailure {
    /// What a service says to a token that it does not know.
    fn unauthenticated() -> Self {
        let code = Some(ErrorCode::Unauthenticated);
        Self::Problem { status: 401, code, detail: String::new(), field: None }
    }
}

/// The body of an `application/problem+json` answer.
#[derive(Deserialize)]
struct ProblemBody {
    code: Option<serde_json::Value>,
    #[serde(default)]
    detail: String,
    #[serde(default)]
    field: Option<String>,
}

/// Asks for JSON.
pub(crate) async fn get<T: DeserializeOwned>(
    path: &str,
    token: Option<&str>,
    limit_ms: u64,
) -> Result<T, HttpFailure> {
    send(Request::get(path), token, limit_ms).await
}

/// Sends JSON and takes JSON.
pub(crate) async fn post<T: DeserializeOwned>(
    path: &str,
    token: Option<&str>,
    body: &impl Serialize,
    limit_ms: u64,
) -> Result<T, HttpFailure> {
    let body = serde_json::to_string(body).map_err(|_| HttpFailure::Unreachable)?;
    let digest = digest::of(&body).await;
    let mut request =
        Request::new(path).method(Method::POST).header("content-type", "application/json").body(body);
    if let Some(digest) = digest {
        request = request.header("content-digest", &digest);
    }
    send(request, token, limit_ms).await
}

/// Deletes what stands at `path`.
pub(crate) async fn delete(path: &str, token: Option<&str>, limit_ms: u64) -> Result<(), HttpFailure> {
    answer(Request::delete(path), token, limit_ms).await.map(drop)
}

async fn send<T: DeserializeOwned>(
    request: Request,
    token: Option<&str>,
    limit_ms: u64,
) -> Result<T, HttpFailure> {
    let text = answer(request, token, limit_ms).await?;
    serde_json::from_str(&text).map_err(|_| HttpFailure::Unreachable)
}

/// The text of an answer of this service. The limit holds until its last byte.
async fn answer(request: Request, token: Option<&str>, limit_ms: u64) -> Result<String, HttpFailure> {
    let controller = AbortController::new().map_err(|_| HttpFailure::Unreachable)?;
    let signal = controller.signal();
    let _limit = Timer::after(limit_ms, move || controller.abort());
    let mut request =
        request.header("accept", "application/json").cache(RequestCache::NoStore).abort_signal(Some(&signal));
    if let Some(language) = document_language() {
        request = request.header("accept-language", &language);
    }
    if let Some(token) = token {
        // What cannot stand in a header is no token of ours, and the library would panic at it.
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(HttpFailure::unauthenticated());
        }
        request = request.header("authorization", &format!("Bearer {token}"));
    }
    let response = request.send().await.map_err(|_| HttpFailure::Unreachable)?;
    let content_type = response.headers().get("content-type").unwrap_or_default();
    let empty = response.status() == 204;
    if !empty
        && !content_type.starts_with("application/json")
        && !content_type.starts_with("application/problem+json")
    {
        return Err(HttpFailure::Unreachable);
    }
    let text = text(&response).await?;
    if !digest::is_undamaged(response.headers().get("unencoded-digest").as_deref(), &text).await {
        return Err(HttpFailure::Unreachable);
    }
    if response.ok() { Ok(text) } else { Err(problem(response.status(), &text)) }
}

async fn text(response: &Response) -> Result<String, HttpFailure> {
    response.text().await.map_err(|_| HttpFailure::Unreachable)
}

fn problem(status: u16, text: &str) -> HttpFailure {
    match serde_json::from_str::<ProblemBody>(text) {
        Ok(body) => HttpFailure::Problem {
            status,
            code: body.code.and_then(|code| kase_domain::json::from_value(&code).ok()),
            detail: body.detail,
            field: body.field,
        },
        Err(_) => HttpFailure::Unreachable,
    }
}

/// Details of problems come in the language that the page speaks.
fn document_language() -> Option<String> {
    let html = web_sys::window()?.document()?.document_element()?;
    html.get_attribute("lang")
}
