//! Finding customers, and the list.

use crate::catalogue::{choices, messages};

choices! {
    /// A field that a shortcut narrows the search to.
    enum SearchField { Name, Phone, Email, Card, Account, Address }
}

messages! {
    /// The search box and what it finds.
    trait Search {
        fn search_customers(&self) -> &'static str;
        fn search_hint(&self) -> &'static str;
        fn clear_search(&self) -> &'static str;
        /// What is typed before a colon to search one field only, without the colon.
        fn search_shortcut(&self, field: SearchField) -> &'static str;
        /// Accessible name of the list.
        fn results(&self) -> &'static str;
        fn customers_match(&self, count: u64) -> String;
        fn customers_here(&self, count: u64) -> String;
        fn on_this_register(&self) -> &'static str;
        fn in_all_stores(&self) -> &'static str;
        fn search_all_stores(&self) -> &'static str;
        fn search_all_too_short(&self) -> &'static str;
        fn search_all_out_of_reach(&self) -> &'static str;
        /// Before a secondary value that matched.
        fn also(&self) -> &'static str;
        fn no_customer_matches(&self, query: &str) -> String;
        /// Where none can be created.
        fn nobody_matches(&self, query: &str) -> String;
        fn no_customer_matches_touch(&self) -> &'static str;
        /// Beside it, to make a customer of what was typed.
        fn create_typed(&self) -> &'static str;
        fn no_customers_yet(&self) -> &'static str;
        fn no_customers_yet_detail(&self) -> &'static str;
        /// A deactivated register holds none.
        fn no_customers_any_more(&self) -> &'static str;
        /// The channel schema keeps customers off this register.
        fn no_customers_kept(&self) -> &'static str;
        fn new_customer(&self) -> &'static str;
        fn show_more(&self) -> &'static str;
        fn nothing_chosen(&self) -> &'static str;
        fn nothing_chosen_detail(&self) -> &'static str;
    }
}
