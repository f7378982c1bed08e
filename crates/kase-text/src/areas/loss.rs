//! What a deleted database has cost.

use crate::catalogue::messages;

messages! {
    /// A browser has deleted the register's database.
    trait Losses {
        fn loss_title(&self) -> &'static str;
        /// The channel has everything.
        fn loss_of_nothing(&self, recorded: u64) -> String;
        /// `times` is when the lost ones were recorded; empty when that is not known.
        fn loss(&self, recorded: u64, arrived: u64, lost: u64, times: &str) -> String;
        fn loss_advice(&self) -> &'static str;
        /// The channel could not be asked yet.
        fn loss_unasked(&self, recorded: u64, waiting: u64) -> String;
        /// It is asked as soon as it answers.
        fn loss_asked_soon(&self, recorded: u64, waiting: u64) -> String;
        /// It was another channel's, which nobody here can ask.
        fn loss_not_told(&self, recorded: u64, waiting: u64) -> String;
        /// It was an earlier browser's database.
        fn loss_elsewhere_title(&self) -> &'static str;
        fn loss_elsewhere(&self, heard: &str, recorded: u64, lost: u64, times: &str) -> String;
        fn loss_elsewhere_advice(&self) -> &'static str;
        /// The button of whoever has read it.
        fn understood(&self) -> &'static str;
        /// Opening the database waits for other tabs.
        fn waits_for_tabs(&self) -> &'static str;
    }
}
