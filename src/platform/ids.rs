//! New ids.

use uuid::{Timestamp, Uuid};

/// A time-ordered id (UUIDv7).
pub(crate) fn new_id() -> Uuid {
    let now = u64::try_from(super::clock::now().0).unwrap_or(0);
    let nanoseconds = u32::try_from(now % 1_000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(uuid::NoContext, now / 1_000, nanoseconds))
}
