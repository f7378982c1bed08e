//! *Customer synchronization status*.

use axum::extract::State;
use kase_domain::{ErrorCode, OperationId};
use kase_service::{Json, Path, Problem, Query};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Service;
use super::credentials::User;
use crate::{OperationFilter, OperationOverview};

#[derive(Serialize, ToSchema)]
pub(super) struct Operations {
    operations: Vec<OperationOverview>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/operations", tag = "operations", params(OperationFilter),
    responses((status = 200, body = Operations))
)]
pub(super) async fn list(
    State(service): State<Service>,
    _: User,
    Query(filter): Query<OperationFilter>,
) -> Result<Json<Operations>, Problem> {
    Ok(Json(Operations { operations: service.headquarters.operations(&filter).await? }))
}

#[utoipa::path(
    get, path = "/api/v1/hq/operations/{id}", tag = "operations",
    params(("id" = Uuid, Path, description = "The operation's id")),
    responses((status = 200, body = OperationOverview), (status = 404, description = "not_found"))
)]
pub(super) async fn one(
    State(service): State<Service>,
    _: User,
    Path(id): Path<Uuid>,
) -> Result<Json<OperationOverview>, Problem> {
    overview(&service, id).await
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Correct {
    /// The whole payload, corrected; it stands beside what was recorded.
    #[schema(value_type = Object)]
    payload: Value,
}

#[utoipa::path(
    patch, path = "/api/v1/hq/operations/{id}", tag = "operations",
    params(("id" = Uuid, Path, description = "The operation's id")), request_body = Correct,
    responses((status = 200, body = OperationOverview), (status = 422, description = "invalid_field, too_long"))
)]
pub(super) async fn correct(
    State(service): State<Service>,
    user: User,
    Path(id): Path<Uuid>,
    Json(body): Json<Correct>,
) -> Result<Json<OperationOverview>, Problem> {
    service.headquarters.correct_operation(OperationId(id), body.payload, &user.name).await?;
    overview(&service, id).await
}

#[utoipa::path(
    post, path = "/api/v1/hq/operations/{id}/synchronize", tag = "operations",
    params(("id" = Uuid, Path, description = "The operation's id")),
    responses((status = 200, body = OperationOverview), (status = 404, description = "not_found"))
)]
pub(super) async fn synchronize(
    State(service): State<Service>,
    user: User,
    Path(id): Path<Uuid>,
) -> Result<Json<OperationOverview>, Problem> {
    service.headquarters.synchronize_operation(OperationId(id), &user.name).await?;
    overview(&service, id).await
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Discard {
    /// Why; it is kept.
    reason: String,
}

#[utoipa::path(
    post, path = "/api/v1/hq/operations/{id}/discard", tag = "operations",
    params(("id" = Uuid, Path, description = "The operation's id")), request_body = Discard,
    responses((status = 200, body = OperationOverview), (status = 404, description = "not_found"))
)]
pub(super) async fn discard(
    State(service): State<Service>,
    user: User,
    Path(id): Path<Uuid>,
    Json(body): Json<Discard>,
) -> Result<Json<OperationOverview>, Problem> {
    service.headquarters.discard_operation(OperationId(id), &body.reason, &user.name).await?;
    overview(&service, id).await
}

async fn overview(service: &Service, id: Uuid) -> Result<Json<OperationOverview>, Problem> {
    let operation = service.headquarters.operation(OperationId(id)).await?;
    operation.map(Json).ok_or_else(|| Problem::new(ErrorCode::NotFound))
}
