//! `kase-server import`: takes a register's rescue file to headquarters, which alone can open it.

use std::path::Path;

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use kase_headquarters::{Session, TakenIn};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::ServerError;
use crate::settings::check_url;
use crate::transport::{Carrier, Remote, whole};

/// Where the password is looked for first.
const PASSWORD: &str = "KASE_PASSWORD";

/// Takes in `file`; what became of it, in words.
pub(super) async fn import(file: &Path, url: &str, user: &str) -> Result<String, ServerError> {
    let url = check_url(url.to_owned()).map_err(|refusal| ServerError::Refused(refusal.line()))?;
    let sealed = std::fs::read(file).map_err(|error| ServerError::source(file, error))?;
    let password = password()?;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let headquarters = Remote::new(url)?;
    let begin = json!({ "user": user, "password": password }).to_string();
    let session: Session = ask(&headquarters, "sessions", None, begin.into()).await?;
    let taken: Result<TakenIn, ServerError> =
        ask(&headquarters, "rescue", Some(&session), sealed.into()).await;
    sign_out(&headquarters, &session).await;
    Ok(summary(&taken?))
}

fn password() -> Result<String, ServerError> {
    if let Ok(password) = std::env::var(PASSWORD) {
        return Ok(password);
    }
    let mut line = String::new();
    std::io::stdin()
        .read_line(&mut line)
        .map_err(|error| ServerError::setting(PASSWORD, format!("standard input: {error}")))?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        return Err(ServerError::setting(PASSWORD, "neither there nor on standard input is a password"));
    }
    Ok(password)
}

async fn ask<T: DeserializeOwned>(
    headquarters: &Remote,
    path: &str,
    session: Option<&Session>,
    body: Bytes,
) -> Result<T, ServerError> {
    let failed = |reason: String| ServerError::Import(format!("headquarters: {reason}"));
    let content_type = if session.is_some() { "application/jose" } else { "application/json" };
    let request = request(Method::POST, path, session)
        .header(header::CONTENT_TYPE, content_type)
        .body(body)
        .map_err(|error| failed(error.to_string()))?;
    let answer = headquarters.carry(request).await.map_err(failed)?;
    let status = answer.status;
    let body = whole(answer).await.map_err(|error| failed(error.to_string()))?;
    if !status.is_success() {
        return Err(failed(refused(status, &body)));
    }
    serde_json::from_slice(&body).map_err(|error| failed(format!("the answer cannot be read: {error}")))
}

/// A session that nobody needs any more is ended; where that fails, its time ends it.
async fn sign_out(headquarters: &Remote, session: &Session) {
    let request = request(Method::DELETE, "sessions/current", Some(session)).body(Bytes::new());
    if let Ok(request) = request {
        drop(headquarters.carry(request).await);
    }
}

fn request(method: Method, path: &str, session: Option<&Session>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(format!("/api/v1/hq/{path}"));
    match session {
        Some(session) => request.header(header::AUTHORIZATION, format!("Bearer {}", session.session_token)),
        None => request,
    }
}

fn refused(status: StatusCode, body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Problem {
        code: String,
        detail: String,
    }
    match serde_json::from_slice::<Problem>(body) {
        Ok(Problem { code, detail }) => format!("{detail} ({code})"),
        Err(_) => status.to_string(),
    }
}

fn summary(taken: &TakenIn) -> String {
    let mut lines = vec![format!(
        "{} of {}: {} operations put in line, {} known already, {} refused",
        taken.register,
        taken.channel,
        taken.accepted,
        taken.duplicates,
        taken.refused.len()
    )];
    lines.extend(taken.refused.iter().map(|refused| {
        let id = refused.id.map_or_else(|| "without an id".to_owned(), |id| id.to_string());
        format!("refused: operation {} ({id}): {}", refused.place, refused.detail)
    }));
    lines.join("\n")
}
