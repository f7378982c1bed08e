//! Colours stand in the tokens and nowhere else, or the two themes drift apart.

use super::Finding;
use super::sources::Source;

const TOKENS: &str = "style/tokens.css";

const FUNCTIONS: [&str; 9] = ["rgb(", "rgba(", "hsl(", "hsla(", "hwb(", "lab(", "lch(", "oklab(", "oklch("];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.kind() != "css" || source.path == TOKENS {
        return Vec::new();
    }
    let found = source.lines().filter_map(|(number, line)| {
        let colour = colour(line)?;
        Some(Finding::new(format!("{}:{number}", source.path), format!("{colour} belongs into {TOKENS}")))
    });
    found.collect()
}

/// The first colour in the values of a line.
fn colour(line: &str) -> Option<&str> {
    hex(line).or_else(|| FUNCTIONS.into_iter().find(|function| calls(line, function)))
}

/// `#` with three, four, six or eight hex digits; a selector's `#name` has a `{` or a `,` behind it.
fn hex(line: &str) -> Option<&str> {
    let (_, values) = line.split_once(':')?;
    values.match_indices('#').find_map(|(at, _)| {
        let digits =
            values[at + 1..].find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(values.len() - at - 1);
        let colour = &values[at..at + 1 + digits];
        let is_hex = colour[1..].chars().all(|c| c.is_ascii_hexdigit());
        let follows = values[at + 1 + digits..].trim_start();
        let selects = follows.starts_with(['{', '>', '+', '~', '.', '[', ':']);
        (is_hex && matches!(digits, 3 | 4 | 6 | 8) && !selects).then_some(colour)
    })
}

fn calls(line: &str, function: &str) -> bool {
    line.match_indices(function)
        .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '-'))
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    fn check_line(line: &str, expected: Option<&str>) {
        assert_eq!(colour(line), expected, "{line}");
    }

    #[test]
    fn colours_are_recognized() {
        check_line("  color: #fff;", Some("#fff"));
        check_line("a { background: url(x.svg) #10141380 }", Some("#10141380"));
        check_line("  box-shadow: 0 1px 2px rgb(0 0 0 / .4);", Some("rgb("));
        check_line("  color: oklch(50% 0.1 200);", Some("oklch("));
    }

    #[test]
    fn what_only_looks_like_a_colour_is_not_one() {
        check_line("  color: var(--pine);", None);
        check_line("#add { color: inherit }", None);
        check_line("a:not(:hover) #add { color: inherit }", None);
        check_line("  mask: url(icons.svg#customers);", None);
        check_line("  color: color-mix(in oklab, var(--ink), transparent);", None);
    }

    #[test]
    fn tokens_may_name_colours_and_others_may_not() {
        assert_eq!(check(&source("style/tokens.css", "--paper: #f5f4f0;")), []);
        assert_eq!(check(&source("style/base.css", "a {\n  color: #000;\n}")).len(), 1);
        assert_eq!(check(&source("src/a.rs", "color: #000")), []);
    }
}
