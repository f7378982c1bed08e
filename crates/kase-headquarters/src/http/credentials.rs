//! Who asks: a person with a session, or a channel with its enrolment secret.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kase_domain::{ChannelId, ErrorCode};
use kase_service::{Problem, bearer};

use super::Service;

/// The header in which a channel names itself.
const CHANNEL_HEADER: &str = "kase-channel";

/// A person with a session.
pub(super) struct User {
    pub(super) name: String,
    pub(super) token: String,
}

/// A channel with its enrolment secret.
pub(super) struct Channel(pub(super) ChannelId);

impl FromRequestParts<Service> for User {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Problem> {
        let token = bearer(&parts.headers).ok_or_else(|| Problem::new(ErrorCode::Unauthenticated))?;
        let name = service.headquarters.session_user(token).await?;
        Ok(Self { name, token: token.to_owned() })
    }
}

impl FromRequestParts<Service> for Channel {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Service) -> Result<Self, Problem> {
        let unauthenticated = || Problem::new(ErrorCode::Unauthenticated);
        let secret = bearer(&parts.headers).ok_or_else(unauthenticated)?;
        let named = parts.headers.get(CHANNEL_HEADER).and_then(|value| value.to_str().ok());
        let channel = ChannelId::from(named.ok_or_else(unauthenticated)?);
        if service.headquarters.is_enrolled(&channel, secret).await? {
            Ok(Self(channel))
        } else {
            Err(unauthenticated())
        }
    }
}
