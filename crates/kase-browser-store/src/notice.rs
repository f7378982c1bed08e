//! What a store has to say without being asked.

/// News of the connection to the database. Whatever it is, a later call opens the database again by itself,
/// and says so if that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreNotice {
    /// Opening waits for other tabs that hold an older version and do not let go. A person can close them.
    WaitsForOtherTabs,
    /// A newer version of the app, in another tab, wants to change the database: this tab has let go of it and
    /// should be loaded anew.
    NewerVersionWaits,
    /// The database was deleted by a person or the browser. What is recorded from now on goes into a new one.
    Deleted,
    /// The browser closed the connection, for reasons of its own.
    Closed,
}
