//! Functionality profiles, channel schemas and feature switches.

use axum::extract::State;
use kase_domain::{ChannelId, ErrorCode};
use kase_service::{Json, Path, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Service;
use super::credentials::User;
use crate::{
    FeatureChange, FeatureOverview, FunctionalityProfile, FunctionalityProfileChange, SchemaChange,
    SchemaOverview,
};

#[derive(Serialize, ToSchema)]
pub(super) struct Profiles {
    functionality_profiles: Vec<FunctionalityProfile>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/functionality-profiles", tag = "settings",
    responses((status = 200, body = Profiles))
)]
pub(super) async fn functionality_profiles(
    State(service): State<Service>,
    _: User,
) -> Result<Json<Profiles>, Problem> {
    Ok(Json(Profiles { functionality_profiles: service.headquarters.functionality_profiles().await? }))
}

#[utoipa::path(
    patch, path = "/api/v1/hq/functionality-profiles/{id}", tag = "settings",
    params(("id" = String, Path, description = "The channel's id")), request_body = FunctionalityProfileChange,
    responses((status = 200, body = Profiles), (status = 404, description = "not_found"))
)]
pub(super) async fn change_functionality_profile(
    State(service): State<Service>,
    user: User,
    Path(id): Path<String>,
    Json(change): Json<FunctionalityProfileChange>,
) -> Result<Json<Profiles>, Problem> {
    let headquarters = &service.headquarters;
    headquarters.change_functionality_profile(&ChannelId(id), &change, &user.name).await?;
    Ok(Json(Profiles { functionality_profiles: headquarters.functionality_profiles().await? }))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Schemas {
    channel_schemas: Vec<SchemaOverview>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/channel-schemas", tag = "settings", responses((status = 200, body = Schemas))
)]
pub(super) async fn channel_schemas(
    State(service): State<Service>,
    _: User,
) -> Result<Json<Schemas>, Problem> {
    Ok(Json(Schemas { channel_schemas: service.headquarters.channel_schemas().await? }))
}

#[utoipa::path(
    patch, path = "/api/v1/hq/channel-schemas/{id}", tag = "settings",
    params(("id" = String, Path, description = "The channel's id")), request_body = SchemaChange,
    responses((status = 200, body = Schemas), (status = 404, description = "not_found"))
)]
pub(super) async fn change_channel_schema(
    State(service): State<Service>,
    user: User,
    Path(id): Path<String>,
    Json(change): Json<SchemaChange>,
) -> Result<Json<Schemas>, Problem> {
    let headquarters = &service.headquarters;
    headquarters.change_channel_schema(&ChannelId(id), &change, &user.name).await?;
    Ok(Json(Schemas { channel_schemas: headquarters.channel_schemas().await? }))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Features {
    features: Vec<FeatureOverview>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/features", tag = "settings", responses((status = 200, body = Features))
)]
pub(super) async fn features(State(service): State<Service>, _: User) -> Result<Json<Features>, Problem> {
    Ok(Json(Features { features: service.headquarters.features().await? }))
}

#[utoipa::path(
    patch, path = "/api/v1/hq/features", tag = "settings", request_body = FeatureChange,
    description = "Switches several together or not at all.",
    responses((status = 200, body = Features), (status = 409, description = "feature_prerequisite"))
)]
pub(super) async fn change_features(
    State(service): State<Service>,
    user: User,
    Json(change): Json<FeatureChange>,
) -> Result<Json<Features>, Problem> {
    service.headquarters.change_features(&change, &user.name).await?;
    Ok(Json(Features { features: service.headquarters.features().await? }))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Enabled {
    enabled: bool,
}

#[utoipa::path(
    patch, path = "/api/v1/hq/features/{id}", tag = "settings",
    params(("id" = String, Path, description = "e.g. `async_addresses`")), request_body = Enabled,
    responses((status = 200, body = Features), (status = 409, description = "feature_prerequisite"))
)]
pub(super) async fn change_feature(
    State(service): State<Service>,
    user: User,
    Path(id): Path<String>,
    Json(body): Json<Enabled>,
) -> Result<Json<Features>, Problem> {
    let change = FeatureChange::of_one(&id, body.enabled).ok_or_else(|| Problem::new(ErrorCode::NotFound))?;
    service.headquarters.change_features(&change, &user.name).await?;
    Ok(Json(Features { features: service.headquarters.features().await? }))
}
