//! The register's database in IndexedDB.
//!
//! It does what a [`kase_register::RegisterStore`] promises, with `strict` durability for every write, and
//! decides nothing: it must never drop, merge or reorder what it is given. Errors of the browser are reduced
//! to [`kase_register::StoreError`] here, and nowhere else.

mod connection;
mod error;
mod finishing;
mod migration;
mod notice;
mod read;
mod record;
mod renewal;
mod schema;
mod store;
mod transaction;
mod write;

pub use notice::StoreNotice;
pub use store::BrowserStore;
