//! One customer: what is known, what can be done, and why something cannot be done now.

use crate::AddressPurpose;
use crate::catalogue::{choices, messages};

choices! {
    /// Why an action is closed: one sentence each (behaviour.md, "What is allowed while a customer is pending").
    enum Closed {
        /// A pending customer's data, without the switch for editing.
        PendingEdit,
        /// A pending customer, loyalty: never.
        PendingLoyalty,
        /// A further address of a pending customer, without the switch for addresses.
        PendingAddress,
        /// Fields closed at creation, without the switch for enhanced creation.
        PendingField,
        /// An address that itself waits for headquarters.
        PendingAddressContent,
        /// The switch for addresses is off.
        NeedsAsyncAddresses,
        /// The switch for enhanced creation is off.
        NeedsEnhancedCreation,
        /// The switch for editing is off.
        NeedsAsyncEditing,
        EditNeedsHeadquarters,
        AddressNeedsHeadquarters,
        LoyaltyNeedsHeadquarters,
        EditOffline,
        AddressOffline,
        LoyaltyOffline,
        LoyaltyBlocked,
        /// Headquarters refused the creation; what follows waits behind it.
        CustomerRefused, CustomerDiscarded,
        RegisterDeactivated,
        /// A kiosk creates and never browses.
        NotAtThisRegister,
    }
}

messages! {
    /// The details page and its sheets.
    trait Details {
        fn contact(&self) -> &'static str;
        fn address(&self) -> &'static str;
        fn addresses(&self) -> &'static str;
        fn groups(&self) -> &'static str;
        fn other_data(&self) -> &'static str;
        fn edit(&self) -> &'static str;
        fn edit_customer(&self) -> &'static str;
        fn add_address(&self) -> &'static str;
        fn issue_loyalty_card(&self) -> &'static str;
        fn reference(&self, short_reference: &str) -> String;
        fn address_heading(&self, purpose: AddressPurpose) -> String;
        fn primary_address_heading(&self, purpose: AddressPurpose) -> String;
        fn nothing_entered(&self) -> &'static str;
        /// The line above the closed buttons of a pending customer.
        fn pending_closes(&self) -> &'static str;
        fn closed(&self, reason: Closed) -> &'static str;
        fn customer_gone(&self) -> &'static str;

        fn edit_saved(&self) -> &'static str;
        fn edit_waits(&self) -> &'static str;
        fn edit_waits_in_store(&self) -> &'static str;
        /// Another person's change of the same is there already.
        fn change_held(&self) -> &'static str;
        fn edit_unchanged(&self) -> &'static str;
        fn address_saved(&self) -> &'static str;
        fn address_waits(&self) -> &'static str;
        fn address_waits_in_store(&self) -> &'static str;
        fn account_number_arrived(&self, name: &str, account_number: &str) -> String;
    }
}
