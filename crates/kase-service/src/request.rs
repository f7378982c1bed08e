//! Readers of requests whose every rejection is a problem: no bad input yields another shape of answer.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kase_domain::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Problem;
use crate::digest::{self, CONTENT_DIGEST, UNENCODED_DIGEST, is_undamaged};

/// Bytes of a request's body at most: a full batch of operations, with room for one large operation. Give it to
/// `axum::extract::DefaultBodyLimit`.
pub const MOST_BODY_BYTES: usize = 2 * 1024 * 1024;

/// A JSON body, or a JSON answer.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

/// A JSON body together with its plain value, for fingerprints.
#[derive(Debug, Clone)]
pub struct RawJson<T> {
    /// What was read.
    pub body: T,
    /// The whole value as it came.
    pub value: serde_json::Value,
}

/// A body as it came, whatever it says it is.
#[derive(Debug, Clone)]
pub struct RawBody(pub Bytes);

/// Parameters of the address's query.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

/// Parts of the address's path. What cannot be read is an address that nothing stands at.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = json_bytes(request, state).await?;
        read(&bytes).map(Self)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for RawJson<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = json_bytes(request, state).await?;
        Ok(Self { body: read(&bytes)?, value: read(&bytes)? })
    }
}

impl<S: Send + Sync> FromRequest<S> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        bytes(request, state).await.map(Self)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let body = match serde_json::to_vec(&self.0) {
            Ok(body) => body,
            Err(error) => return Problem::internal(&error).into_response(),
        };
        let digest = digest::header_value(&body);
        let mut response = ([(header::CONTENT_TYPE, "application/json")], body).into_response();
        if let Some(digest) = digest {
            response.headers_mut().insert(UNENCODED_DIGEST, digest);
        }
        response
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Query::from_request_parts(parts, state).await {
            Ok(axum::extract::Query(query)) => Ok(Self(query)),
            Err(_) => Err(Problem::new(ErrorCode::BadRequest)),
        }
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(path)) => Ok(Self(path)),
            Err(_) => Err(Problem::new(ErrorCode::NotFound)),
        }
    }
}

async fn json_bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    if !says_json(request.headers()) {
        return Err(Problem::new(ErrorCode::BadRequest).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let headers = request.headers().clone();
    let bytes = bytes(request, state).await?;
    if is_undamaged(&headers, &CONTENT_DIGEST, &bytes) { Ok(bytes) } else { Err(Problem::damaged()) }
}

async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection: BytesRejection| {
        match rejection.into_response().status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(ErrorCode::PayloadTooLarge),
            _ => Problem::new(ErrorCode::BadRequest),
        }
    })
}

fn says_json(headers: &HeaderMap) -> bool {
    let Some(Ok(value)) = headers.get(header::CONTENT_TYPE).map(|value| value.to_str()) else { return false };
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// Malformed text is a bad request; well-formed JSON of another shape names the field to blame.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let body = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        if error.inner().is_data() {
            let path = error.path().to_string();
            let problem = Problem::new(ErrorCode::InvalidField);
            if path == "." { problem } else { problem.at(path) }
        } else {
            Problem::new(ErrorCode::BadRequest)
        }
    })?;
    reader.end().map_err(|_| Problem::new(ErrorCode::BadRequest))?;
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use serde_json::json;

    #[derive(Debug, serde::Deserialize, PartialEq)]
    struct Order {
        lines: Vec<u32>,
    }

    async fn send(content_type: Option<&str>, body: impl Into<Body>) -> Result<Order, (ErrorCode, u16)> {
        let mut request = Request::builder().method("POST");
        if let Some(content_type) = content_type {
            request = request.header(header::CONTENT_TYPE, content_type);
        }
        let answer = Json::<Order>::from_request(request.body(body.into()).unwrap(), &()).await;
        answer.map(|Json(order)| order).map_err(|problem| (problem.code(), problem.status().as_u16()))
    }

    #[tokio::test]
    async fn every_rejection_is_a_problem() {
        let json = Some("application/json; charset=utf-8");
        assert_eq!(send(json, r#"{"lines":[1]}"#).await, Ok(Order { lines: vec![1] }));
        for body in ["", "{", "nonsense", r#"{"lines":[1]} x"#, r#"{"lines":["\ud800"]}"#] {
            let refused = send(json, body).await.unwrap_err();
            assert!(matches!(refused, (ErrorCode::BadRequest, 400)), "{body}: {refused:?}");
        }
        assert_eq!(send(json, vec![b'{', 0xff]).await, Err((ErrorCode::BadRequest, 400)));
        assert_eq!(send(json, r#"{"lines":["a"]}"#).await, Err((ErrorCode::InvalidField, 422)));
        assert_eq!(send(None, r#"{"lines":[1]}"#).await, Err((ErrorCode::BadRequest, 415)));
        assert_eq!(send(Some("text/plain"), r#"{"lines":[1]}"#).await, Err((ErrorCode::BadRequest, 415)));
        let large = vec![b' '; MOST_BODY_BYTES + 1];
        assert_eq!(send(json, large).await, Err((ErrorCode::PayloadTooLarge, 413)));
    }

    #[tokio::test]
    async fn a_request_that_was_damaged_on_its_way_is_no_request() {
        let sent = r#"{"lines":[1]}"#;
        let received = async |body: &'static str| {
            let request = Request::builder()
                .method("POST")
                .header(header::CONTENT_TYPE, "application/json")
                .header(CONTENT_DIGEST, crate::content_digest(sent.as_bytes()));
            Json::<Order>::from_request(request.body(Body::from(body)).unwrap(), &()).await
        };
        assert_eq!(received(sent).await.unwrap().0, Order { lines: vec![1] });
        let problem = received(r#"{"lines":[9]}"#).await.unwrap_err();
        assert_eq!(problem.status(), StatusCode::BAD_REQUEST);
        assert_eq!(problem.body(kase_text::Locale::En)["code"], "damaged");
    }

    #[test]
    fn a_value_of_the_wrong_shape_is_named() {
        let problem = read::<Order>(br#"{"lines":[1,"a"]}"#).unwrap_err();
        assert_eq!(problem.body(kase_text::Locale::En)["field"], json!("lines[1]"));
    }
}
