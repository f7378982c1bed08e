//! Where things lie, and what Cargo knows of them.

use std::path::PathBuf;

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand, Package};

/// Packages that only make sense in a browser: every native step leaves them out, every step for
/// wasm names them.
pub(crate) const WEB_PACKAGES: [&str; 3] = ["kase", "kase-ui", "kase-browser-store"];

/// The target that browsers run.
pub(crate) const WEB_TARGET: &str = "wasm32-unknown-unknown";

/// The checkout that xtask belongs to.
pub(crate) struct Workspace {
    metadata: Metadata,
}

impl Workspace {
    /// Asks Cargo, from wherever in the checkout the call came.
    pub(crate) fn load() -> Result<Self> {
        let metadata = MetadataCommand::new().no_deps().exec().context("reading `cargo metadata`")?;
        Ok(Self { metadata })
    }

    /// The folder of the root Cargo.toml.
    pub(crate) fn root(&self) -> PathBuf {
        self.metadata.workspace_root.clone().into()
    }

    /// What Kase makes besides Cargo's own output. Always inside the checkout, also where the
    /// environment moves Cargo's folder away: the server reads its web files from here.
    pub(crate) fn made(&self, name: &str) -> PathBuf {
        self.root().join("target").join(name)
    }

    /// The binary that Cargo builds for this machine.
    pub(crate) fn binary(&self, profile: &str, name: &str) -> PathBuf {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.metadata.target_directory.join(profile).join(file).into()
    }

    /// The packages of the workspace.
    pub(crate) fn packages(&self) -> impl Iterator<Item = &Package> {
        self.metadata.packages.iter()
    }

    /// The version of `package` that Cargo.lock fixes.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock = self.root().join("Cargo.lock");
        let text = std::fs::read_to_string(&lock).with_context(|| format!("reading {}", lock.display()))?;
        locked_version(&text, package)
            .map(str::to_owned)
            .with_context(|| format!("Cargo.lock has no package {package}"))
    }
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_lock_file_gives_a_packages_version() {
        let lock = "\
[[package]]
name = \"wasm-bindgen-backend\"
version = \"0.2.1\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
source = \"registry\"
";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }
}
