//! The description of these routes, made from the code.

use kase_service::describe_tokens;
use utoipa::{Modify, OpenApi};

use super::{attributes, customers, operations, overview, replication, rescue, sessions, settings};

#[derive(OpenApi)]
#[openapi(
    paths(
        replication::push,
        replication::perform,
        replication::pull,
        replication::hints,
        replication::search,
        sessions::begin,
        sessions::current,
        sessions::end,
        sessions::first_administrator,
        settings::functionality_profiles,
        settings::change_functionality_profile,
        settings::channel_schemas,
        settings::change_channel_schema,
        settings::features,
        settings::change_features,
        settings::change_feature,
        attributes::list,
        attributes::make,
        attributes::change,
        attributes::remove,
        overview::overview,
        overview::stores,
        overview::enrol,
        overview::registers,
        overview::change_register,
        overview::make_activation_code,
        overview::jobs,
        overview::audit,
        overview::restores,
        operations::list,
        operations::one,
        operations::correct,
        operations::synchronize,
        operations::discard,
        rescue::take_in,
        customers::search,
        customers::one,
        customers::change,
    ),
    tags(
        (name = "replication", description = "For channels: enrolment secret as Bearer, and `Kase-Channel`"),
        (name = "sessions", description = "Signing in at headquarters"),
        (name = "settings", description = "Profiles, schemas, switches and attributes; for people with a session"),
        (name = "chain", description = "Stores, registers, jobs, audit"),
        (name = "operations", description = "Customer synchronization status"),
        (name = "customers", description = "Customers of the whole chain"),
    ),
    modifiers(&Tokens)
)]
struct Description;

/// Who asks: a channel by its secret, a person by a session.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let tokens = [
            ("enrolment", "A channel's secret, from `POST hq/stores/{id}/enrolment`; with `Kase-Channel`"),
            ("hq_session", "From `POST hq/sessions`: a person at headquarters"),
        ];
        describe_tokens(description, &tokens, |path, method| match path {
            "/api/v1/hq/sessions" | "/api/v1/hq/first-administrator" if method == "post" => None,
            path if path.starts_with("/api/v1/hq/replication/") => Some("enrolment"),
            _ => Some("hq_session"),
        });
    }
}

/// The OpenAPI description of headquarters' routes.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}
