//! The channel's API, `/api/v1/…`: it reads requests, asks the core and writes answers. It decides nothing.
//!
//! One router serves a set of channels; a token names its channel, an activation its register.

mod credentials;
mod customer_json;
mod customers;
mod devices;
mod openapi;
mod replication;
mod sessions;
mod shapes;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use kase_domain::ErrorCode;
use kase_service::{MOST_BODY_BYTES, Problem, Reason, Shutdown, method_not_allowed};

use crate::{Channel, ChannelError};

pub use openapi::openapi;

/// Bytes of a request of people and programs at most. A register's batch of operations may be larger.
pub const MOST_REQUEST_BYTES: usize = 1024 * 1024;

/// The channels of this server, and when their streams end.
#[derive(Clone)]
pub struct Channels {
    channels: Arc<[Arc<Channel>]>,
    shutdown: Shutdown,
}

impl Channels {
    /// A set of channels, each with its own id.
    pub fn new(channels: Vec<Arc<Channel>>, shutdown: Shutdown) -> Self {
        Self { channels: channels.into(), shutdown }
    }

    /// The channel that gave out this token.
    fn by_token(&self, token: &str) -> Option<Arc<Channel>> {
        let (id, _) = token.rsplit_once('.')?;
        self.channels.iter().find(|channel| channel.id().as_str() == id).cloned()
    }
}

/// The routes, with their whole paths.
pub fn router(channels: Channels) -> Router {
    let replication = Router::new()
        .route("/api/v1/replication/push", post(replication::push))
        .route("/api/v1/replication/perform", post(replication::perform))
        .route("/api/v1/replication/pull", get(replication::pull))
        .route("/api/v1/replication/witness", post(replication::witness))
        .route("/api/v1/replication/hints", get(replication::hints_stream))
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES));
    Router::new()
        .route("/api/v1/devices/activate", post(devices::activate))
        .route("/api/v1/sessions", post(sessions::sign_in))
        .route("/api/v1/sessions/current", get(sessions::current).delete(sessions::sign_out))
        .route("/api/v1/customers", post(customers::create).get(customers::search))
        .route("/api/v1/customers/{customer}", get(customers::read).patch(customers::edit))
        .route("/api/v1/customers/{customer}/addresses", post(customers::add_address))
        .route("/api/v1/customers/{customer}/loyalty-cards", post(customers::issue_loyalty_card))
        .layer(DefaultBodyLimit::max(MOST_REQUEST_BYTES))
        .merge(replication)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(channels)
}

impl From<ChannelError> for Problem {
    fn from(error: ChannelError) -> Self {
        match error {
            ChannelError::Code(code) => Self::new(code),
            ChannelError::Fields(errors) => Self::of_fields(&errors),
            ChannelError::ClosedField { field } => Self::new(ErrorCode::CustomerPendingField).at(field),
            ChannelError::DeliversOnly => {
                Self::new(ErrorCode::Forbidden).because(Reason::RegisterDeliversOnly)
            }
            ChannelError::Refused(refusal) => Self::of_refusal(refusal),
            ChannelError::Throttled { retry_after_s } => {
                Self::new(ErrorCode::RateLimited).retry_after(retry_after_s)
            }
            ChannelError::Database(error) => Self::of_database(&error),
            error @ ChannelError::Corrupt(_) => Self::internal(&error),
        }
    }
}
