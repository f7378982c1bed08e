//! `cargo xtask tidy`: the rules of the house that a machine can check.
//!
//! Each rule is a pure function from what it reads to what it finds, in a module of its own.

mod arrows;
mod colours;
mod file_names;
mod formats;
mod lengths;
mod lock_file;
mod packages;
mod purity;
mod readme;
mod sources;
mod unfinished;

use std::fmt;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// A place where a rule is broken, and how.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    place: String,
    rule: String,
}

impl Finding {
    fn new(place: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { place: place.into(), rule: rule.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.rule)
    }
}

/// Checks the whole checkout and fails if any rule is broken.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    let packages = packages::read(workspace);
    let sources = sources::read(&workspace.root())?;
    let mut findings = packages::check(&packages);
    findings.extend(arrows::check(&packages));
    for source in &sources {
        findings.extend(lengths::check(source));
        findings.extend(file_names::check(source));
        findings.extend(purity::check(source));
        findings.extend(unfinished::check(source));
        findings.extend(colours::check(source));
    }
    findings.extend(formats::check(&sources));
    findings.extend(lock_file::check(&sources));
    findings.extend(readme::check(&sources));
    findings.sort();
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("tidy: {} places break a rule of the house", findings.len());
    }
    println!("tidy: {} packages, {} files, nothing found", packages.len(), sources.len());
    Ok(())
}
