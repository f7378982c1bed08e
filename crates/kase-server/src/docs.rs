//! `/api/openapi.json`, made from the code, and `/api/docs`: one page to read it, without a script and without
//! anything from another host.

use std::fmt::Write;

use axum::Router;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::web::base64;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}\
code{font-family:ui-monospace,monospace}summary{cursor:pointer;padding:.5rem 0}details{border-block-end:1px solid #8884}\
b{display:inline-block;min-inline-size:4.5rem}table{border-collapse:collapse}td,th{text-align:start;padding:.2rem 1rem .2rem 0;vertical-align:top}\
pre{overflow:auto}";

pub(crate) fn router() -> Router {
    let mut description = kase_channel::http::openapi();
    description.merge(kase_headquarters::http::openapi());
    let description = serde_json::to_value(&description).unwrap_or_default();
    let page = page(&description);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
        base64(&Sha256::digest(STYLE.as_bytes()))
    );
    let text = description.to_string();
    let json = move || async move { ([(header::CONTENT_TYPE, "application/json")], text) };
    let docs =
        move || async move { ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response() };
    Router::new().route("/api/openapi.json", get(json)).route("/api/docs", get(docs))
}

fn page(description: &Value) -> String {
    let mut html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Kase: the API</title><style>{STYLE}</style><h1>Kase: the API</h1>\
         <p>Errors are <code>application/problem+json</code> (RFC 9457) with a stable <code>code</code>. The same as \
         <a href=\"/api/openapi.json\">OpenAPI</a>.</p>"
    );
    let paths = description.get("paths").and_then(Value::as_object);
    for (path, methods) in paths.into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            if operation.is_object() {
                write_operation(&mut html, path, method, operation);
            }
        }
    }
    html.push_str("<h2>Shapes</h2>");
    let schemas = description.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let text = serde_json::to_string_pretty(schema).unwrap_or_default();
        push(
            &mut html,
            format_args!(
                "<details><summary>{}</summary><pre>{}</pre></details>",
                escaped(name),
                escaped(&text)
            ),
        );
    }
    html
}

fn write_operation(html: &mut String, path: &str, method: &str, operation: &Value) {
    let words = |key: &str| escaped(operation.get(key).and_then(Value::as_str).unwrap_or_default());
    push(
        html,
        format_args!(
            "<details><summary><b>{}</b><code>{}</code> {}</summary><p>{}</p><table>",
            escaped(&method.to_uppercase()),
            escaped(path),
            words("summary"),
            words("description")
        ),
    );
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let words = |key: &str| escaped(parameter.get(key).and_then(Value::as_str).unwrap_or_default());
        push(
            html,
            format_args!(
                "<tr><td><code>{}</code><td>{}<td>{}",
                words("name"),
                words("in"),
                words("description")
            ),
        );
    }
    for (name, shape) in [("body", "/requestBody/content/application~1json/schema")] {
        if let Some(schema) = operation.pointer(shape) {
            push(
                html,
                format_args!("<tr><td>{name}<td colspan=\"2\"><code>{}</code>", escaped(&schema.to_string())),
            );
        }
    }
    for (status, response) in operation.get("responses").and_then(Value::as_object).into_iter().flatten() {
        let words = response.get("description").and_then(Value::as_str).unwrap_or_default();
        push(html, format_args!("<tr><td>{}<td colspan=\"2\">{}", escaped(status), escaped(words)));
    }
    html.push_str("</table></details>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn push(html: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = html.write_fmt(piece);
}
