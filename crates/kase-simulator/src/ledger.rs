//! What people were told, kept outside the code that is checked.

use std::collections::{BTreeMap, BTreeSet};

use kase_domain::{AccountNumber, AddressId, CustomerId, OperationId, OperationKind, Switch};

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
    /// Creations of which somebody was told that they may have arrived, or not.
    pub(crate) not_known: BTreeSet<CustomerId>,
    /// Addresses and edits that somebody was told are saved.
    pub(crate) changed: BTreeMap<OperationId, Changed>,
    /// Customers with an edit of which nobody was told the end.
    pub(crate) uncertain: BTreeSet<CustomerId>,
    /// What waited in a local database that the browser deleted.
    pub(crate) evicted: BTreeSet<OperationId>,
    /// Whose each account number is that a register has ever shown.
    pub(crate) numbers: BTreeMap<AccountNumber, CustomerId>,
    /// The account number that headquarters gave each customer.
    pub(crate) given: BTreeMap<CustomerId, String>,
    /// Every operation that a register's store has taken.
    pub(crate) recorded: BTreeMap<OperationId, Recorded>,
    /// Whose each short reference is that a browser has recorded.
    pub(crate) references: BTreeMap<(usize, String), CustomerId>,
    /// Cards that somebody asked for though their customer was pending.
    pub(crate) cards_for_pending: BTreeSet<OperationId>,
    /// What the settings of each version allow.
    pub(crate) settings: SettingsHistory,
}

/// An operation as a register's store took it.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    pub(crate) browser: usize,
    /// Counts the browser's databases: an evicted one begins its orders anew.
    pub(crate) database: u64,
    pub(crate) order: u64,
    pub(crate) kind: OperationKind,
    pub(crate) settings_version: u64,
    /// The customer was pending in the store.
    pub(crate) was_pending: bool,
    /// It waits for the account number, and later ones do not wait for it.
    pub(crate) is_held: bool,
}

impl Recorded {
    /// The switch that it needs while its customer is pending.
    pub(crate) fn needs(&self) -> Option<Switch> {
        match self.kind {
            OperationKind::AddAddress => Some(Switch::AsyncAddresses),
            OperationKind::EditCustomer => Some(Switch::AsyncEditing),
            OperationKind::CreateCustomer | OperationKind::IssueLoyaltyCard => None,
        }
    }
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
