//! Set-up, run, test, bench and tidy for Kase.
fn main() {}
