//! `POST sessions`, `GET` and `DELETE sessions/current`.

use axum::http::StatusCode;
use kase_domain::{ErrorCode, OperatorId, Timestamp};
use kase_replication::{SessionBegun, WorkingOperator};
use kase_service::{Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::credentials::{AtRegister, SignedInAt};
use super::shapes;

/// Characters of an operator's number and of a PIN at most; nobody has longer ones.
const MOST_CHARACTERS: usize = 100;

/// Who signs in.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SignIn {
    /// The operator's number.
    operator: String,
    /// The operator's PIN.
    pin: String,
}

/// Signs an operator in at the register that shows its device token.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "registers", request_body = SignIn,
    responses((status = 200, body = shapes::SessionBegun), (status = 401), (status = 403), (status = 429)))]
pub(super) async fn sign_in(
    AtRegister(channel, device): AtRegister,
    Json(sign_in): Json<SignIn>,
) -> Result<Json<SessionBegun>, Problem> {
    let too_long = |text: &str| text.chars().count() > MOST_CHARACTERS;
    if too_long(&sign_in.operator) || too_long(&sign_in.pin) {
        return Err(Problem::new(ErrorCode::Unauthenticated));
    }
    let operator = OperatorId(sign_in.operator.trim().to_owned());
    let begun = channel.sign_in(&device, &operator, sign_in.pin).await?;
    let operator = WorkingOperator { id: begun.operator, name: begun.name, manager: begun.manager };
    Ok(Json(SessionBegun { session_token: begun.token, expires_at: begun.expires_at, operator }))
}

/// A session that goes on.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SessionGoesOn {
    /// Milliseconds since the Unix epoch.
    #[schema(value_type = i64)]
    expires_at: Timestamp,
    /// The number of the operator who is working.
    operator: String,
}

/// Whether the session goes on: a register asks when it was away, or when the session should be over.
#[utoipa::path(get, path = "/api/v1/sessions/current", tag = "registers",
    responses((status = 200, body = SessionGoesOn), (status = 401)))]
pub(super) async fn current(SignedInAt(_, session): SignedInAt) -> Json<SessionGoesOn> {
    Json(SessionGoesOn { expires_at: session.expires_at, operator: session.operator.0 })
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "registers",
    responses((status = 204), (status = 401)))]
pub(super) async fn sign_out(SignedInAt(channel, session): SignedInAt) -> Result<StatusCode, Problem> {
    channel.sign_out(&session).await?;
    Ok(StatusCode::NO_CONTENT)
}
