//! The protocol's calls, for channels.

use axum::extract::State;
use axum::response::Response;
use kase_domain::ErrorCode;
use kase_replication::{
    Cursor, CustomerState, HeadquartersReach, Hint, MOST_PULLED_CHANGES, PerformAnswer, PullAnswer,
    PushAnswer, PushRequest,
};
use kase_service::{Json, Problem, Query};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::Service;
use super::credentials::Channel;
use crate::PLACE_NAME;

/// Least characters of a search over all stores.
const LEAST_QUERY: usize = 4;

#[utoipa::path(
    post, path = "/api/v1/hq/replication/push", tag = "replication",
    description = "Records operations of a channel, each once. `{operations: […]}` → `{results: […]}`.",
    responses((status = 200, description = "One result per operation", body = Object))
)]
pub(super) async fn push(
    State(service): State<Service>,
    Channel(channel): Channel,
    Json(request): Json<PushRequest>,
) -> Result<Json<PushAnswer>, Problem> {
    Ok(Json(service.headquarters.push(&channel, &request).await?))
}

#[utoipa::path(
    post, path = "/api/v1/hq/replication/perform", tag = "replication",
    description = "The real-time call: performs operations one after the other, up to the first refused one.",
    responses((status = 200, description = "Results, and the customers afterwards", body = Object))
)]
pub(super) async fn perform(
    State(service): State<Service>,
    Channel(channel): Channel,
    Json(request): Json<PushRequest>,
) -> Result<Json<PerformAnswer>, Problem> {
    Ok(Json(service.headquarters.perform(&channel, &request).await?))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PullQuery {
    /// Where the last answer ended.
    cursor: Option<String>,
    /// At most so many changes.
    limit: Option<u32>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/replication/pull", tag = "replication", params(PullQuery),
    responses((status = 200, description = "`{changes, cursor, more, restarted}`", body = Object))
)]
pub(super) async fn pull(
    State(service): State<Service>,
    Channel(channel): Channel,
    Query(query): Query<PullQuery>,
) -> Result<Json<PullAnswer>, Problem> {
    let cursor = query.cursor.filter(|text| !text.is_empty()).map(|text| text.parse::<Cursor>()).transpose();
    let cursor = cursor.map_err(|_| Problem::new(ErrorCode::BadRequest).at("cursor"))?;
    let limit = query.limit.unwrap_or(MOST_PULLED_CHANGES);
    Ok(Json(service.headquarters.pull(&channel, cursor, limit).await?))
}

#[utoipa::path(
    get, path = "/api/v1/hq/replication/hints", tag = "replication",
    responses((status = 200, description = "Events `hello`, `changes`, `heartbeat`", content_type = "text/event-stream"))
)]
pub(super) async fn hints(State(service): State<Service>, _: Channel) -> Response {
    let headquarters = HeadquartersReach::Reached;
    let hello = Hint::Hello { place: PLACE_NAME.to_owned(), headquarters };
    let feed = service.headquarters.subscribe_feed();
    let heartbeat = move || Hint::Heartbeat { headquarters, jobs: service.headquarters.job_troubles() };
    kase_service::hints(hello, feed, heartbeat, service.shutdown)
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// What a person typed.
    #[serde(default)]
    query: String,
    /// At most so many customers.
    limit: Option<usize>,
}

/// Customers that were found, best first.
#[derive(Serialize)]
pub(super) struct Found {
    customers: Vec<CustomerState>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/replication/customers/search", tag = "replication", params(SearchQuery),
    description = "*Search all stores*: four characters at least.",
    responses((status = 200, description = "`{customers: […]}`, best first", body = Object))
)]
pub(super) async fn search(
    State(service): State<Service>,
    _: Channel,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Found>, Problem> {
    if query.query.trim().chars().count() < LEAST_QUERY {
        return Err(Problem::new(ErrorCode::InvalidField).at("query"));
    }
    let customers = service.headquarters.search(&query.query, query.limit.unwrap_or(20)).await?;
    Ok(Json(Found { customers }))
}
