//! Long files: one noun a file, or a reason in its module comment.

use super::Finding;
use super::sources::Source;

/// The house aims at 300; here is where it has to be explained.
const LIMIT_LINES: usize = 400;

/// What a line of the module comment says, followed by the reason.
const REASON: &str = "Long because";

pub(super) fn check(source: &Source) -> Option<Finding> {
    if source.kind() != "rs" || source.package().is_none() {
        return None;
    }
    let lines = source.text.lines().count();
    let explained = source.text.lines().any(|line| line.starts_with("//!") && line.contains(REASON));
    let rule = || format!("{lines} lines: split it, or say \"{REASON} …\" in the module comment");
    (lines > LIMIT_LINES && !explained).then(|| Finding::new(&source.path, rule()))
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn a_long_file_needs_a_reason_in_its_module_comment() {
        let long = "fn f() {}\n".repeat(LIMIT_LINES + 1);
        let found = |path: &str, text: &str| check(&source(path, text)).is_some();
        assert!(found("src/a.rs", &long));
        assert!(found("crates/kase-domain/src/a.rs", &format!("// Long because.\n{long}")));
        assert!(!found("src/a.rs", &format!("//! A table.\n//! Long because it is one.\n{long}")));
        assert!(!found("src/a.rs", &"fn f() {}\n".repeat(LIMIT_LINES)));
        assert!(!found("crates/kase-domain/tests/a.rs", &long));
        assert!(!found("src/a.css", &long));
    }
}
