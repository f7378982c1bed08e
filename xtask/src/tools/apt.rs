//! What only Debian's package manager brings.

use anyhow::Result;

use super::Tools;

/// Installs packages, where one may.
pub(super) fn install(tools: &Tools, packages: &[&str]) -> Result<()> {
    let root = tools.program("id").args(["-u"]).output()?.trim() == "0";
    let apt = |arguments: &[&str]| {
        // `sudo -n` fails where it would ask for a password.
        let program =
            if root { tools.program("apt-get") } else { tools.program("sudo").args(["-n", "apt-get"]) };
        program.env("DEBIAN_FRONTEND", "noninteractive").args(arguments).run()
    };
    apt(&["update", "-qq"])?;
    apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
}
