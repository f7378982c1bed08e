//! Definitions of customers' attributes.

use axum::extract::State;
use axum::http::StatusCode;
use kase_domain::AttributeDefinition;
use kase_service::{Json, Path, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use super::Service;
use super::credentials::User;
use crate::AttributeFields;

/// All of them, in their order.
#[derive(Serialize, ToSchema)]
pub(super) struct Attributes {
    /// Each as it was made: `key`, `label`, `type` and what else was said.
    #[schema(value_type = Vec<Object>)]
    attributes: Vec<AttributeDefinition>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/attributes", tag = "settings", responses((status = 200, body = Attributes))
)]
pub(super) async fn list(State(service): State<Service>, _: User) -> Result<Json<Attributes>, Problem> {
    all(&service).await
}

#[utoipa::path(
    post, path = "/api/v1/hq/attributes", tag = "settings", request_body = AttributeFields,
    description = "Defines an attribute; `key`, `label` and `type` must be said. It reaches channels and registers with \
        the configuration jobs.",
    responses((status = 201, body = Attributes), (status = 422, description = "invalid_field, too_long"))
)]
pub(super) async fn make(
    State(service): State<Service>,
    user: User,
    Json(fields): Json<AttributeFields>,
) -> Result<(StatusCode, Json<Attributes>), Problem> {
    service.headquarters.make_attribute(&fields, &user.name).await?;
    Ok((StatusCode::CREATED, all(&service).await?))
}

#[utoipa::path(
    patch, path = "/api/v1/hq/attributes/{key}", tag = "settings", request_body = AttributeFields,
    params(("key" = String, Path, description = "e.g. `shoe_size`")),
    description = "What is left out stays, `null` clears. Values that customers have are left as they are.",
    responses(
        (status = 200, body = Attributes),
        (status = 404, description = "not_found"),
        (status = 422, description = "invalid_field, too_long")
    )
)]
pub(super) async fn change(
    State(service): State<Service>,
    user: User,
    Path(key): Path<String>,
    Json(fields): Json<AttributeFields>,
) -> Result<Json<Attributes>, Problem> {
    service.headquarters.change_attribute(&key, &fields, &user.name).await?;
    all(&service).await
}

#[utoipa::path(
    delete, path = "/api/v1/hq/attributes/{key}", tag = "settings",
    params(("key" = String, Path, description = "e.g. `shoe_size`")),
    description = "Removes the definition alone: the values that customers have stay, and are shown by their key.",
    responses((status = 200, body = Attributes), (status = 404, description = "not_found"))
)]
pub(super) async fn remove(
    State(service): State<Service>,
    user: User,
    Path(key): Path<String>,
) -> Result<Json<Attributes>, Problem> {
    service.headquarters.remove_attribute(&key, &user.name).await?;
    all(&service).await
}

async fn all(service: &Service) -> Result<Json<Attributes>, Problem> {
    Ok(Json(Attributes { attributes: service.headquarters.attributes().await? }))
}
