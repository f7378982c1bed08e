//! The language of whoever asks.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use kase_text::Locale;

/// The language that a request asks for (`Accept-Language`), or the first of ours.
#[derive(Debug, Clone, Copy)]
pub struct Reader(pub Locale);

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let wanted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Ok(Self(wanted.map_or_else(Locale::default, Locale::from_accept_language)))
    }
}
