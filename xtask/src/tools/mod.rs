//! The programs that building and testing need: found where they have the right version, set up
//! where not.
//!
//! Nothing outside the checkout is changed, but for what only rustup and apt can bring.

mod apt;
mod cargo_tool;
mod chromium;
mod node;
mod rust;

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};

pub(crate) use chromium::Chromium;

use crate::program::{Program, find};
use crate::workspace::Workspace;
use cargo_tool::CargoTool;

/// The version that the project builds with; a newer one needs a newer Rust.
const TRUNK_VERSION: &str = "0.21.14";

/// The programs, and the PATH on which they are found.
pub(crate) struct Tools {
    root: PathBuf,
    installed: PathBuf,
    wasm_bindgen_version: String,
    path: OsString,
}

impl Tools {
    /// Looks at nothing yet; each tool is set up when a step asks for it.
    pub(crate) fn new(workspace: &Workspace) -> Result<Self> {
        let root = workspace.root();
        let installed = workspace.made("tools");
        let own = [installed.join("bin"), root.join("node_modules").join(".bin")];
        let inherited = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(own.into_iter().chain(std::env::split_paths(&inherited)))
            .context("a folder on the PATH has a separator in its name")?;
        let wasm_bindgen_version = workspace.locked_version("wasm-bindgen")?;
        Ok(Self { root, installed, wasm_bindgen_version, path })
    }

    /// A program called in the checkout, with the tools on its PATH.
    pub(crate) fn program(&self, name: &str) -> Program {
        Program::new(name).dir(&self.root).env("PATH", &self.path)
    }

    /// Cargo, with these arguments.
    pub(crate) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Program {
        self.program("cargo").args(arguments)
    }

    /// What `cargo fmt` and `cargo clippy` need.
    pub(crate) fn need_lints(&self) -> Result<()> {
        rust::need_component(self, "rustfmt", "fmt")?;
        rust::need_component(self, "clippy", "clippy")
    }

    /// The standard library for wasm.
    pub(crate) fn need_web_target(&self) -> Result<()> {
        rust::need_web_target(self)
    }

    /// What turns the front end into files for a browser.
    pub(crate) fn need_web_build(&self) -> Result<()> {
        self.need_web_target()?;
        self.need_node_packages()?;
        CargoTool {
            package: "trunk",
            version: TRUNK_VERSION,
            programs: &["trunk"],
            optimized: &[],
            // It is called offline: what asks for updates and fetches tools over TLS is left out.
            arguments: &["--locked", "--no-default-features"],
        }
        .need(self)?;
        self.need_wasm_bindgen()
    }

    /// wasm-bindgen and its test runner, in the version of the library.
    pub(crate) fn need_wasm_bindgen(&self) -> Result<()> {
        CargoTool {
            package: "wasm-bindgen-cli",
            version: &self.wasm_bindgen_version,
            programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
            // They read and write modules of some 40 MB.
            optimized: &["walrus", "wasmparser", "wasm-encoder", "wasm-bindgen-cli-support"],
            // Not `--locked`: the lock file that this package ships does not resolve.
            arguments: &["--no-default-features"],
        }
        .need(self)
    }

    /// wasm-opt and Playwright, as package-lock.json names them.
    pub(crate) fn need_node_packages(&self) -> Result<()> {
        node::need_packages(self)
    }

    /// What shows which calls a process makes.
    pub(crate) fn need_strace(&self) -> Result<()> {
        if find(&["strace"], &self.path).is_some() {
            return Ok(());
        }
        set_up("strace through apt", || apt::install(self, &["strace"]))
    }

    /// A browser and its driver.
    pub(crate) fn need_chromium(&self) -> Result<Chromium> {
        chromium::need(self)
    }
}

/// Says what is being set up, does it, and says how long it took.
fn set_up(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("setting up {what}");
    let start = Instant::now();
    work().with_context(|| format!("setting up {what}"))?;
    println!("set up {what} in {:.1} s", start.elapsed().as_secs_f64());
    Ok(())
}
