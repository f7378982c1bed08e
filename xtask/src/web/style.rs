//! One style sheet out of many: a file per component to work on, one request to load.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Writes `entry` to `bundle`, each `@import "file.css";` replaced by that file.
pub(super) fn bundle(entry: &Path, bundle: &Path) -> Result<()> {
    let folder = entry.parent().unwrap_or(Path::new("."));
    let text = read(entry)?;
    let css = inline(&text, &|name| read(&folder.join(name)))
        .with_context(|| format!("bundling {}", entry.display()))?;
    if let Some(folder) = bundle.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(bundle, css).with_context(|| format!("writing {}", bundle.display()))
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))
}

/// Only the entry imports, and only whole files: the order of all styles then stands in one place.
fn inline(entry: &str, read: &dyn Fn(&str) -> Result<String>) -> Result<String> {
    let mut css = String::new();
    for line in entry.lines() {
        if let Some(import) = line.trim().strip_prefix("@import") {
            let name = import.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix("\";"));
            let Some(name) = name else {
                bail!("an import is `@import \"file.css\";`, not `{}`", line.trim())
            };
            let text = read(name)?;
            if text.lines().any(|line| line.trim_start().starts_with("@import")) {
                bail!("{name} imports: only the entry does");
            }
            css.push_str(text.trim_end());
        } else {
            css.push_str(line);
        }
        css.push('\n');
    }
    Ok(css)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entry: &str, expected: Result<&str, &str>) {
        let read = |name: &str| match name {
            "a.css" => Ok("a {}\n".to_owned()),
            "b.css" => Ok("b {}".to_owned()),
            "chain.css" => Ok("@import \"a.css\";".to_owned()),
            other => bail!("no {other}"),
        };
        let found = inline(entry, &read).map_err(|error| error.to_string());
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{entry}");
    }

    #[test]
    fn imports_are_replaced_in_their_order() {
        check("@import \"a.css\";\n@import \"b.css\";\nmain {}\n", Ok("a {}\nb {}\nmain {}\n"));
        check("@layer base, parts;\n  @import \"b.css\";", Ok("@layer base, parts;\nb {}\n"));
    }

    #[test]
    fn what_would_be_lost_is_refused() {
        check("@import \"c.css\";", Err("no c.css"));
        check("@import \"chain.css\";", Err("chain.css imports: only the entry does"));
        check(
            "@import url(a.css) print;",
            Err("an import is `@import \"file.css\";`, not `@import url(a.css) print;`"),
        );
    }
}
