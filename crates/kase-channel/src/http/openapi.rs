//! The API's description, made from the code that answers it.

use utoipa::OpenApi;

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
        replication::hints_stream,
    )
)]
struct Description;

/// The description of the channel's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
