//! The screens, one a file. They hold no rules: those stand in `kase-domain` and `kase-register`.
#![allow(
    unreachable_pub,
    reason = "a component's macro makes a second function of it, which is not re-exported"
)]

pub(crate) mod activation;
pub(crate) mod customers;
pub(crate) mod details;
pub(crate) mod not_found;
pub(crate) mod settings;
pub(crate) mod sign_in;
pub(crate) mod splash;
pub(crate) mod stopped;
pub(crate) mod sync_status;
