//! File names say what is inside; these say nothing.

use super::Finding;
use super::sources::Source;

const EMPTY_NAMES: [&str; 4] = ["utils.rs", "helpers.rs", "common.rs", "manager.rs"];

pub(super) fn check(source: &Source) -> Option<Finding> {
    let empty = EMPTY_NAMES.contains(&source.file_name());
    empty.then(|| Finding::new(&source.path, "the name does not say what is inside"))
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn a_name_that_says_nothing_is_found() {
        assert!(check(&source("src/utils.rs", "")).is_some());
        assert!(check(&source("crates/kase-ui/src/manager.rs", "")).is_some());
        assert!(check(&source("src/customers.rs", "")).is_none());
        assert!(check(&source("src/common_names.rs", "")).is_none());
    }
}
