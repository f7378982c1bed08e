//! Finding customers: an index in memory, the same rules at every place.
