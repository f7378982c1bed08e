//! Web files in compressed form: the build lays each beside its own, as small as can be, so that the server never
//! compresses one.

use axum::http::{HeaderMap, header};
use rust_embed::EmbeddedFile;

use super::WebFiles;

const ENDING: &str = ".br";

/// The compressed form of a file, where there is one.
pub(super) fn brotli_of(name: &str) -> Option<EmbeddedFile> {
    WebFiles::get(&format!("{name}{ENDING}"))
}

/// Such a form is sent in place of its file and has no address of its own.
pub(super) fn is_encoded(path: &str) -> bool {
    path.ends_with(ENDING)
}

pub(super) fn takes_brotli(wanted: &HeaderMap) -> bool {
    let values = wanted.get_all(header::ACCEPT_ENCODING).into_iter().filter_map(|value| value.to_str().ok());
    let mut codings = values.flat_map(|value| value.split(','));
    codings.any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br")
            && parts.all(|part| !matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_who_says_that_it_takes_brotli_is_sent_it() {
        for (accepted, expected) in [
            ("gzip, br", true),
            ("br;q=0.5", true),
            ("br;q=0", false),
            ("gzip", false),
            ("", false),
            ("brx", false),
        ] {
            let wanted =
                HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(takes_brotli(&wanted), expected, "{accepted}");
        }
    }
}
