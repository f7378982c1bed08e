//! package-lock.json names versions and checksums, never where a machine got them from.

use super::Finding;
use super::sources::Source;

const FILE: &str = "package-lock.json";

pub(super) fn check(sources: &[Source]) -> Option<Finding> {
    let lock = sources.iter().find(|source| source.path == FILE)?;
    lock.text.contains("\"resolved\"").then(|| Finding::new(FILE, "holds addresses (\"resolved\")"))
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn addresses_in_the_lock_file_are_found() {
        let check = |path, text| super::check(&[source("package.json", "{}"), source(path, text)]).is_some();
        assert!(check(FILE, r#"{"resolved": "https://example.org/a.tgz"}"#));
        assert!(!check(FILE, r#"{"version": "1.0.0", "integrity": "sha512-"}"#));
        assert!(!check("src/a.json", r#"{"resolved": true}"#));
    }
}
