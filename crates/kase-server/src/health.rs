//! `/health/live` and `/health/ready`, for whoever keeps the server running.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use kase_channel::Channel;
use kase_headquarters::Headquarters;
use serde_json::json;

use crate::installation::Installation;

#[derive(Clone)]
struct Places {
    headquarters: Option<Arc<Headquarters>>,
    channels: Arc<[Arc<Channel>]>,
}

pub(crate) fn router(installation: &Installation) -> Router {
    let places = Places {
        headquarters: installation.headquarters.clone(),
        channels: installation.channels.clone().into(),
    };
    Router::new().route("/health/live", get(live)).route("/health/ready", get(ready)).with_state(places)
}

async fn live() -> Json<serde_json::Value> {
    Json(json!({ "status": "live", "version": env!("CARGO_PKG_VERSION") }))
}

/// Ready means that every database answers. A channel whose headquarters is out of reach is ready: that is what it
/// is for.
async fn ready(State(places): State<Places>) -> Response {
    let mut is_ready = true;
    let mut channels = Vec::new();
    for channel in places.channels.iter() {
        match channel.status().await {
            Ok(status) => channels.push(json!(status)),
            Err(error) => {
                tracing::error!(channel = %channel.id(), %error, "not ready");
                is_ready = false;
            }
        }
    }
    if let Some(headquarters) = &places.headquarters {
        is_ready &= headquarters.is_ready().await;
    }
    let status = if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = if is_ready { "ready" } else { "not_ready" };
    (status, Json(json!({ "status": word, "channels": channels }))).into_response()
}
