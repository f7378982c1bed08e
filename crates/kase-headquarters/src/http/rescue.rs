//! Taking in what a register sealed into its rescue file.

use axum::extract::State;
use kase_domain::ErrorCode;
use kase_service::{Json, Problem, RawBody};

use super::Service;
use super::credentials::User;
use crate::TakenIn;

/// Bytes of a rescue file at most: what a register records in months without a network.
pub(super) const MOST_FILE_BYTES: usize = 64 * 1024 * 1024;

#[utoipa::path(
    post, path = "/api/v1/hq/rescue", tag = "operations",
    description = "Takes in a register's rescue file: a JWE in compact serialization (RFC 7516), sealed to the chain's \
        rescue key. Its operations are put in line under the channel that it names, each once; sending it again changes \
        nothing.",
    request_body(content = String, content_type = "application/jose"),
    responses(
        (status = 200, body = TakenIn),
        (status = 404, description = "not_found: its channel"),
        (status = 413, description = "payload_too_large"),
        (status = 422, description = "no_rescue_file, rescue_file_cut_off, rescue_file_of_another_key, \
            rescue_file_changed, unsupported_version"),
    )
)]
pub(super) async fn take_in(
    State(service): State<Service>,
    user: User,
    RawBody(file): RawBody,
) -> Result<Json<TakenIn>, Problem> {
    let file = std::str::from_utf8(&file).map_err(|_| Problem::new(ErrorCode::BadRequest))?;
    Ok(Json(service.headquarters.take_in(file, &user.name).await?))
}
