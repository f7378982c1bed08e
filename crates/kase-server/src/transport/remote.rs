//! Headquarters somewhere on the network.

use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, Bytes};
use axum::http::{Request, Uri};
use futures::StreamExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::{Answer, Carrier};
use crate::ServerError;

/// A dead line is noticed before the operator loses patience.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);

/// A connection that was not used for so long may be dead without anybody knowing.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// A client of headquarters' address. It follows no redirection: the secret is for headquarters alone.
pub(crate) struct Remote {
    client: Client<HttpsConnector<HttpConnector>, Body>,
    url: String,
}

impl Remote {
    /// `url` has no slash at its end.
    pub(crate) fn new(url: String) -> Result<Self, ServerError> {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        connector.set_nodelay(true);
        connector.enforce_http(false);
        let builder = HttpsConnectorBuilder::new();
        let builder = if url.starts_with("https://") {
            builder.with_native_roots().map_err(|error| ServerError::setting("--headquarters-url", error))?
        } else {
            // A machine without any certificates can do without TLS.
            let nobody = rustls::RootCertStore::empty();
            builder.with_tls_config(
                rustls::ClientConfig::builder().with_root_certificates(nobody).with_no_client_auth(),
            )
        };
        let connector = builder.https_or_http().enable_http1().wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self { client, url })
    }
}

#[async_trait]
impl Carrier for Remote {
    async fn carry(&self, request: Request<Bytes>) -> Result<Answer, String> {
        let (mut parts, body) = request.into_parts();
        let address = format!("{}{}", self.url, parts.uri);
        parts.uri = address.parse::<Uri>().map_err(|error| error.to_string())?;
        let request = Request::from_parts(parts, Body::from(body));
        let response = self.client.request(request).await.map_err(|error| in_full(&error))?;
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        let body = Body::new(body).into_data_stream();
        Ok(Answer {
            status,
            headers,
            body: body.map(|piece| piece.map_err(|error| error.to_string())).boxed(),
        })
    }
}

/// The error with what caused it: the outer one only says that connecting failed.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}
