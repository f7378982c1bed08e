//! Finding customers while typing: an index in memory, with the same rules at every place (behaviour.md,
//! "Finding customers").
//!
//! The index holds what is searched, never the customers themselves: it answers with ranked ids, and whoever
//! holds the customers shows them, asking [`Query::matched_in`] what to mark. It reads no clock, makes no id
//! and does no IO.

mod bits;
mod duplicate;
mod entry;
mod fold;
mod index;
mod matched;
mod plan;
mod query;
mod recent;
mod segment;
mod similar;
mod table;
mod term;

pub use duplicate::{Draft, Duplicate, DuplicateOf};
pub use entry::Entry;
pub use index::{Found, Hit, Index};
pub use matched::{Match, MatchedField};
pub use query::{Query, SearchField, Shortcuts};
