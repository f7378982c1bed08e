//! `customers…`: creating, finding and changing customers, for web shops and other programs. A kiosk may create
//! and never browse.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kase_domain::{
    AddressRecord, CustomerId, ErrorCode, FieldError, Problem as FieldProblem, ShortReference,
};
use kase_replication::{AccountJson, CustomerJson};
use kase_service::{Json, Path, Problem, Query, canonical_fingerprint};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::{IntoParams, ToSchema};

use super::credentials::{IdempotencyKey, SignedInAt};
use super::customer_json::{read_record, refuse_added};
use super::shapes::{self, ProblemShape};
use crate::{ChangeRequest, Scope};

/// Customers in one answer where nothing is said.
const USUAL_LIMIT: u32 = 50;

/// What to find.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SearchQuery {
    /// As typed: name, phone, email, account number, card, address; `name:`, `phone:` … for one field.
    #[serde(default)]
    query: String,
    /// Most customers in the answer.
    limit: Option<u32>,
    /// `channel`, or `all` to ask headquarters.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    scope: Scope,
}

/// A card to issue.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct CardRequest {
    /// The card's number; none where the profile has one generated.
    number: Option<String>,
}

/// What became of a creation.
#[derive(Debug, Serialize)]
struct CreatedJson {
    id: CustomerId,
    #[serde(flatten)]
    account: AccountJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<ShortReference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    held_fields: Vec<String>,
}

/// Customers that were found.
#[derive(Debug, Serialize)]
pub(super) struct FoundJson {
    customers: Vec<CustomerJson>,
}

/// Creates a customer by the mode in force: `{"id": …, …customer}`. `id` is the customer id and the idempotency
/// key. 201 first, 200 on a repeat.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", request_body = shapes::NewCustomer,
    responses(
        (status = 201, body = shapes::Created), (status = 200, body = shapes::Created),
        (status = 409, body = ProblemShape), (status = 422, body = ProblemShape)
    ))]
pub(super) async fn create(
    SignedInAt(channel, session): SignedInAt,
    Json(mut fields): Json<Map<String, Value>>,
) -> Result<Response, Problem> {
    let fingerprint = canonical_fingerprint(&Value::Object(fields.clone()));
    let id = fields.remove("id").ok_or(FieldProblem::Required);
    let id = id.and_then(|id| serde_json::from_value::<CustomerId>(id).map_err(|_| FieldProblem::Invalid));
    let id = id.map_err(|problem| Problem::of_field(&FieldError::new("id", problem)))?;
    let record = read_record(fields)?;
    let created = channel.create_customer(&session, id, record, fingerprint).await?;
    let status = if created.first { StatusCode::CREATED } else { StatusCode::OK };
    let answer = CreatedJson {
        id,
        account: AccountJson(created.account),
        reference: created.reference,
        held_fields: created.held_fields,
    };
    Ok((status, Json(answer)).into_response())
}

/// Finds customers: `{"customers": […]}`, the best first.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(SearchQuery),
    responses(
        (status = 200, body = shapes::Found),
        (status = 403, body = ProblemShape), (status = 503, body = ProblemShape)
    ))]
pub(super) async fn search(
    SignedInAt(channel, session): SignedInAt,
    Query(search): Query<SearchQuery>,
) -> Result<Json<FoundJson>, Problem> {
    session.device.may_work()?;
    session.device.may_browse()?;
    let limit = search.limit.unwrap_or(USUAL_LIMIT);
    let found = channel.search(&search.query, limit, search.scope).await?;
    Ok(Json(FoundJson { customers: found.into_iter().map(CustomerJson::from).collect() }))
}

/// One customer, by customer id, alias or account number. The id of an address is an alias of its customer for ever; the
/// address is the one of that id in `addresses`, where the customer still has it.
#[utoipa::path(get, path = "/api/v1/customers/{customer}", tag = "customers",
    params(("customer" = String, Path)),
    responses((status = 200, body = shapes::CustomerAnswer), (status = 404, body = ProblemShape)))]
pub(super) async fn read(
    SignedInAt(channel, session): SignedInAt,
    Path(customer): Path<String>,
) -> Result<Json<CustomerJson>, Problem> {
    session.device.may_work()?;
    session.device.may_browse()?;
    Ok(Json(channel.customer(&customer).await?.into()))
}

/// Edits a customer by a merge patch (RFC 7396): `null` clears. `seen` may hold what the caller saw. 202 where somebody
/// else has changed the same since: headquarters holds the request for a person.
#[utoipa::path(patch, path = "/api/v1/customers/{customer}", tag = "customers",
    request_body = shapes::CustomerPatch,
    params(("customer" = String, Path), ("Idempotency-Key" = String, Header)),
    responses(
        (status = 200, body = shapes::CustomerAnswer), (status = 202, body = shapes::CustomerAnswer),
        (status = 404, body = ProblemShape),
        (status = 409, body = ProblemShape), (status = 422, body = ProblemShape), (status = 503, body = ProblemShape)
    ))]
pub(super) async fn edit(
    who: SignedInAt,
    Path(customer): Path<String>,
    key: IdempotencyKey,
    Json(mut patch): Json<Map<String, Value>>,
) -> Result<(StatusCode, Json<CustomerJson>), Problem> {
    let body = Value::Object(patch.clone());
    let seen = match patch.remove("seen") {
        None => Map::new(),
        Some(Value::Object(seen)) => seen,
        Some(_) => return Err(Problem::new(ErrorCode::InvalidField).at("seen")),
    };
    refuse_added(&patch)?;
    change(who, &customer, key, &ChangeRequest::Edit { patch, seen }, &body).await
}

/// Adds an address.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/addresses", tag = "customers",
    request_body = shapes::Address,
    params(("customer" = String, Path), ("Idempotency-Key" = String, Header)),
    responses(
        (status = 200, body = shapes::CustomerAnswer), (status = 202, body = shapes::CustomerAnswer),
        (status = 404, body = ProblemShape),
        (status = 409, body = ProblemShape), (status = 422, body = ProblemShape), (status = 503, body = ProblemShape)
    ))]
pub(super) async fn add_address(
    who: SignedInAt,
    Path(customer): Path<String>,
    key: IdempotencyKey,
    Json(body): Json<Map<String, Value>>,
) -> Result<(StatusCode, Json<CustomerJson>), Problem> {
    let body = Value::Object(body);
    let address: AddressRecord = serde_path_to_error::deserialize(&body)
        .map_err(|error| Problem::new(ErrorCode::InvalidField).at(error.path().to_string()))?;
    change(who, &customer, key, &ChangeRequest::AddAddress(Box::new(address)), &body).await
}

/// Issues a loyalty card. Needs the account number and headquarters.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/loyalty-cards", tag = "customers",
    request_body = CardRequest,
    params(("customer" = String, Path), ("Idempotency-Key" = String, Header)),
    responses(
        (status = 200, body = shapes::CustomerAnswer), (status = 404, body = ProblemShape),
        (status = 409, body = ProblemShape), (status = 422, body = ProblemShape), (status = 503, body = ProblemShape)
    ))]
pub(super) async fn issue_loyalty_card(
    who: SignedInAt,
    Path(customer): Path<String>,
    key: IdempotencyKey,
    Json(card): Json<CardRequest>,
) -> Result<(StatusCode, Json<CustomerJson>), Problem> {
    let body = json!({ "number": card.number });
    change(who, &customer, key, &ChangeRequest::IssueLoyaltyCard(card.number), &body).await
}

async fn change(
    SignedInAt(channel, session): SignedInAt,
    customer: &str,
    IdempotencyKey(id): IdempotencyKey,
    request: &ChangeRequest,
    body: &Value,
) -> Result<(StatusCode, Json<CustomerJson>), Problem> {
    session.device.may_browse()?;
    // The address is part of what is repeated: the same key for another customer is another request.
    let kind = match request {
        ChangeRequest::Edit { .. } => "edit",
        ChangeRequest::AddAddress(_) => "address",
        ChangeRequest::IssueLoyaltyCard(_) => "loyalty-card",
    };
    let known = channel.customer(customer).await?.customer_id;
    let fingerprint = canonical_fingerprint(&json!([kind, known, body]));
    let changed = channel.change_customer(&session, customer, id, request, fingerprint).await?;
    let status = if changed.held { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(changed.customer.into())))
}
