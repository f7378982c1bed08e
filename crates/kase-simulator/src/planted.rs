//! Faults that are planted on purpose, at the edges of the shipped code, to show that the checker finds them.

use std::fmt;

/// A planted fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// A register's store says "done" to a recording and forgets it.
    ForgottenCommit,
    /// A register's store says "done" before the write is: a tab that dies meanwhile takes it along.
    EarlyWord,
    /// A register's store writes the customer and not its outbox entry: half a transaction.
    TornCommit,
    /// A register's store loses an entry of the outbox.
    LostEntry,
    /// An operation is delivered to the channel once more under another id.
    ChangedId,
    /// An operation is altered on its way, under the same id.
    ChangedContent,
    /// A channel whose disk is full says "accepted" to a register all the same.
    UnsaidFullDisk,
    /// The channel's door says "accepted" to a register and throws the operations away.
    ForgottenDelivery,
    /// A register is told that it has a page of the feed which it was not given.
    SkippedPage,
    /// A register is told that a customer with an account number is pending again.
    BackToPending,
    /// A register is given another customer's account number.
    WrongNumber,
    /// Headquarters' door says "accepted" to a channel and throws the operations away.
    ForgottenPush,
    /// Headquarters takes the first half of a push and says "accepted" to all of it.
    TornPush,
    /// A channel is given a cursor beyond changes that it was not given.
    CursorPastChanges,
    /// The conversion stops for ever after something was refused: one bad record blocks the queue.
    BlockedQueue,
    /// A channel's database goes back in time, and nobody is told.
    ChannelBackInTime,
    /// Headquarters' database goes back in time, and nobody is told.
    HeadquartersBackInTime,
    /// The channel forgets the fingerprints: other content under a known id gets the first answer again.
    ForgottenFingerprint,
    /// Headquarters drops an alias.
    DroppedAlias,
    /// Headquarters judges by the settings in force now, not by those that an operation was recorded under.
    OtherSettings,
    /// A register takes all switches for on.
    OpenTable,
    /// A register's store keeps customers that it is told to delete.
    KeptCustomers,
    /// Headquarters takes a push from its end.
    TurnedPush,
    /// What is kept beside a register's database is not kept.
    ForgetfulWitness,
}

impl Planted {
    /// Every one.
    pub const ALL: [Self; 24] = [
        Self::ForgottenCommit,
        Self::EarlyWord,
        Self::TornCommit,
        Self::LostEntry,
        Self::ChangedId,
        Self::ChangedContent,
        Self::UnsaidFullDisk,
        Self::ForgottenDelivery,
        Self::SkippedPage,
        Self::BackToPending,
        Self::WrongNumber,
        Self::ForgottenPush,
        Self::TornPush,
        Self::CursorPastChanges,
        Self::BlockedQueue,
        Self::ChannelBackInTime,
        Self::HeadquartersBackInTime,
        Self::ForgottenFingerprint,
        Self::DroppedAlias,
        Self::OtherSettings,
        Self::OpenTable,
        Self::KeptCustomers,
        Self::TurnedPush,
        Self::ForgetfulWitness,
    ];
}

impl fmt::Display for Planted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// How often a planted fault strikes, in thousandths of its chances.
pub(crate) const PLANTED_PERMILLE: u64 = 150;
