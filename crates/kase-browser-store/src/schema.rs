//! What the database looks like. Names that have shipped never change.

/// The versions that have shipped; each has a module in `migration` that makes it of the one before, and a
/// fixture in `kase-formats` that opens for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// Customers, outbox, texts of operations, values, counters.
    First = 1,
    /// Finished operations.
    Second = 2,
}

impl Version {
    /// All of them, oldest first.
    pub(crate) const ALL: [Self; 2] = [Self::First, Self::Second];

    /// What this code reads and writes.
    pub(crate) const CURRENT: Self = Self::Second;

    /// The number that IndexedDB knows it by.
    pub(crate) fn number(self) -> u32 {
        self as u32
    }
}

/// An object store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    /// Customer id → JSON text of a `CustomerState`. Text, since cloning one string is the cheapest thing to
    /// store and to read.
    Customers,
    /// Order of recording → an object with [`ORDER`], [`OPERATION`] and [`HEADER`]; the header is JSON text.
    /// Without the operation's bytes, so that the whole outbox is read at every start for little.
    Outbox,
    /// Operation id → the operation's bytes.
    OperationTexts,
    /// Operation id → an object with [`ORDER`], [`CUSTOMER`], [`HEADER`] and [`TEXT`]: an operation that was in the outbox,
    /// with its bytes and what was told of it.
    Finished,
    /// Name of a value → its text.
    Values,
    /// Name of a counter → the last number it gave.
    Counters,
}

impl Area {
    /// Its name in the database.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Outbox => "outbox",
            Self::OperationTexts => "operation_texts",
            Self::Finished => "finished",
            Self::Values => "values",
            Self::Counters => "counters",
        }
    }
}

/// Key path of the outbox; the database gives it out, growing, from 1, and never again.
pub(crate) const ORDER: &str = "order";

/// Property of a row of the outbox: the operation's id.
pub(crate) const OPERATION: &str = "operation";

/// Property of a row of the outbox: what else is known of the operation.
pub(crate) const HEADER: &str = "header";

/// Property of a finished operation: its customer's id.
pub(crate) const CUSTOMER: &str = "customer";

/// Property of a finished operation: its bytes.
pub(crate) const TEXT: &str = "text";

/// Index of the finished operations over [`ORDER`].
pub(crate) const BY_ORDER: &str = "by_order";

/// Index of the finished operations over [`CUSTOMER`].
pub(crate) const BY_CUSTOMER: &str = "by_customer";

/// Unique index of the outbox over [`OPERATION`].
pub(crate) const BY_OPERATION: &str = "by_operation";

/// The counter of short references.
pub(crate) const REFERENCE: &str = "reference";
