//! The workspace's packages: a package lies in the folder of its name.

use std::path::Path;

use super::Finding;
use crate::workspace::Workspace;

/// What the rules need to know of a package.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    /// Its folder in the checkout; the root package has the empty one.
    pub(super) folder: String,
    /// The workspace's packages that it uses, be it only in tests or while building.
    pub(super) uses: Vec<String>,
}

pub(super) fn read(workspace: &Workspace) -> Vec<Package> {
    let root = workspace.root();
    let folder = |manifest: &Path| {
        let folder = manifest.parent().and_then(|folder| folder.strip_prefix(&root).ok());
        folder.map(|folder| folder.to_string_lossy().replace('\\', "/")).unwrap_or_default()
    };
    let read = |package: &cargo_metadata::Package| {
        let own = package.dependencies.iter().filter(|dependency| dependency.path.is_some());
        Package {
            name: package.name.to_string(),
            folder: folder(package.manifest_path.as_std_path()),
            uses: own.map(|dependency| dependency.name.clone()).collect(),
        }
    };
    workspace.packages().map(read).collect()
}

pub(super) fn check(packages: &[Package]) -> Vec<Finding> {
    let stray = packages.iter().filter(|package| {
        let right = match package.name.as_str() {
            "kase" => package.folder.is_empty(),
            "xtask" => package.folder == "xtask",
            name => package.folder == format!("crates/{name}"),
        };
        !right
    });
    stray
        .map(|package| Finding::new(&package.folder, format!("holds the package {}", package.name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(name: &str, folder: &str, expected: usize) {
        let package = Package { name: name.into(), folder: folder.into(), uses: vec![] };
        assert_eq!(check(&[package]).len(), expected, "{name} in {folder}");
    }

    #[test]
    fn a_package_lies_in_the_folder_of_its_name() {
        check_one("kase", "", 0);
        check_one("xtask", "xtask", 0);
        check_one("kase-domain", "crates/kase-domain", 0);
        check_one("kase-domain", "crates/domain", 1);
        check_one("kase-domain", "kase-domain", 1);
        check_one("kase", "crates/kase", 1);
    }
}
