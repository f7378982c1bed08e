//! The answer to a request that is refused: RFC 9457's `application/problem+json` with a stable code. What went
//! wrong inside goes to the log, never to the caller.

use std::fmt::Display;

use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kase_domain::{ErrorCode, FieldError, Refusal};
use kase_text::Locale;
use serde_json::{Map, Value};

use crate::digest::{self, UNENCODED_DIGEST};
use crate::{DatabaseError, words};

/// What a code alone does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The register was deactivated, or another browser took its place.
    RegisterDeliversOnly,
    /// The answer, or the request, did not come in time. Whether anything was done is not known, so it is no code
    /// of the domain: whoever asked tries again.
    TooLate,
    /// The request is not what was sent. Whoever asked tries again.
    Damaged,
    /// The disk under this place is full; nothing was done. Whoever asked tries again.
    StorageFull,
    /// What was sent is no rescue file.
    NoRescueFile,
    /// The end of a rescue file is missing.
    RescueFileCutOff,
    /// A rescue file is sealed to a key that is not this chain's.
    RescueFileOfAnotherKey,
    /// A rescue file is not what was sealed.
    RescueFileChanged,
}

impl Reason {
    /// The code, where the domain has none.
    fn code(self) -> Option<&'static str> {
        match self {
            Self::RegisterDeliversOnly => None,
            Self::TooLate => Some("timeout"),
            Self::Damaged => Some("damaged"),
            Self::StorageFull => Some("storage_full"),
            Self::NoRescueFile => Some("no_rescue_file"),
            Self::RescueFileCutOff => Some("rescue_file_cut_off"),
            Self::RescueFileOfAnotherKey => Some("rescue_file_of_another_key"),
            Self::RescueFileChanged => Some("rescue_file_changed"),
        }
    }
}

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    code: ErrorCode,
    status: StatusCode,
    field: Option<String>,
    error: Option<FieldError>,
    told: Option<String>,
    reason: Option<Reason>,
    retry_after_s: Option<u64>,
}

impl Problem {
    /// A problem whose detail is the code's text.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            status: status(code),
            field: None,
            error: None,
            told: None,
            reason: None,
            retry_after_s: None,
        }
    }

    /// A field that was not accepted.
    pub fn of_field(error: &FieldError) -> Self {
        Self { field: Some(error.field.clone()), error: Some(error.clone()), ..Self::new(error.code()) }
    }

    /// The first of several fields that were not accepted.
    pub fn of_fields(errors: &[FieldError]) -> Self {
        errors.first().map_or_else(|| Self::new(ErrorCode::InvalidField), Self::of_field)
    }

    /// What another place refused, in its words.
    pub fn of_refusal(refusal: Refusal) -> Self {
        Self { field: refusal.field, told: Some(refusal.detail), ..Self::new(refusal.code) }
    }

    /// A fault at this place, told to the log alone.
    pub fn internal(error: &dyn Display) -> Self {
        tracing::error!(%error, "a request failed");
        Self::new(ErrorCode::Internal)
    }

    /// A fault of this place's database, told to the log alone; that its disk is full is told.
    pub fn of_database(error: &DatabaseError) -> Self {
        let fault = Self::internal(error);
        if !error.is_full() {
            return fault;
        }
        fault.because(Reason::StorageFull).with_status(StatusCode::INSUFFICIENT_STORAGE)
    }

    /// A request that was changed on its way.
    pub fn damaged() -> Self {
        Self::new(ErrorCode::BadRequest).because(Reason::Damaged)
    }

    /// What took too long.
    pub fn too_late(status: StatusCode) -> Self {
        Self::new(ErrorCode::Internal).because(Reason::TooLate).with_status(status)
    }

    /// The problem that another's bare answer of this status stands for.
    pub fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => return Self::too_late(status),
            StatusCode::UNAUTHORIZED => ErrorCode::Unauthenticated,
            StatusCode::FORBIDDEN => ErrorCode::Forbidden,
            StatusCode::NOT_FOUND => ErrorCode::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::URI_TOO_LONG
            | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => ErrorCode::PayloadTooLarge,
            StatusCode::TOO_MANY_REQUESTS => ErrorCode::RateLimited,
            status if status.is_client_error() => ErrorCode::BadRequest,
            _ => ErrorCode::Internal,
        };
        Self::new(code).with_status(status)
    }

    /// Names the field to blame.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Says more than the code does.
    #[must_use]
    pub fn because(mut self, reason: Reason) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Answers with another status than the code's own.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Says after how many seconds a further try is worth it.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The JSON that is sent, in a language.
    pub fn body(&self, locale: Locale) -> Value {
        let detail = match (&self.told, &self.error, self.reason) {
            (Some(told), _, _) => told.clone(),
            (None, Some(error), _) => words::field_detail(locale, error),
            (None, None, Some(reason)) => words::reason(locale, reason),
            (None, None, None) => words::detail(locale, self.code),
        };
        let mut body = Map::new();
        body.insert("type".into(), "about:blank".into());
        body.insert("title".into(), self.status.canonical_reason().unwrap_or_default().into());
        body.insert("status".into(), self.status.as_u16().into());
        let code = self.reason.and_then(Reason::code).map(str::to_owned);
        body.insert("code".into(), code.unwrap_or_else(|| words::code_name(self.code)).into());
        body.insert("detail".into(), detail.into());
        if let Some(field) = &self.field {
            body.insert("field".into(), field.clone().into());
        }
        Value::Object(body)
    }

    fn response(self, locale: Locale) -> Response {
        let body = self.body(locale).to_string();
        let digest = digest::header_value(body.as_bytes());
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(digest) = digest {
            headers.insert(UNENCODED_DIGEST, digest);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.response(Locale::default())
    }
}

/// Middleware: writes problems in the language of the request. Put it around the whole router.
pub async fn speak_the_readers_language(request: Request, next: Next) -> Response {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = wanted.map_or_else(Locale::default, Locale::from_accept_language);
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem.response(locale).with_headers_of(&response),
        None => response,
    }
}

/// Middleware: what a library answers bare becomes a problem. Put it inside [`speak_the_readers_language`]. Pages for
/// people keep their words: `is_api` says where programs ask.
pub async fn only_problems(is_api: fn(&Uri) -> bool, request: Request, next: Next) -> Response {
    let is_api = is_api(request.uri());
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let is_bare = !response.headers().contains_key(header::CONTENT_TYPE) || is_api;
    if !is_error || !is_bare || response.extensions().get::<Problem>().is_some() {
        return response;
    }
    Problem::of_status(status).into_response().with_headers_of(&response)
}

trait WithHeadersOf {
    fn with_headers_of(self, other: &Response) -> Self;
}

impl WithHeadersOf for Response {
    /// What else was said stands: which methods are allowed, when to come again.
    fn with_headers_of(mut self, other: &Response) -> Self {
        for name in [header::ALLOW, header::RETRY_AFTER] {
            if let Some(value) = other.headers().get(&name) {
                self.headers_mut().insert(name, value.clone());
            }
        }
        self
    }
}

/// Answers an address that nothing stands at.
pub async fn not_found() -> Problem {
    Problem::new(ErrorCode::NotFound)
}

/// Answers a method that an address does not take.
pub async fn method_not_allowed() -> Problem {
    Problem::new(ErrorCode::BadRequest).with_status(StatusCode::METHOD_NOT_ALLOWED)
}

fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::CustomerPendingEdit
        | ErrorCode::CustomerPendingLoyalty
        | ErrorCode::CustomerPendingField
        | ErrorCode::OfflineCreationExcluded
        | ErrorCode::FeaturePrerequisite
        | ErrorCode::LoyaltyBlocked
        | ErrorCode::LoyaltyCardTaken
        | ErrorCode::IdempotencyMismatch => StatusCode::CONFLICT,
        ErrorCode::HeadquartersUnreachable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::InvalidField | ErrorCode::TooLong | ErrorCode::UnsupportedVersion => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ErrorCode::UnknownCustomer | ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Unauthenticated | ErrorCode::SessionExpired => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kase_domain::Problem as FieldProblem;

    #[test]
    fn a_problem_says_which_field_and_why_in_each_language() {
        let error = FieldError::new("addresses[0].city", FieldProblem::TooLong { limit: 100 });
        let problem = Problem::of_field(&error);
        let english = problem.body(Locale::En);
        assert_eq!(english["code"], "too_long");
        assert_eq!(english["status"], 422);
        assert_eq!(english["field"], "addresses[0].city");
        assert!(english["detail"].as_str().unwrap().contains("100"));
        assert_ne!(english["detail"], problem.body(Locale::Lv)["detail"]);
    }

    #[test]
    fn what_went_wrong_inside_is_not_told() {
        let body = Problem::internal(&"secret path").body(Locale::En).to_string();
        assert!(!body.contains("secret"), "{body}");
        assert!(body.contains("\"internal\""));
    }
}
