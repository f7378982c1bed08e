//! What lands is finished: no place-holders, and notes to oneself belong into an issue.

use super::Finding;
use super::sources::Source;

const MARKS: [&str; 3] = ["todo!", "unimplemented!", "FIXME"];

/// This rule has to name what it looks for.
const EXEMPT: &str = "xtask/src/tidy/unfinished.rs";

const KINDS: [&str; 7] = ["rs", "css", "html", "js", "mjs", "ts", "sql"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.path == EXEMPT || !KINDS.contains(&source.kind()) {
        return Vec::new();
    }
    let marked = source.lines().filter_map(|(number, line)| {
        let mark = MARKS.iter().find(|mark| line.contains(**mark))?;
        Some(Finding::new(format!("{}:{number}", source.path), format!("{mark} is unfinished")))
    });
    marked.collect()
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    #[test]
    fn unfinished_work_is_found_with_its_line() {
        let found = check(&source("src/a.rs", "fn f() {\n    todo!()\n}\n"));
        assert_eq!(found, [Finding::new("src/a.rs:2", "todo! is unfinished")]);
        assert_eq!(check(&source("style/a.css", "/* FIXME */")).len(), 1);
        assert_eq!(check(&source("src/a.rs", "let todo = 1;")), []);
        assert_eq!(check(&source(EXEMPT, "todo!")), []);
    }
}
