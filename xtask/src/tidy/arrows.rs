//! Who may use whom. The table is ARCHITECTURE's; any other arrow between packages is a mistake.

use super::Finding;
use super::packages::Package;

/// A package, and all that it may use.
struct Row {
    package: &'static str,
    may_use: &'static [&'static str],
}

const fn row(package: &'static str, may_use: &'static [&'static str]) -> Row {
    Row { package, may_use }
}

/// The crates that do no IO, but for the register's own.
const PURE: &[&str] = &["kase-domain", "kase-text", "kase-replication", "kase-search"];

const PLACE: &[&str] = &["kase-service", "kase-domain", "kase-text", "kase-replication", "kase-search"];

/// What a front end may be made of.
const APP: &[&str] = &[
    "kase-ui",
    "kase-browser-store",
    "kase-register",
    "kase-domain",
    "kase-text",
    "kase-replication",
    "kase-search",
];

/// Channel and headquarters never use each other: they meet in the protocol.
const TABLE: &[Row] = &[
    row("kase-domain", &[]),
    row("kase-text", &[]),
    row("kase-replication", &["kase-domain"]),
    row("kase-search", &["kase-domain"]),
    row("kase-register", PURE),
    row(
        "kase-browser-store",
        &["kase-register", "kase-domain", "kase-text", "kase-replication", "kase-search"],
    ),
    row("kase-service", &["kase-domain", "kase-text", "kase-replication"]),
    row("kase-service", &["kase-domain", "kase-text", "kase-replication"]),
    row("kase-channel", PLACE),
    row("kase-headquarters", PLACE),
    row("kase-ui", &["kase-domain", "kase-text"]),
    row("kase", APP),
    row("kase-console", APP),
    row("kase-embed", APP),
    row(
        "kase-server",
        &[
            "kase-channel",
            "kase-headquarters",
            "kase-service",
            "kase-domain",
            "kase-text",
            "kase-replication",
            "kase-search",
        ],
    ),
    row(
        "kase-simulator",
        &[
            "kase-channel",
            "kase-headquarters",
            "kase-service",
            "kase-register",
            "kase-domain",
            "kase-text",
            "kase-replication",
            "kase-search",
        ],
    ),
    row(
        "kase-formats",
        &[
            "kase-channel",
            "kase-headquarters",
            "kase-service",
            "kase-register",
            "kase-domain",
            "kase-text",
            "kase-replication",
            "kase-search",
        ],
    ),
    row("xtask", &[]),
];

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    packages.iter().flat_map(check_one).collect()
}

fn check_one(package: &Package) -> Vec<Finding> {
    let Some(row) = TABLE.iter().find(|row| row.package == package.name) else {
        return vec![Finding::new(&package.name, "has no row in the table of who may use whom")];
    };
    // A package's own tests may turn on its features.
    let others = package.uses.iter().filter(|used| **used != package.name);
    let forbidden = others.filter(|used| !row.may_use.contains(&used.as_str()));
    forbidden.map(|used| Finding::new(&package.name, format!("may not use {used}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(name: &str, uses: &[&str], expected: &[&str]) {
        let uses = uses.iter().map(ToString::to_string).collect();
        let package = Package { name: name.into(), folder: String::new(), uses };
        let found: Vec<String> = check(&[package]).iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn arrows_of_the_table_are_allowed() {
        check_one("kase-domain", &[], &[]);
        check_one("kase-register", &["kase-domain", "kase-text", "kase-replication", "kase-search"], &[]);
        check_one("kase-register", &["kase-register"], &[]);
        check_one("kase-browser-store", &["kase-register", "kase-domain"], &[]);
        check_one("kase-channel", &["kase-service", "kase-search"], &[]);
        check_one("kase", &["kase-ui", "kase-browser-store", "kase-register"], &[]);
        check_one("kase-simulator", &["kase-channel", "kase-headquarters", "kase-register"], &[]);
    }

    #[test]
    fn any_other_arrow_is_named() {
        check_one("kase-domain", &["kase-text"], &["kase-domain: may not use kase-text"]);
        check_one("kase-channel", &["kase-headquarters"], &["kase-channel: may not use kase-headquarters"]);
        check_one("kase-headquarters", &["kase-channel"], &["kase-headquarters: may not use kase-channel"]);
        check_one("kase-server", &["kase-register"], &["kase-server: may not use kase-register"]);
        check_one("kase-ui", &["kase-register"], &["kase-ui: may not use kase-register"]);
    }

    #[test]
    fn a_package_without_a_row_is_named() {
        check_one("kase-new", &[], &["kase-new: has no row in the table of who may use whom"]);
    }

    #[test]
    fn no_arrow_of_the_table_leads_in_a_circle() {
        let lower =
            |name: &str| TABLE.iter().find(|row| row.package == name).map_or(0, |row| row.may_use.len());
        for row in TABLE {
            for used in row.may_use {
                assert!(lower(used) < lower(row.package), "{} uses {used}", row.package);
            }
        }
    }
}
