//! `POST devices/activate`.

use axum::extract::State;
use kase_domain::{ErrorCode, RegisterName};
use kase_replication::Remembered;
use kase_service::{Json, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Channels;
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

/// The register's credential.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Activated {
    /// Carries replication and sign-in from now on.
    device_token: String,
    /// The register's channel; the stream of hints says hello with it.
    channel: String,
    /// Begins the register's short references, e.g. `R1`.
    reference_prefix: String,
    /// A kiosk may create and never browse.
    kiosk: bool,
    /// What is known of the register from its earlier browsers: the last count of its short references, and what
    /// of their records has not arrived.
    #[schema(value_type = Object)]
    remembered: Remembered,
}

/// Activates a browser as a register. A code is used once.
#[utoipa::path(post, path = "/api/v1/devices/activate", tag = "registers", request_body = Activation,
    responses((status = 200, body = Activated), (status = 400), (status = 401), (status = 403), (status = 429)))]
pub(super) async fn activate(
    State(channels): State<Channels>,
    Json(activation): Json<Activation>,
) -> Result<Json<Activated>, Problem> {
    let name = RegisterName(activation.register.trim().to_uppercase());
    for channel in channels.channels.iter() {
        if channel.has_register(&name).await? {
            let code = activation.code.trim().to_owned();
            let device_token = channel.activate(&name, code, activation.purpose).await?;
            let device = channel.device(&device_token).await?;
            let remembered = channel.remembered(&name).await?;
            return Ok(Json(Activated {
                device_token,
                channel: channel.id().0.clone(),
                reference_prefix: device.reference_prefix,
                kiosk: device.kiosk,
                remembered,
            }));
        }
    }
    Err(Problem::new(ErrorCode::Unauthenticated))
}
