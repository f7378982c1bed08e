//! The chain at a glance, stores, registers, jobs and the audit.

use axum::extract::State;
use axum::http::StatusCode;
use kase_domain::{ChannelId, RegisterName, Timestamp};
use kase_service::{Json, Path, Problem, Query, Reader};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Service;
use super::credentials::User;
use crate::{
    AuditEntry, JobOverview, Overview, RegisterOverview, RestoreOverview, StoreOverview, StoreWarning,
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct OverviewQuery {
    /// Account numbers are counted from this moment, in milliseconds since the Unix epoch: the reader's midnight.
    /// Without it, from the beginning of the day in UTC.
    since: Option<i64>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/overview", tag = "chain", params(OverviewQuery),
    responses((status = 200, body = Overview))
)]
pub(super) async fn overview(
    State(service): State<Service>,
    _: User,
    Query(query): Query<OverviewQuery>,
) -> Result<Json<Overview>, Problem> {
    Ok(Json(service.headquarters.overview(query.since.map(Timestamp)).await?))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Stores {
    stores: Vec<Store>,
}

/// A store or web shop, with what is worth a look in words.
#[derive(Serialize, ToSchema)]
struct Store {
    #[serde(flatten)]
    overview: StoreOverview,
    warnings: Vec<Warning>,
}

/// Something that is worth a look, though nothing forbids it.
#[derive(Serialize, ToSchema)]
struct Warning {
    /// Stable.
    code: StoreWarning,
    /// In the language of the request.
    detail: &'static str,
}

#[utoipa::path(
    get, path = "/api/v1/hq/stores", tag = "chain",
    description = "All stores and web shops. `warnings` say, in the request's language, what is worth a look in a store's \
                   settings: `default_customer_receipt_email` where every new customer would get that email.",
    responses((status = 200, body = Stores))
)]
pub(super) async fn stores(
    State(service): State<Service>,
    _: User,
    Reader(locale): Reader,
) -> Result<Json<Stores>, Problem> {
    let warning = |code: &StoreWarning| match code {
        StoreWarning::DefaultCustomerReceiptEmail => {
            let said = kase_text::StoreWarning::DefaultCustomerReceiptEmail;
            Warning { code: *code, detail: locale.text().store_warning(said) }
        }
    };
    let store = |overview: StoreOverview| Store {
        warnings: overview.warnings.iter().map(warning).collect(),
        overview,
    };
    Ok(Json(Stores { stores: service.headquarters.stores().await?.into_iter().map(store).collect() }))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Enrolment {
    /// The secret alone; shown once.
    secret: String,
    /// What `kase-server --enrolment` takes: the channel's id, a dot, and the secret.
    enrolment: String,
}

#[utoipa::path(
    post, path = "/api/v1/hq/stores/{id}/enrolment", tag = "chain",
    params(("id" = String, Path, description = "The channel's id")),
    description = "Makes the secret with which a channel's server that runs apart speaks; the one before it ends.",
    responses((status = 201, body = Enrolment), (status = 404, description = "not_found"))
)]
pub(super) async fn enrol(
    State(service): State<Service>,
    user: User,
    Path(id): Path<String>,
) -> Result<(StatusCode, Json<Enrolment>), Problem> {
    let channel = ChannelId(id);
    let secret = service.headquarters.enrol_apart(&channel, &user.name).await?;
    let enrolment = format!("{channel}.{secret}");
    Ok((StatusCode::CREATED, Json(Enrolment { secret, enrolment })))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Registers {
    registers: Vec<RegisterOverview>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/registers", tag = "chain", responses((status = 200, body = Registers))
)]
pub(super) async fn registers(State(service): State<Service>, _: User) -> Result<Json<Registers>, Problem> {
    Ok(Json(Registers { registers: service.headquarters.registers().await? }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterChange {
    /// A deactivated register stops creating, and may still deliver what it holds, for review.
    deactivated: bool,
}

#[utoipa::path(
    patch, path = "/api/v1/hq/registers/{name}", tag = "chain",
    params(("name" = String, Path, description = "e.g. `RIGA-1`")), request_body = RegisterChange,
    description = "Deactivates a register, or lets it work again. Its channel is told at once.",
    responses((status = 200, body = RegisterOverview), (status = 404, description = "not_found"))
)]
pub(super) async fn change_register(
    State(service): State<Service>,
    user: User,
    Path(name): Path<String>,
    Json(change): Json<RegisterChange>,
) -> Result<Json<RegisterOverview>, Problem> {
    let name = RegisterName(name.trim().to_uppercase());
    Ok(Json(service.headquarters.set_deactivated(&name, change.deactivated, &user.name).await?))
}

#[derive(Serialize, ToSchema)]
pub(super) struct ActivationCode {
    /// Shown once.
    activation_code: String,
}

#[utoipa::path(
    post, path = "/api/v1/hq/registers/{name}/activation-code", tag = "chain",
    params(("name" = String, Path, description = "e.g. `RIGA-1`")),
    description = "Makes a new activation code, which works once; the one before it ends. The browser that is the register \
                   now works on until another is activated with the new code, and may then deliver what it holds.",
    responses((status = 201, body = ActivationCode), (status = 404, description = "not_found"))
)]
pub(super) async fn make_activation_code(
    State(service): State<Service>,
    user: User,
    Path(name): Path<String>,
) -> Result<(StatusCode, Json<ActivationCode>), Problem> {
    let name = RegisterName(name.trim().to_uppercase());
    let activation_code = service.headquarters.make_activation_code(&name, &user.name).await?;
    Ok((StatusCode::CREATED, Json(ActivationCode { activation_code })))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Jobs {
    jobs: Vec<JobOverview>,
}

#[utoipa::path(get, path = "/api/v1/hq/jobs", tag = "chain", responses((status = 200, body = Jobs)))]
pub(super) async fn jobs(State(service): State<Service>, _: User) -> Result<Json<Jobs>, Problem> {
    Ok(Json(Jobs { jobs: service.headquarters.jobs().await? }))
}

#[derive(Serialize, ToSchema)]
pub(super) struct Restores {
    restores: Vec<RestoreOverview>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/restores", tag = "chain",
    description = "Restores of headquarters from a backup, the latest first: the numbers they passed over, and how many operations that headquarters had forgotten came back.",
    responses((status = 200, body = Restores))
)]
pub(super) async fn restores(State(service): State<Service>, _: User) -> Result<Json<Restores>, Problem> {
    Ok(Json(Restores { restores: service.headquarters.restores().await? }))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// Go on before this entry.
    before: Option<i64>,
    /// At most so many.
    limit: Option<u32>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Audit {
    entries: Vec<AuditEntry>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/audit", tag = "chain", params(AuditQuery), responses((status = 200, body = Audit))
)]
pub(super) async fn audit(
    State(service): State<Service>,
    _: User,
    Query(query): Query<AuditQuery>,
) -> Result<Json<Audit>, Problem> {
    let entries = service.headquarters.audit(query.before, query.limit.unwrap_or(100)).await?;
    Ok(Json(Audit { entries }))
}
