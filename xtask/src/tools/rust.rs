//! What rustup adds to a plain Rust: the wasm target, rustfmt and Clippy.

use std::path::Path;

use anyhow::Result;

use super::{Tools, set_up};
use crate::workspace::WEB_TARGET;

pub(super) fn need_web_target(tools: &Tools) -> Result<()> {
    // Asked of rustc, not of rustup, since Rust may have come another way.
    let folder =
        tools.program("rustc").args(["--print", "target-libdir", "--target", WEB_TARGET]).output()?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    set_up(&format!("the target {WEB_TARGET}"), || {
        tools.program("rustup").args(["target", "add", WEB_TARGET]).run()
    })
}

/// `command` is Cargo's command that the component brings.
pub(super) fn need_component(tools: &Tools, component: &str, command: &str) -> Result<()> {
    if tools.cargo([command, "--version"]).output().is_ok() {
        return Ok(());
    }
    set_up(component, || tools.program("rustup").args(["component", "add", component]).run())
}
