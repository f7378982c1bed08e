//! Who asks: a register by its device token, an operator by a session token, a reader by a language.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kase_domain::{ErrorCode, OperationId};
use kase_service::{Problem, bearer};
use uuid::Uuid;

use super::Channels;
use crate::{Channel, Device, Session};

/// The header that names an operation (draft-ietf-httpapi-idempotency-key-header).
const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A register, and its channel.
pub(super) struct AtRegister(pub(super) Arc<Channel>, pub(super) Device);

/// An operator who is signed in, and the channel.
pub(super) struct SignedInAt(pub(super) Arc<Channel>, pub(super) Session);

/// The operation that a write is.
pub(super) struct IdempotencyKey(pub(super) OperationId);

impl FromRequestParts<Channels> for AtRegister {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, channels: &Channels) -> Result<Self, Problem> {
        let (channel, token) = of_token(parts, channels)?;
        let device = channel.device(token).await?;
        Ok(Self(channel, device))
    }
}

impl FromRequestParts<Channels> for SignedInAt {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, channels: &Channels) -> Result<Self, Problem> {
        let (channel, token) = of_token(parts, channels)?;
        let session = channel.session(token).await?;
        Ok(Self(channel, session))
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let key = parts.headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok());
        let key = key.and_then(|key| Uuid::parse_str(key.trim().trim_matches('"')).ok());
        let key = key.ok_or_else(|| Problem::new(ErrorCode::BadRequest).at("Idempotency-Key"))?;
        Ok(Self(OperationId(key)))
    }
}

fn of_token<'a>(parts: &'a Parts, channels: &Channels) -> Result<(Arc<Channel>, &'a str), Problem> {
    let token = bearer(&parts.headers).ok_or_else(|| Problem::new(ErrorCode::Unauthenticated))?;
    let channel = channels.by_token(token).ok_or_else(|| Problem::new(ErrorCode::Unauthenticated))?;
    Ok((channel, token))
}
