//! The witness of what this register has recorded, where the deletion of its database does not reach. No data of
//! customers.

use gloo_storage::{LocalStorage, Storage};
use kase_register::KeptWitness;

/// Versioned, so that a later shape can stand beside this one.
const KEY: &str = "kase-witness-1";

/// What is kept; none when nothing is, or it cannot be read.
pub(crate) fn read() -> Option<KeptWitness> {
    LocalStorage::get(KEY).ok()
}

/// Keeps it, together with what another tab may have kept of the same database; where the browser refuses, a
/// deletion is noticed by the channel alone.
pub(crate) fn keep(witness: KeptWitness) {
    let joined = match read() {
        Some(kept) => witness.joined(&kept),
        None => witness,
    };
    let _ = LocalStorage::set(KEY, joined);
}

/// Forgets it with the register.
pub(crate) fn forget() {
    LocalStorage::delete(KEY);
}
