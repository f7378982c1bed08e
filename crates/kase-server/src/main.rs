//! The server: roles, settings, listening, web files.
fn main() {}
