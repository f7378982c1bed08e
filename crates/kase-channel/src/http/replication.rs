//! `replication/…`: the protocol between a register and this channel.

use axum::extract::State;
use axum::response::Response;
use kase_replication::{Hint, PerformAnswer, PullAnswer, PushAnswer, PushRequest, Witness, WitnessAnswer};
use kase_service::{Json, Problem, Query, Reader, hints};
use serde::Deserialize;
use utoipa::IntoParams;

use super::Channels;
use super::credentials::AtRegister;
use super::shapes::{self, ProblemShape};

/// Where to go on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PullQuery {
    /// What the last answer gave; none at first.
    cursor: Option<String>,
    /// Most changes in the answer.
    limit: Option<u32>,
}

/// Delivers recorded operations: `{"operations": […]}` gives one result per operation.
#[utoipa::path(post, path = "/api/v1/replication/push", tag = "replication", request_body = shapes::Operations,
    responses(
        (status = 200, body = shapes::Results), (status = 400, body = ProblemShape),
        (status = 401, body = ProblemShape), (status = 413, body = ProblemShape)
    ))]
pub(super) async fn push(
    AtRegister(channel, device): AtRegister,
    Reader(locale): Reader,
    Json(request): Json<PushRequest>,
) -> Result<Json<PushAnswer>, Problem> {
    Ok(Json(channel.push(&device, &request, locale).await?))
}

/// Performs operations while the operator waits.
#[utoipa::path(post, path = "/api/v1/replication/perform", tag = "replication", request_body = shapes::Operations,
    responses(
        (status = 200, body = shapes::Performed), (status = 400, body = ProblemShape),
        (status = 401, body = ProblemShape), (status = 403, body = ProblemShape), (status = 503, body = ProblemShape)
    ))]
pub(super) async fn perform(
    AtRegister(channel, device): AtRegister,
    Reader(locale): Reader,
    Json(request): Json<PushRequest>,
) -> Result<Json<PerformAnswer>, Problem> {
    Ok(Json(channel.perform(&device, &request, locale).await?))
}

/// The changes after a cursor: `{"changes": […], "cursor": …, "more": …}`.
#[utoipa::path(get, path = "/api/v1/replication/pull", tag = "replication", params(PullQuery),
    responses(
        (status = 200, body = shapes::Pulled), (status = 400, body = ProblemShape), (status = 401, body = ProblemShape)
    ))]
pub(super) async fn pull(
    AtRegister(channel, device): AtRegister,
    Query(query): Query<PullQuery>,
) -> Result<Json<PullAnswer>, Problem> {
    Ok(Json(channel.pull(&device, query.cursor.as_deref(), query.limit).await?))
}

/// Keeps what a register says it has recorded; answers what of that is not here: `{"missing": […]}`.
#[utoipa::path(post, path = "/api/v1/replication/witness", tag = "replication", request_body = Object,
    responses((status = 200, body = Object), (status = 400), (status = 401), (status = 413)))]
pub(super) async fn witness(
    AtRegister(channel, device): AtRegister,
    Json(told): Json<Witness>,
) -> Result<Json<WitnessAnswer>, Problem> {
    Ok(Json(channel.witness(&device, &told).await?))
}

/// A streamed answer in the event-stream format: there is something to pull; a heartbeat each second.
#[utoipa::path(get, path = "/api/v1/replication/hints", tag = "replication",
    responses((status = 200, content_type = "text/event-stream"), (status = 401, body = ProblemShape)))]
pub(super) async fn hints_stream(
    AtRegister(channel, _): AtRegister,
    State(channels): State<Channels>,
) -> Response {
    let hello = Hint::Hello { place: channel.id().to_string(), headquarters: channel.reach() };
    let feed = channel.feed();
    let heartbeat = move || Hint::Heartbeat { headquarters: channel.reach(), jobs: channel.job_troubles() };
    hints(hello, feed, heartbeat, channels.shutdown)
}
