//! The API's description, made from the code that answers it.

use kase_service::describe_tokens;
use utoipa::{Modify, OpenApi};

use super::{customers, devices, replication, sessions};

/// Paths and bodies of the channel's API.
#[derive(OpenApi)]
#[openapi(
    info(title = "Kase", description = "A point of sale that never turns a customer away."),
    paths(
        devices::activate,
        sessions::sign_in,
        sessions::current,
        sessions::sign_out,
        customers::create,
        customers::search,
        customers::read,
        customers::edit,
        customers::add_address,
        customers::issue_loyalty_card,
        replication::push,
        replication::perform,
        replication::pull,
        replication::witness,
        replication::hints_stream,
    ),
    modifiers(&Tokens)
)]
struct Description;

/// Who asks: a register by its device's token, an operator by the session's.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let tokens = [
            ("device_token", "From `POST devices/activate`: a register's own"),
            ("session_token", "From `POST sessions`: who works at the register"),
        ];
        describe_tokens(description, &tokens, |path, method| match path {
            "/api/v1/devices/activate" => None,
            "/api/v1/sessions" if method == "post" => Some("device_token"),
            path if path.starts_with("/api/v1/replication/") => Some("device_token"),
            _ => Some("session_token"),
        });
    }
}

/// The description of the channel's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
