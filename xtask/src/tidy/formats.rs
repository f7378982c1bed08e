//! Formats that have landed stay: a migration or a fixture is never edited, and none changes without a fixture of what
//! was there before. `formats.lock` says what has landed, in the form that `sha256sum --check` reads.

use std::collections::BTreeMap;

use super::Finding;
use super::sources::Source;
use crate::formats::{LOCK, digest, is_landing};

const FIXTURES: &str = "crates/kase-formats/fixtures";
const BROWSER_SCHEMA: &str = "crates/kase-browser-store/src/schema.rs";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let lock = sources.iter().find(|source| source.path == LOCK).map_or("", |source| source.text.as_str());
    let mut findings = landed(sources, lock);
    findings.extend(migrations_without_fixtures(sources));
    findings.extend(browser_versions_without_fixtures(sources));
    findings.extend(gaps(sources));
    findings
}

/// What has landed is there as it landed, and what is new is noted.
fn landed(sources: &[Source], lock: &str) -> Vec<Finding> {
    let noted: BTreeMap<&str, &str> =
        lock.lines().filter_map(|line| line.split_once("  ")).map(|(digest, path)| (path, digest)).collect();
    let there: BTreeMap<&str, &Source> = sources
        .iter()
        .filter(|source| is_landing(&source.path))
        .map(|source| (source.path.as_str(), source))
        .collect();
    let gone = noted.keys().filter(|path| !there.contains_key(*path)).map(|path| {
        let rule =
            "has landed and is gone: bring it back. If it never landed, take its line out of formats.lock";
        Finding::new(*path, rule)
    });
    let changed = there.iter().filter_map(|(path, source)| match noted.get(path) {
        None => Some(Finding::new(*path, "is new and not in formats.lock: call `cargo xtask formats`")),
        Some(noted) if **noted != digest(&source.text) => Some(Finding::new(*path, edited(path))),
        Some(_) => None,
    });
    gone.chain(changed).collect()
}

fn edited(path: &str) -> &'static str {
    if path.contains("/migrations/") {
        "has landed and was edited: databases out there have run it. Undo that, and add a migration"
    } else {
        "is a fixture that has landed and was edited: it is what was written then. Undo that, and add the next version"
    }
}

/// Each migration has a fixture of the database that it left, so that the next one has something to prove.
fn migrations_without_fixtures(sources: &[Source]) -> Vec<Finding> {
    let missing = sources.iter().filter_map(|source| {
        let (package, file) = source.path.strip_prefix("crates/kase-")?.split_once("/migrations/")?;
        let number: u32 = file.split_once('_')?.0.parse().ok()?;
        // The one before is what this migration is tried upon, its own what the next will be.
        let wanted = [number.saturating_sub(1), number].into_iter().filter(|number| *number > 0);
        let path = |number| format!("{FIXTURES}/{package}-database/{number}.sql");
        let missing = wanted.map(path).find(|path| !sources.iter().any(|source| source.path == *path))?;
        let rule =
            format!("has no {missing}: call `cargo xtask formats`, and add rows of what only it can hold");
        Some(Finding::new(&source.path, rule))
    });
    missing.collect()
}

/// Each version of the browsers' database has a fixture of what it held.
fn browser_versions_without_fixtures(sources: &[Source]) -> Vec<Finding> {
    let Some(schema) = sources.iter().find(|source| source.path == BROWSER_SCHEMA) else { return Vec::new() };
    let folder = format!("{FIXTURES}/indexeddb/");
    let kept: Vec<u64> = sources
        .iter()
        .filter(|source| source.path.starts_with(&folder))
        .filter_map(|source| {
            serde_json::from_str::<serde_json::Value>(&source.text).ok()?["version"].as_u64()
        })
        .collect();
    let missing = versions(&schema.text).into_iter().filter(|version| !kept.contains(version));
    let rule = |version| {
        format!(
            "version {version} has no fixture with that `version` in {folder}: the browser tests of \
             kase-browser-store say what today's code writes"
        )
    };
    missing.map(|version| Finding::new(BROWSER_SCHEMA, rule(version))).collect()
}

/// The numbers of `enum Version`.
fn versions(schema: &str) -> Vec<u64> {
    let within = schema.split_once("enum Version {").and_then(|(_, rest)| rest.split_once('}'));
    let lines = within.map_or("", |(body, _)| body).lines().map(str::trim);
    lines
        .filter(|line| !line.starts_with("//"))
        .filter_map(|line| line.strip_suffix(',')?.split_once(" = ")?.1.parse().ok())
        .collect()
}

/// Fixtures are numbered from 1 without a gap, or a test would not see the later ones.
fn gaps(sources: &[Source]) -> Vec<Finding> {
    let numbered = sources.iter().filter_map(|source| {
        let (format, file) = source.path.strip_prefix(FIXTURES)?.strip_prefix('/')?.split_once('/')?;
        let (number, kind) = file.split_once('.')?;
        Some((source, format, number.parse::<u32>().ok()?, kind))
    });
    let missing = numbered.filter_map(|(source, format, number, kind)| {
        let before =
            format!("{FIXTURES}/{format}/{}.{kind}", number.checked_sub(1).filter(|before| *before > 0)?);
        let is_there = sources.iter().any(|source| source.path == before);
        (!is_there).then(|| Finding::new(&source.path, format!("has no {before} before it")))
    });
    missing.collect()
}

#[cfg(test)]
mod tests {
    use super::super::sources::source;
    use super::*;

    const MIGRATION: &str = "crates/kase-channel/migrations/0001_channel.sql";
    const FIXTURE: &str = "crates/kase-formats/fixtures/channel-database/1.sql";

    /// A checkout in which one migration and its fixture have landed.
    fn landed_before() -> Vec<Source> {
        let lock = format!("{}  {MIGRATION}\n{}  {FIXTURE}\n", digest("CREATE"), digest("INSERT"));
        vec![source(MIGRATION, "CREATE"), source(FIXTURE, "INSERT"), source(LOCK, &lock)]
    }

    #[track_caller]
    fn check_with(change: impl FnOnce(&mut Vec<Source>), expected: &[&str]) {
        let mut sources = landed_before();
        change(&mut sources);
        let found = check(&sources);
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), expected.len(), "{found:#?}");
        for (found, expected) in found.iter().zip(expected) {
            assert!(found.contains(expected), "{found}\n{expected}");
        }
    }

    #[test]
    fn what_has_landed_and_stands_as_it_did_is_right() {
        check_with(|_| {}, &[]);
    }

    #[test]
    fn an_edited_migration_or_fixture_is_found() {
        check_with(|sources| sources[0].text.push(';'), &["0001_channel.sql: has landed and was edited"]);
        check_with(|sources| sources[1].text.push(';'), &["is a fixture that has landed and was edited"]);
    }

    #[test]
    fn what_is_gone_is_found() {
        let gone = ["1.sql: has landed and is gone", "0001_channel.sql: has no crates/kase-formats/fixtures"];
        check_with(|sources| drop(sources.remove(1)), &gone);
    }

    #[test]
    fn a_new_migration_needs_its_fixture_and_its_line() {
        let second = "crates/kase-channel/migrations/0002_more.sql";
        let add = |sources: &mut Vec<Source>| sources.push(source(second, "ALTER"));
        let expected = [
            "0002_more.sql: is new and not in formats.lock",
            "has no crates/kase-formats/fixtures/channel-database/2.sql",
        ];
        check_with(add, &expected);
    }

    #[test]
    fn a_new_version_of_the_browsers_database_needs_a_fixture() {
        let schema = "pub(crate) enum Version {\n    /// One.\n    First = 1,\n    Second = 2,\n}\n";
        let fixture = |number: u32| {
            let path = format!("{FIXTURES}/indexeddb/{number}.json");
            source(&path, &format!("{{\"version\": {number}}}"))
        };
        let found = browser_versions_without_fixtures(&[source(BROWSER_SCHEMA, schema), fixture(1)]);
        assert_eq!(found.len(), 1);
        assert!(found[0].rule.starts_with("version 2 has no fixture"), "{}", found[0]);
        assert_eq!(
            browser_versions_without_fixtures(&[source(BROWSER_SCHEMA, schema), fixture(1), fixture(2)]),
            []
        );
    }

    #[test]
    fn a_gap_in_the_numbers_is_found() {
        let path = |number: u32| format!("{FIXTURES}/settings/{number}.json");
        let sources = [source(&path(1), "{}"), source(&path(3), "{}")];
        let found = gaps(&sources);
        assert_eq!(found, [Finding::new(path(3), format!("has no {} before it", path(2)))]);
    }
}
