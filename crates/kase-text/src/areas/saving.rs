//! Where a new customer goes when Save is pressed, and what came of it.

use crate::catalogue::{choices, messages};

choices! {
    /// Where Save will put the customer, as far as the register knows beforehand.
    enum SaveRoute { AtHeadquarters, InStore, InStoreHeadquartersOut, OnRegister, Excluded }
}

choices! {
    /// Why the browser's storage took nothing.
    enum StorageProblem { Full, Refused, Unavailable, Closed, Deleted }
}

messages! {
    /// Saving a new customer.
    trait Saving {
        /// Beside the Save button, before it is pressed.
        fn save_route(&self, route: SaveRoute) -> &'static str;
        fn saving(&self) -> &'static str;
        fn saved_with_account_number(&self, account_number: &str) -> String;
        fn saved_on_register(&self) -> &'static str;
        fn saved_in_store(&self) -> &'static str;
        fn saved_in_store_headquarters_out(&self) -> &'static str;
        /// The channel's answer to the first try never came, so the register does not know yet.
        fn saved_on_register_sending(&self) -> &'static str;
        /// `fields` comes from `list`.
        fn held_fields(&self, fields: &str) -> String;
        fn not_saved(&self, problem: StorageProblem) -> &'static str;
        /// The local database fails, whatever is being done; stands until it works again.
        fn store_fault(&self, problem: StorageProblem) -> &'static str;
        /// The answer never came, and nothing is kept on the register; a second try is the same.
        fn not_known_whether_saved(&self) -> &'static str;
        fn register_not_ready(&self) -> &'static str;
        fn not_saved_refused(&self, reason: &str) -> String;
        fn not_saved_check_fields(&self, fields: u64) -> String;
        fn creation_excluded(&self) -> &'static str;
        fn creation_excluded_detail(&self) -> &'static str;
        fn creation_closed_register_deactivated(&self) -> &'static str;
        /// Heading: something was typed and the sheet is being closed.
        fn discard_question(&self) -> &'static str;
        fn discard_detail(&self) -> &'static str;
        fn discard(&self) -> &'static str;
        fn keep_editing(&self) -> &'static str;
    }
}
