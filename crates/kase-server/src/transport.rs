//! The channel's messages to headquarters over HTTP, whether headquarters stands in this process or elsewhere: the
//! same requests, the same answers, the same credential.

mod carrier;
mod embedded;
mod remote;

use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use futures::{StreamExt, stream};
use kase_channel::{HeadquartersTransport, Hints, TransportError};
use kase_domain::{ChannelId, ErrorCode};
use kase_replication::{CustomerState, HintStream, PerformAnswer, PullAnswer, PushAnswer, PushRequest};
use kase_service::{CONTENT_DIGEST, UNENCODED_DIGEST, content_digest, is_undamaged};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(crate) use carrier::{Answer, Carrier};
pub(crate) use embedded::Embedded;
pub(crate) use remote::Remote;

/// An operator waits for it.
const PERFORM_TIMEOUT: Duration = Duration::from_secs(5);

/// Nobody waits for it, and a batch may be large.
const EXCHANGE_TIMEOUT: Duration = Duration::from_secs(30);

/// Bytes of an answer at most: a thousand of the largest customers.
const MOST_ANSWER_BYTES: usize = 256 * 1024 * 1024;

/// Speaks for one channel.
pub(crate) struct HttpTransport<C> {
    carrier: C,
    channel: ChannelId,
    secret: String,
}

impl<C: Carrier> HttpTransport<C> {
    pub(crate) fn new(carrier: C, channel: ChannelId, secret: String) -> Self {
        Self { carrier, channel, secret }
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
        timeout: Duration,
    ) -> Result<Answer, TransportError> {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/hq/replication/{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.secret))
            .header("kase-channel", self.channel.as_str())
            .header(header::CONTENT_TYPE, "application/json")
            .header(CONTENT_DIGEST, content_digest(&body))
            .body(body)
            .map_err(|error| TransportError::Unreachable(error.to_string()))?;
        let late = || TransportError::Unreachable("no answer in time".into());
        let answer = tokio::time::timeout(timeout, self.carrier.carry(request)).await.map_err(|_| late())?;
        let answer = answer.map_err(TransportError::Unreachable)?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let status = answer.status;
        let body = tokio::time::timeout(timeout, whole(answer)).await.map_err(|_| late())??;
        Err(failure(status, &body))
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: Bytes,
        timeout: Duration,
    ) -> Result<T, TransportError> {
        let answer = self.send(method, path, body, timeout).await?;
        let late = || TransportError::Unreachable("the answer stopped in the middle".into());
        let body = tokio::time::timeout(timeout, whole(answer)).await.map_err(|_| late())??;
        serde_json::from_slice(&body)
            .map_err(|error| TransportError::Unreachable(format!("the answer cannot be read: {error}")))
    }
}

#[async_trait]
impl<C: Carrier> HeadquartersTransport for HttpTransport<C> {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, TransportError> {
        self.ask(Method::POST, "push", json(request)?, EXCHANGE_TIMEOUT).await
    }

    async fn perform(&self, request: &PushRequest) -> Result<PerformAnswer, TransportError> {
        self.ask(Method::POST, "perform", json(request)?, PERFORM_TIMEOUT).await
    }

    async fn pull(&self, cursor: Option<&str>, limit: u32) -> Result<PullAnswer, TransportError> {
        // A cursor is hex digits, a dot and a number: nothing to escape.
        let path = match cursor {
            Some(cursor) => format!("pull?limit={limit}&cursor={cursor}"),
            None => format!("pull?limit={limit}"),
        };
        self.ask(Method::GET, &path, Bytes::new(), EXCHANGE_TIMEOUT).await
    }

    async fn hints(&self) -> Result<Hints, TransportError> {
        let answer = self.send(Method::GET, "hints", Bytes::new(), PERFORM_TIMEOUT).await?;
        let mut reader = HintStream::default();
        let hints = answer.body.flat_map(move |piece| {
            let hints = match piece {
                Err(error) => vec![Err(TransportError::Unreachable(error))],
                Ok(piece) => match reader.read(&piece) {
                    Ok(hints) => hints.into_iter().map(Ok).collect(),
                    Err(error) => vec![Err(TransportError::Unreachable(error.to_string()))],
                },
            };
            stream::iter(hints)
        });
        Ok(hints.boxed())
    }

    async fn search(&self, query: &str, limit: u32) -> Result<Vec<CustomerState>, TransportError> {
        #[derive(Deserialize)]
        struct Found {
            customers: Vec<CustomerState>,
        }
        let path = format!("customers/search?limit={limit}&query={}", percent_encoded(query));
        let found: Found = self.ask(Method::GET, &path, Bytes::new(), PERFORM_TIMEOUT).await?;
        Ok(found.customers)
    }
}

fn json(request: &PushRequest) -> Result<Bytes, TransportError> {
    let unreadable = |error: serde_json::Error| TransportError::Unreachable(error.to_string());
    serde_json::to_vec(request).map(Bytes::from).map_err(unreadable)
}

pub(crate) async fn whole(mut answer: Answer) -> Result<Vec<u8>, TransportError> {
    let mut bytes = Vec::new();
    let headers = std::mem::take(&mut answer.headers);
    while let Some(piece) = answer.body.next().await {
        bytes.extend_from_slice(&piece.map_err(TransportError::Unreachable)?);
        if bytes.len() > MOST_ANSWER_BYTES {
            return Err(TransportError::Unreachable("the answer is too large".into()));
        }
    }
    if !is_undamaged(&headers, &UNENCODED_DIGEST, &bytes) {
        return Err(TransportError::Unreachable("the answer was damaged on its way".into()));
    }
    Ok(bytes)
}

/// What an answer without success means.
fn failure(status: StatusCode, body: &[u8]) -> TransportError {
    #[derive(Deserialize)]
    struct ProblemBody {
        code: ErrorCode,
        detail: String,
    }
    match (status, serde_json::from_slice::<ProblemBody>(body)) {
        (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN, _) => TransportError::Rejected(status.to_string()),
        (StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT, _) => {
            TransportError::Unreachable(status.to_string())
        }
        (status, Ok(problem)) if status.is_client_error() => {
            TransportError::Problem { code: problem.code, detail: problem.detail }
        }
        // Said by headquarters itself, and not by something before it.
        (StatusCode::INTERNAL_SERVER_ERROR, Ok(problem)) => TransportError::Failed(problem.detail),
        (status, _) => TransportError::Unreachable(status.to_string()),
    }
}

/// A value for an address's query (RFC 3986).
fn percent_encoded(text: &str) -> String {
    use std::fmt::Write;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_escaped() {
        assert_eq!(percent_encoded("Bērziņš & co"), "B%C4%93rzi%C5%86%C5%A1%20%26%20co");
    }

    #[test]
    fn only_what_headquarters_says_itself_is_a_problem() {
        let problem = br#"{"code":"bad_request","detail":"no"}"#;
        assert!(matches!(failure(StatusCode::BAD_REQUEST, problem), TransportError::Problem { .. }));
        assert!(matches!(failure(StatusCode::BAD_REQUEST, b"<html>"), TransportError::Unreachable(_)));
        assert!(matches!(failure(StatusCode::UNAUTHORIZED, problem), TransportError::Rejected(_)));
        assert!(matches!(failure(StatusCode::INTERNAL_SERVER_ERROR, problem), TransportError::Failed(_)));
        assert!(matches!(
            failure(StatusCode::INTERNAL_SERVER_ERROR, b"<html>"),
            TransportError::Unreachable(_)
        ));
        assert!(matches!(failure(StatusCode::BAD_GATEWAY, problem), TransportError::Unreachable(_)));
    }
}
