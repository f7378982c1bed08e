//! What people were told, kept outside the code that is checked.

use std::collections::{BTreeMap, BTreeSet};

use kase_domain::{AccountNumber, AddressId, CustomerId, OperationId};

use crate::settings::SettingsHistory;

/// Everything that was tried, and what was promised of it.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    /// Every customer that anybody tried to create.
    pub(crate) tried: BTreeMap<CustomerId, String>,
    /// Customers that somebody was told are saved, with the browser.
    pub(crate) created: BTreeMap<CustomerId, usize>,
    /// Creations that were refused as a matter of business, and never saved.
    pub(crate) refused: BTreeSet<CustomerId>,
    /// Addresses and edits that somebody was told are saved.
    pub(crate) changed: BTreeMap<OperationId, Changed>,
    /// Customers with an edit of which nobody was told the end.
    pub(crate) uncertain: BTreeSet<CustomerId>,
    /// What waited in a local database that the browser deleted.
    pub(crate) evicted: BTreeSet<OperationId>,
    /// Whose each account number is that a register has ever shown.
    pub(crate) numbers: BTreeMap<AccountNumber, CustomerId>,
    /// What the settings of each version allow.
    pub(crate) settings: SettingsHistory,
}

/// A change of a customer.
#[derive(Debug, Clone)]
pub(crate) struct Changed {
    pub(crate) customer: CustomerId,
    pub(crate) what: Change,
    /// The customer was pending for whoever changed it.
    pub(crate) was_pending: bool,
}

/// What was changed.
#[derive(Debug, Clone)]
pub(crate) enum Change {
    /// An address was added.
    Address(AddressId),
    /// The middle name became this.
    MiddleName(String),
}
