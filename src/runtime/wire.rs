//! The protocol's requests, as JSON over HTTP.

use std::collections::BTreeMap;

use kase_domain::{ErrorCode, OperationId, Refusal};
use kase_register::{EXCHANGE_LIMIT_MS, SendFailure};
use kase_replication::{
    Claim, MOST_PULLED_CHANGES, PerformAnswer, PullAnswer, PushAnswer, PushRequest, Witness, WitnessAnswer,
};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::platform::http::{self, HttpFailure};

/// Performs operations while the operator waits.
pub(crate) async fn perform(
    token: &str,
    texts: Vec<String>,
    limit_ms: u64,
) -> Result<PerformAnswer, SendFailure> {
    send("perform", token, request(texts), limit_ms).await
}

/// Performs an operation that waited in the outbox: nobody is there to hear a refusal, so headquarters' people are
/// told of it.
pub(crate) async fn perform_unattended(
    token: &str,
    texts: Vec<String>,
    limit_ms: u64,
) -> Result<PerformAnswer, SendFailure> {
    send("perform", token, PushRequest { unattended: true, ..request(texts) }, limit_ms).await
}

/// Pushes operations, with what is said of those that are delivered again.
pub(crate) async fn push(
    token: &str,
    texts: Vec<String>,
    claims: BTreeMap<OperationId, Claim>,
    limit_ms: u64,
) -> Result<PushAnswer, SendFailure> {
    send("push", token, PushRequest { claims, ..request(texts) }, limit_ms).await
}

/// Pulls the changes after a cursor.
pub(crate) async fn pull(
    token: &str,
    cursor: Option<&str>,
    limit_ms: u64,
) -> Result<PullAnswer, SendFailure> {
    // A cursor is made of hexadecimal digits, a dot and digits: nothing to escape.
    let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
    let path = format!("/api/v1/replication/pull?limit={MOST_PULLED_CHANGES}{cursor}");
    http::get(&path, Some(token), limit_ms).await.map_err(failure)
}

/// Tells the channel what this register has recorded.
pub(crate) async fn witness(token: &str, witness: &Witness) -> Result<WitnessAnswer, SendFailure> {
    http::post("/api/v1/replication/witness", Some(token), witness, EXCHANGE_LIMIT_MS).await.map_err(failure)
}

async fn send<T: DeserializeOwned>(
    verb: &str,
    token: &str,
    request: PushRequest,
    limit_ms: u64,
) -> Result<T, SendFailure> {
    http::post(&format!("/api/v1/replication/{verb}"), Some(token), &request, limit_ms).await.map_err(failure)
}

fn request(texts: Vec<String>) -> PushRequest {
    PushRequest {
        operations: texts.into_iter().filter_map(|text| RawValue::from_string(text).ok()).collect(),
        ..PushRequest::default()
    }
}

/// What a failed request means to the register.
pub(crate) fn failure(failure: HttpFailure) -> SendFailure {
    match failure {
        HttpFailure::Unreachable => SendFailure::Unreachable,
        HttpFailure::Problem { status: 401, .. } => SendFailure::Rejected,
        // A server in trouble has judged nothing, and may have done what it was asked.
        HttpFailure::Problem { status: 500.., code, .. }
            if code != Some(ErrorCode::HeadquartersUnreachable) =>
        {
            SendFailure::Unreachable
        }
        HttpFailure::Problem { code: Some(code), detail, field, .. } => {
            SendFailure::Refused(Refusal { code, detail, field })
        }
        // An answer of a newer version: worth another try.
        HttpFailure::Problem { code: None, .. } => SendFailure::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn heard(status: u16, code: ErrorCode) -> SendFailure {
        failure(HttpFailure::Problem { status, code: Some(code), detail: String::new(), field: None })
    }

    #[test]
    fn a_server_in_trouble_has_refused_nothing() {
        for status in [500, 504, 507] {
            assert_eq!(heard(status, ErrorCode::Internal), SendFailure::Unreachable);
        }
        assert!(matches!(heard(503, ErrorCode::HeadquartersUnreachable), SendFailure::Refused(_)));
        assert!(matches!(heard(422, ErrorCode::InvalidField), SendFailure::Refused(_)));
        assert_eq!(heard(401, ErrorCode::SessionExpired), SendFailure::Rejected);
    }
}
