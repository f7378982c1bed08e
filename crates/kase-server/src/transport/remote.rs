//! Headquarters somewhere on the network.

use std::time::Duration;

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::Request;
use futures::StreamExt;

use super::{Answer, Carrier};
use crate::ServerError;

/// A dead line is noticed before the operator loses patience.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// A client of headquarters' address.
pub(crate) struct Remote {
    client: reqwest::Client,
    url: String,
}

impl Remote {
    /// `url` has no slash at its end.
    pub(crate) fn new(url: String) -> Result<Self, ServerError> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            // A channel speaks to headquarters alone, and follows nobody elsewhere with its secret.
            .redirect(reqwest::redirect::Policy::none())
            .tcp_nodelay(true)
            .build()
            .map_err(|error| ServerError::setting("--headquarters-url", error))?;
        Ok(Self { client, url })
    }
}

#[async_trait]
impl Carrier for Remote {
    async fn carry(&self, request: Request<Bytes>) -> Result<Answer, String> {
        let (parts, body) = request.into_parts();
        let response = self
            .client
            .request(parts.method, format!("{}{}", self.url, parts.uri))
            .headers(parts.headers)
            .body(body)
            .send()
            .await
            .map_err(|error| error.to_string())?;
        let status = response.status();
        let body = response.bytes_stream().map(|piece| piece.map_err(|error| error.to_string())).boxed();
        Ok(Answer { status, body })
    }
}
