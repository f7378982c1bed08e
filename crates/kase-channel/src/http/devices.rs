//! `POST devices/activate`.

use axum::extract::State;
use kase_domain::{ErrorCode, RegisterName};
use kase_replication::Activated;
use kase_service::{Json, Problem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Channels, shapes};
use crate::Purpose;

/// A browser that is to become a register.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Activation {
    /// The register's name, e.g. `RIGA-1`.
    register: String,
    /// Its activation code.
    code: String,
    /// What the browser is about to be. A code of something else is refused, and not used up.
    #[serde(default)]
    purpose: Option<Purpose>,
}

/// Activates a browser as a register. A code is used once.
#[utoipa::path(post, path = "/api/v1/devices/activate", tag = "registers", request_body = Activation,
    responses((status = 200, body = shapes::Activated), (status = 400), (status = 401), (status = 403),
        (status = 422), (status = 429)))]
pub(super) async fn activate(
    State(channels): State<Channels>,
    Json(activation): Json<Activation>,
) -> Result<Json<Activated>, Problem> {
    let name = RegisterName(activation.register.trim().to_uppercase());
    for channel in channels.channels.iter() {
        if channel.has_register(&name).await? {
            // It may be read out, and typed on a screen that begins with a capital.
            let code = activation.code.trim().to_lowercase();
            let device_token = channel.activate(&name, code, activation.purpose).await?;
            let device = channel.device(&device_token).await?;
            let remembered = channel.remembered(&name).await?;
            return Ok(Json(Activated {
                device_token,
                channel: channel.id().clone(),
                reference_prefix: device.reference_prefix,
                kiosk: device.kiosk,
                remembered,
            }));
        }
    }
    Err(Problem::new(ErrorCode::Unauthenticated))
}
