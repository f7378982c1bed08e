//! The way from this register to an account number, and what stands on it.

use crate::catalogue::{choices, messages};

choices! {
    /// Where a pending customer is (behaviour.md, "From pending to synced").
    enum Stage { OnThisRegister, OnItsRegister, InTheChannel, AtHeadquarters, AccountNumberAssigned, Synced, Refused }
}

choices! {
    /// What a stage is waiting for.
    enum StageDetail {
        WaitingForNetwork, BeingSent, WaitingForHeadquarters, WaitingForJob, JobPaused, WaitingForAccountNumber,
        ComingToThisRegister, BehindEarlierChange, BehindRefusedChange, HeldForReview, NeedsAPerson,
    }
}

choices! {
    /// What waits longer than it should, and what that is up to.
    enum Stuck { Offline, NotTaken, HeadquartersOutOfReach, InChannel, AtHeadquarters }
}

choices! {
    /// The jobs that customers' operations wait for: P-0001, Synchronize customers and channel requests, 1010 Customers.
    enum Job { Push, Synchronize, Customers }
}

choices! {
    /// What is wrong with a job.
    enum JobTrouble { Paused, Failing, Overdue }
}

choices! {
    /// What an operation does.
    enum OperationKind {
        CreateCustomer, EditCustomer, AddAddress, EditAddress, AddContact, AddAffiliation, RemoveAffiliation,
        IssueLoyaltyCard, Erase, Other,
    }
}

messages! {
    /// The Sync status screen.
    trait SyncStatus {
        fn stage(&self, stage: Stage) -> &'static str;
        /// Below their number.
        fn refused_counted(&self, refused: u64) -> &'static str;
        /// Accessible name of the line of stages.
        fn stages_label(&self) -> &'static str;
        fn stage_done(&self) -> &'static str;
        fn stage_now(&self) -> &'static str;
        fn stage_ahead(&self) -> &'static str;
        fn stage_detail(&self, detail: StageDetail) -> &'static str;
        /// The same as a sentence: what has happened, and what comes next or is to be done.
        fn stage_meaning(&self, detail: StageDetail) -> &'static str;
        /// What to do about what waits longer than it should.
        fn stuck(&self, stuck: Stuck) -> &'static str;
        /// What headquarters calls a job.
        fn job(&self, job: Job) -> &'static str;
        /// A job does not do its work while so many of this register's records wait for it: what is wrong, and what to do.
        fn job_trouble(&self, job: Job, trouble: JobTrouble, waiting: u64) -> String;
        /// `2 min ago, waiting for the network`
        fn age_and_detail(&self, age_seconds: u64, detail: StageDetail) -> String;

        fn waiting(&self) -> &'static str;
        fn oldest_waiting(&self, age_seconds: u64) -> String;
        fn last_exchange(&self, clock: &str) -> String;
        fn no_exchange_yet(&self) -> &'static str;
        fn nothing_waits(&self) -> &'static str;
        fn nothing_waits_detail(&self) -> &'static str;
        fn operation(&self, kind: OperationKind) -> &'static str;
        /// How often it was tried in vain, in a sentence.
        fn tried(&self, tries: u64) -> String;
        fn retry_now(&self) -> &'static str;
        fn retry_not_possible_offline(&self) -> &'static str;
        fn refused_because(&self, reason: &str) -> String;
        /// Headquarters gave it up.
        fn discarded_because(&self, reason: &str) -> String;
        fn discarded_meaning(&self) -> &'static str;
        fn remove_from_list(&self) -> &'static str;
        /// It could not be taken off the list.
        fn still_waits(&self) -> &'static str;

        fn export(&self) -> &'static str;
        fn exported(&self, operations: u64) -> String;
        fn not_exported(&self, operations: u64) -> String;
        /// Headquarters has made no rescue key: nothing is written.
        fn export_without_key(&self) -> &'static str;
        fn export_failed(&self) -> &'static str;

        fn storage(&self) -> &'static str;
        fn storage_persistent(&self) -> &'static str;
        fn storage_not_persistent(&self) -> &'static str;
        fn storage_unknown(&self) -> &'static str;
        /// How much waits here alone, while the browser may delete it.
        fn storage_at_risk(&self, only_here: u64) -> String;
        fn storage_ask(&self) -> &'static str;
        fn storage_asked_in_vain(&self) -> &'static str;
        fn storage_used(&self, used_bytes: u64, total_bytes: u64) -> String;
        fn storage_nearly_full(&self) -> &'static str;

        /// Changes of the feed that this version of the app cannot read.
        fn passed_over(&self, records: u64) -> String;
        /// Operations in the outbox that this version of the app cannot read.
        fn unreadable_operations(&self, operations: u64) -> String;
    }
}
