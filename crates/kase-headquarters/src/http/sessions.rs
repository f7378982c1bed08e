//! Signing in at headquarters.

use axum::extract::State;
use axum::http::StatusCode;
use kase_service::{Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Service;
use super::credentials::User;
use crate::Session;

#[derive(Deserialize, ToSchema)]
pub(super) struct Begin {
    user: String,
    password: String,
}

#[utoipa::path(
    post, path = "/api/v1/hq/sessions", tag = "sessions", request_body = Begin,
    responses((status = 201, body = Session), (status = 401, description = "unauthenticated"), (status = 429, description = "rate_limited"))
)]
pub(super) async fn begin(
    State(service): State<Service>,
    Json(body): Json<Begin>,
) -> Result<(StatusCode, Json<Session>), Problem> {
    let session = service.headquarters.sign_in(&body.user, body.password).await?;
    Ok((StatusCode::CREATED, Json(session)))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Current {
    user: String,
}

#[utoipa::path(
    get, path = "/api/v1/hq/sessions/current", tag = "sessions",
    responses((status = 200, body = Current), (status = 401, description = "unauthenticated"))
)]
pub(super) async fn current(user: User) -> Json<Current> {
    Json(Current { user: user.name })
}

#[utoipa::path(
    delete, path = "/api/v1/hq/sessions/current", tag = "sessions",
    responses((status = 204, description = "The session has ended"))
)]
pub(super) async fn end(State(service): State<Service>, user: User) -> Result<StatusCode, Problem> {
    service.headquarters.sign_out(&user.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
pub(super) struct FirstAdministrator {
    /// The one-time code that the server printed at its start.
    code: String,
    user: String,
    password: String,
}

#[utoipa::path(
    post, path = "/api/v1/hq/first-administrator", tag = "sessions", request_body = FirstAdministrator,
    responses((status = 201, body = Session), (status = 401, description = "The code is not, or no more, valid"))
)]
pub(super) async fn first_administrator(
    State(service): State<Service>,
    Json(body): Json<FirstAdministrator>,
) -> Result<(StatusCode, Json<Session>), Problem> {
    let session =
        service.headquarters.make_first_administrator(&body.code, &body.user, body.password).await?;
    Ok((StatusCode::CREATED, Json(session)))
}
