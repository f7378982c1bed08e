//! What every description of an API says of its tokens.

use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{OpenApi, RefOr, Response};

/// Describes `tokens` (a name, and where it comes from), and with each call the one that it takes: `token_of` tells it by
/// path and method. Whoever shows none, or one that has ended, is answered 401; who may not, 403.
pub fn describe_tokens(
    description: &mut OpenApi,
    tokens: &[(&'static str, &'static str)],
    token_of: impl Fn(&str, &str) -> Option<&'static str>,
) {
    let components = description.components.get_or_insert_default();
    for (name, words) in tokens {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(*words)).build();
        components.add_security_scheme(*name, SecurityScheme::Http(bearer));
    }
    for (path, item) in &mut description.paths.paths {
        let methods = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in methods {
            let token = token_of(path, method);
            if let (Some(operation), Some(token)) = (operation, token) {
                take(operation, token);
            }
        }
    }
}

fn take(operation: &mut Operation, token: &'static str) {
    operation.security = Some(vec![SecurityRequirement::new(token, Vec::<String>::new())]);
    for (status, words) in [("401", "unauthenticated, session_expired"), ("403", "forbidden")] {
        let said = operation.responses.responses.entry(status.to_owned());
        said.or_insert_with(|| RefOr::T(Response::new(words)));
    }
}
