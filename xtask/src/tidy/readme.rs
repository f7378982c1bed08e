//! The README begins with the two commands that a newcomer needs.

use super::Finding;
use super::sources::Source;

const FILE: &str = "README.md";

const COMMANDS: [&str; 2] = ["cargo xtask run", "cargo xtask test"];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let text = sources.iter().find(|source| source.path == FILE).map_or("", |source| source.text.as_str());
    let missing = COMMANDS.into_iter().filter(|command| !text.contains(command));
    missing.map(|command| Finding::new(FILE, format!("does not name `{command}`"))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn a_missing_command_is_found() {
        assert_eq!(check(&[]).len(), 2);
        assert_eq!(check(&[source(FILE, "cargo xtask run")]).len(), 1);
        assert_eq!(check(&[source(FILE, "cargo xtask run\ncargo xtask test")]), []);
    }
}
