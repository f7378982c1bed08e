//! What every page shares: navigation, connection, the words on buttons, and the app's own news.

use crate::catalogue::{choices, messages};

choices! {
    /// What the register reaches (behaviour.md, "Connection, honestly shown").
    enum Connection { Online, HeadquartersOutOfReach, Offline }
}

choices! {
    /// A page that can be gone to.
    enum Page { Activation, SignIn, Customers, SyncStatus, Settings }
}

messages! {
    /// The frame around every page.
    trait Shell {
        fn app_name(&self) -> &'static str;
        /// The browser tab's title.
        fn page_title(&self, page: Page) -> String;
        fn page(&self, page: Page) -> &'static str;
        /// Accessible name of the navigation landmark.
        fn navigation(&self) -> &'static str;
        fn skip_to_content(&self) -> &'static str;
        /// The badge in the navigation, for screen readers.
        fn waiting_badge(&self, waiting: u64) -> String;
        /// The badge when something needs a person.
        fn refused_badge(&self, refused: u64) -> String;

        /// Accessible name of the status region.
        fn connection_label(&self) -> &'static str;
        fn connection(&self, connection: Connection) -> &'static str;
        /// What the state means for the work, in a sentence.
        fn connection_meaning(&self, connection: Connection) -> &'static str;

        fn pending_sync(&self) -> &'static str;
        fn account_number(&self) -> &'static str;
        fn save(&self) -> &'static str;
        fn cancel(&self) -> &'static str;
        fn close(&self) -> &'static str;
        fn back(&self) -> &'static str;
        fn open(&self) -> &'static str;
        fn yes(&self) -> &'static str;
        fn no(&self) -> &'static str;
        fn remove(&self) -> &'static str;
        fn dismiss(&self) -> &'static str;
        fn loading(&self) -> &'static str;
        /// Accessible name of the region where news appears.
        fn notifications(&self) -> &'static str;

        fn update_ready(&self) -> &'static str;
        fn update_ready_detail(&self) -> &'static str;
        fn reload(&self) -> &'static str;
        fn needs_https(&self) -> &'static str;
        fn needs_https_detail(&self) -> &'static str;
        /// Heading: the local database cannot be opened.
        fn no_store_title(&self) -> &'static str;
        fn no_store_unavailable(&self) -> &'static str;
        /// A newer version of the app wrote it.
        fn no_store_newer(&self) -> &'static str;
        fn no_store_failed(&self) -> &'static str;
        fn page_not_found(&self) -> &'static str;
        fn go_to_customers(&self) -> &'static str;
    }
}
