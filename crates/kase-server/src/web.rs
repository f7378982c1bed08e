//! The web files: the point of sale, inside the binary (read from the disk in debug builds, so that the server
//! needs no new build when the front end changes).
//!
//! A page is served with a content security policy that lets only its own scripts run; whoever adds an inline
//! script needs to change nothing here, since its hash is taken from the page.

mod encoding;
mod policy;

use std::borrow::Cow;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

pub(crate) use policy::base64;

/// What the front end's build leaves.
#[derive(RustEmbed)]
#[folder = "../../target/web/"]
#[allow_missing = true]
struct WebFiles;

const INDEX: &str = "index.html";

/// Addresses of the point of sale's own pages; the service worker and the server agree that nothing else falls
/// back to the page.
const CLIENT_ROUTES: [&str; 5] = ["", "customers", "sync", "settings", "sign-in"];

/// Serves a file, or the page for an address that the point of sale knows. Who follows an address that nobody knows is
/// told so by the page too.
pub(crate) async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let (name, file) = if encoding::is_encoded(path) {
        return kase_service::not_found().await.into_response();
    } else if is_client_route(path) {
        match WebFiles::get(INDEX) {
            Some(page) => (INDEX, page),
            None => return not_built(),
        }
    } else {
        match WebFiles::get(path) {
            Some(file) => (path, file),
            None => match WebFiles::get(INDEX).filter(|_| shows_pages(&headers)) {
                Some(page) => {
                    return (StatusCode::NOT_FOUND, answer(INDEX, &page, &unconditional(headers)))
                        .into_response();
                }
                None => return kase_service::not_found().await.into_response(),
            },
        }
    };
    answer(name, &file, &headers)
}

/// Whether somebody looks at it, who is served a page rather than a problem as data.
fn shows_pages(wanted: &HeaderMap) -> bool {
    let accepts = wanted.get_all(header::ACCEPT).iter();
    accepts.filter_map(|types| types.to_str().ok()).any(|types| types.contains("text/html"))
}

/// What is not found is not "unchanged" either.
fn unconditional(mut wanted: HeaderMap) -> HeaderMap {
    wanted.remove(header::IF_NONE_MATCH);
    wanted
}

fn is_client_route(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let deeper = path.trim_end_matches('/').contains('/');
    CLIENT_ROUTES.contains(&first) && (!deeper || first == "customers")
}

fn answer(name: &str, file: &EmbeddedFile, wanted: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", base64(&file.metadata.sha256_hash()));
    let kept = wanted.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response = if kept.is_some_and(|kept| kept.contains(&tag)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let compressed = encoding::brotli_of(name).filter(|_| encoding::takes_brotli(wanted));
        let encoding = compressed.as_ref().map(|_| HeaderValue::from_static("br"));
        let mut response = Response::new(bytes(compressed.as_ref().unwrap_or(file)).into());
        response.headers_mut().extend(encoding.map(|encoding| (header::CONTENT_ENCODING, encoding)));
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control(name)));
    let mut put = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    put(header::ETAG, &tag);
    put(header::CONTENT_TYPE, &content_type(name));
    if name.ends_with(".html") {
        put(header::CONTENT_SECURITY_POLICY, &policy::of_page(&String::from_utf8_lossy(&file.data)));
    }
    response
}

fn bytes(file: &EmbeddedFile) -> Bytes {
    match &file.data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::copy_from_slice(bytes),
    }
}

/// A name with its content's hash never means other content.
fn cache_control(name: &str) -> &'static str {
    if is_named_by_hash(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Trunk writes `name-0123456789abcdef.ext` and `name-0123456789abcdef_bg.wasm`.
fn is_named_by_hash(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or_default();
    let stem = file.split('.').next().unwrap_or_default();
    let hash = stem.trim_end_matches("_bg").rsplit('-').next().unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn content_type(name: &str) -> String {
    if name.ends_with(".webmanifest") {
        return "application/manifest+json".into();
    }
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    match guess.type_() {
        mime_guess::mime::TEXT => format!("{guess}; charset=utf-8"),
        _ => guess.to_string(),
    }
}

fn not_built() -> Response {
    let words = "The point of sale is not built: run `cargo xtask run`.";
    (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_point_of_sales_own_addresses_fall_back_to_its_page() {
        for path in ["", "customers", "customers/C-0004007", "customers/new", "sync", "settings", "sign-in"] {
            assert!(is_client_route(path), "{path}");
        }
        for path in ["hq", "sync/x", "customersx", "kase.js", "api/v1/customers", "kiosk"] {
            assert!(!is_client_route(path), "{path}");
        }
    }

    #[test]
    fn only_who_looks_at_pages_is_shown_one() {
        let accepting =
            |types: &'static str| HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(types))]);
        assert!(shows_pages(&accepting("text/html,application/xhtml+xml,*/*;q=0.8")));
        assert!(!shows_pages(&accepting("*/*")));
        assert!(!shows_pages(&HeaderMap::new()));
    }

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        for name in ["kase-0123456789abcdef.js", "kase-0123456789abcdef_bg.wasm", "a/b-0123456789abcdef.css"]
        {
            assert!(is_named_by_hash(name), "{name}");
        }
        for name in ["index.html", "sw.js", "inter-latin.woff2", "kase-0123.js"] {
            assert!(!is_named_by_hash(name), "{name}");
        }
    }
}
