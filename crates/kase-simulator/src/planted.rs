//! Faults that are planted on purpose, at the edges of the shipped code, to show that the checker finds them.

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// A register's store says "done" to a recording and forgets it.
    ForgottenCommit,
    /// An operation is delivered to the channel once more under another id.
    ChangedId,
    /// A register is told that it has a page of the feed which it was not given.
    SkippedPage,
    /// Headquarters' door says "accepted" to a channel and throws the operations away.
    ForgottenPush,
    /// A register is told that a customer with an account number is pending again.
    BackToPending,
}

/// How often a planted fault strikes, in thousandths of its chances.
pub(crate) const PLANTED_PERMILLE: u64 = 150;
