//! What carries a request to headquarters and brings the answer back, piece by piece.

use async_trait::async_trait;
use axum::body::Bytes;
use axum::http::{HeaderMap, Request, StatusCode};
use futures::stream::BoxStream;

/// An answer whose body is still arriving.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: BoxStream<'static, Result<Bytes, String>>,
}

/// Carries requests. The request's address has no host: where headquarters is, the carrier knows.
#[async_trait]
pub(crate) trait Carrier: Send + Sync + 'static {
    /// The answer, or why there is none.
    async fn carry(&self, request: Request<Bytes>) -> Result<Answer, String>;
}
