//! Customers of the whole chain, for headquarters' people.

use axum::extract::State;
use kase_domain::ErrorCode;
use kase_replication::CustomerState;
use kase_service::{Json, Path, Problem, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Service;
use super::credentials::User;
use crate::CustomerPage;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// What a person typed; empty lists everybody by name.
    #[serde(default)]
    query: String,
    /// At most so many customers.
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Customers {
    #[schema(value_type = Vec<Object>)]
    customers: Vec<CustomerState>,
}

#[utoipa::path(
    get, path = "/api/v1/hq/customers", tag = "customers", params(SearchQuery),
    responses((status = 200, body = Customers))
)]
pub(super) async fn search(
    State(service): State<Service>,
    _: User,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Customers>, Problem> {
    let customers = service.headquarters.search(&query.query, query.limit.unwrap_or(50)).await?;
    Ok(Json(Customers { customers }))
}

#[utoipa::path(
    get, path = "/api/v1/hq/customers/{id}", tag = "customers",
    params(("id" = String, Path, description = "Customer id, an alias, or account number")),
    responses((status = 200, body = CustomerPage), (status = 404, description = "unknown_customer"))
)]
pub(super) async fn one(
    State(service): State<Service>,
    _: User,
    Path(id): Path<String>,
) -> Result<Json<CustomerPage>, Problem> {
    page(&service, &id).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Change {
    /// *Block customer for loyalty enrollment*.
    loyalty_blocked: bool,
}

#[utoipa::path(
    patch, path = "/api/v1/hq/customers/{id}", tag = "customers",
    params(("id" = String, Path, description = "Customer id, an alias, or account number")),
    request_body = Change,
    responses((status = 200, body = CustomerPage), (status = 404, description = "unknown_customer"))
)]
pub(super) async fn change(
    State(service): State<Service>,
    user: User,
    Path(id): Path<String>,
    Json(change): Json<Change>,
) -> Result<Json<CustomerPage>, Problem> {
    service.headquarters.block_for_loyalty(&id, change.loyalty_blocked, &user.name).await?;
    page(&service, &id).await
}

async fn page(service: &Service, id: &str) -> Result<Json<CustomerPage>, Problem> {
    let page = service.headquarters.customer_page(id).await?;
    page.map(Json).ok_or_else(|| Problem::new(ErrorCode::UnknownCustomer))
}
