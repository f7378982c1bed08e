//! The customer whose details are shown. It follows the store: an account number that arrives takes its place
//! without anything else moving.

use std::sync::Arc;

use kase_replication::CustomerState;
use leptos::prelude::*;

/// A customer as it is now; none before it was read. Copy it to every part of the details.
#[derive(Clone, Copy)]
pub(crate) struct Viewed {
    /// The whole state.
    pub(crate) customer: RwSignal<Option<Arc<CustomerState>>>,
}

impl Viewed {
    /// Nobody yet.
    pub(crate) fn nobody() -> Self {
        Self { customer: RwSignal::new(None) }
    }

    /// A part of it, which tells only when it changes itself.
    pub(crate) fn memo<T>(self, read: impl Fn(&CustomerState) -> T + Send + Sync + 'static) -> Memo<T>
    where
        T: Default + PartialEq + Send + Sync + 'static,
    {
        Memo::new(move |_| self.customer.read().as_ref().map(|state| read(state)).unwrap_or_default())
    }

    /// The whole state now, for a sheet that opens.
    pub(crate) fn now(self) -> Option<Arc<CustomerState>> {
        self.customer.get_untracked()
    }
}
