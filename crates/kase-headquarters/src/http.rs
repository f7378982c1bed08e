//! Headquarters over HTTP: `/api/v1/hq/…`. It reads requests, asks [`Headquarters`], and writes answers; it
//! decides nothing.

mod attributes;
mod credentials;
mod customers;
mod openapi;
mod operations;
mod overview;
mod problems;
mod replication;
mod rescue;
mod sessions;
mod settings;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, patch, post};
use axum::{Router, middleware};
use kase_service::{MOST_BODY_BYTES, Shutdown, method_not_allowed, speak_the_readers_language};

use crate::Headquarters;

pub use openapi::openapi;

/// What every handler is given.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) headquarters: Arc<Headquarters>,
    pub(crate) shutdown: Shutdown,
}

/// The routes under `/api/v1/hq`, whole. `shutdown` ends open streams.
pub fn router(headquarters: Arc<Headquarters>, shutdown: Shutdown) -> Router {
    let hq = replication_routes().merge(console_routes());
    Router::new()
        .nest("/api/v1/hq", hq)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(MOST_BODY_BYTES))
        .layer(middleware::from_fn(speak_the_readers_language))
        .with_state(Service { headquarters, shutdown })
}

fn replication_routes() -> Router<Service> {
    Router::new()
        .route("/replication/push", post(replication::push))
        .route("/replication/perform", post(replication::perform))
        .route("/replication/pull", get(replication::pull))
        .route("/replication/hints", get(replication::hints))
        .route("/replication/customers/search", get(replication::search))
}

fn console_routes() -> Router<Service> {
    Router::new()
        .route("/sessions", post(sessions::begin))
        .route("/sessions/current", get(sessions::current).delete(sessions::end))
        .route("/first-administrator", post(sessions::first_administrator))
        .route("/functionality-profiles", get(settings::functionality_profiles))
        .route("/functionality-profiles/{id}", patch(settings::change_functionality_profile))
        .route("/channel-schemas", get(settings::channel_schemas))
        .route("/channel-schemas/{id}", patch(settings::change_channel_schema))
        .route("/features", get(settings::features).patch(settings::change_features))
        .route("/features/{id}", patch(settings::change_feature))
        .route("/attributes", get(attributes::list).post(attributes::make))
        .route("/attributes/{key}", patch(attributes::change).delete(attributes::remove))
        .route("/overview", get(overview::overview))
        .route("/stores", get(overview::stores))
        .route("/stores/{id}/enrolment", post(overview::enrol))
        .route("/registers", get(overview::registers))
        .route("/registers/{name}", patch(overview::change_register))
        .route("/registers/{name}/activation-code", post(overview::make_activation_code))
        .route("/jobs", get(overview::jobs))
        .route("/audit", get(overview::audit))
        .route("/restores", get(overview::restores))
        .route("/rescue", post(rescue::take_in).layer(DefaultBodyLimit::max(rescue::MOST_FILE_BYTES)))
        .route("/operations", get(operations::list))
        .route("/operations/{id}", get(operations::one).patch(operations::correct))
        .route("/operations/{id}/synchronize", post(operations::synchronize))
        .route("/operations/{id}/discard", post(operations::discard))
        .route("/customers", get(customers::search))
        .route("/customers/{id}", get(customers::one).patch(customers::change))
}
