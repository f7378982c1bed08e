//! A digest beside what is sent, so that bytes which a bad line has changed are not taken for what somebody meant.
//! TLS does the same and more; this holds where a shop's network has none. A peer that sends no digest is believed.
//!
//! Requests carry `Content-Digest` (RFC 9530). Answers carry `Unencoded-Digest` (its sibling in the IETF's drafts),
//! since they are compressed after their digest is taken.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The header of a request.
pub const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// The header of an answer.
pub const UNENCODED_DIGEST: HeaderName = HeaderName::from_static("unencoded-digest");

const ALGORITHM: &str = "sha-256=";

/// What stands in either header for these bytes: `sha-256=:…:`.
pub fn content_digest(bytes: &[u8]) -> String {
    format!("{ALGORITHM}:{}:", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// Whether the header `name`, where there is one, speaks of these bytes. Digests of other algorithms are not judged.
pub fn is_undamaged(headers: &HeaderMap, name: &HeaderName, bytes: &[u8]) -> bool {
    let Some(value) = headers.get(name) else { return true };
    let Ok(value) = value.to_str() else { return false };
    let mut digests = value.split(',').map(str::trim).filter(|digest| digest.starts_with(ALGORITHM));
    digests.next().is_none_or(|digest| digest == content_digest(bytes))
}

/// The header of an answer with this body.
pub(crate) fn header_value(body: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_str(&content_digest(body)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: Option<&'static str>, bytes: &[u8], expected: bool) {
        let mut headers = HeaderMap::new();
        if let Some(value) = value {
            headers.insert(CONTENT_DIGEST, HeaderValue::from_static(value));
        }
        assert_eq!(is_undamaged(&headers, &CONTENT_DIGEST, bytes), expected, "{value:?}");
    }

    /// The example of RFC 9530, appendix D.
    const DIGEST: &str = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";

    #[test]
    fn a_digest_speaks_of_exactly_its_bytes() {
        let body = b"{\"hello\": \"world\"}\n";
        assert_eq!(content_digest(body), DIGEST);
        check(Some(DIGEST), body, true);
        check(Some(DIGEST), b"{\"hello\": \"worle\"}\n", false);
        check(Some("sha-512=:AAAA:, sha-256=:AAAA:"), body, false);
        check(Some("sha-512=:AAAA:"), body, true);
        check(None, body, true);
    }
}
