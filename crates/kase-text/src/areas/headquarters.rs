//! What headquarters' people are told.

use crate::catalogue::{choices, messages};

choices! {
    /// What is worth a look in a store's settings, though nothing forbids it.
    enum StoreWarning { DefaultCustomerReceiptEmail }
}

messages! {
    /// Headquarters' own words.
    trait Headquarters {
        fn store_warning(&self, warning: StoreWarning) -> &'static str;
    }
}
