//! Headquarters in this very process: its router is called directly, with the same requests as over a network.

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Request;
use futures::StreamExt;
use tower::ServiceExt;

use super::{Answer, Carrier};

/// Headquarters' router.
pub(crate) struct Embedded(pub(crate) Router);

#[async_trait]
impl Carrier for Embedded {
    async fn carry(&self, request: Request<Bytes>) -> Result<Answer, String> {
        let response = match self.0.clone().oneshot(request.map(Body::from)).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        let (status, headers) = (parts.status, parts.headers);
        let body = body.into_data_stream();
        Ok(Answer {
            status,
            headers,
            body: body.map(|piece| piece.map_err(|error| error.to_string())).boxed(),
        })
    }
}
