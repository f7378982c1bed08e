//! Loyalty cards.

use crate::catalogue::{choices, messages};

choices! {
    /// Why no card was issued.
    enum LoyaltyProblem { Taken, Blocked, NeedsAccountNumber, OutOfReach, NumberMissing, NumberNotPossible }
}

messages! {
    /// Issuing a card.
    trait Loyalty {
        fn loyalty_cards(&self) -> &'static str;
        fn no_loyalty_card(&self) -> &'static str;
        fn card_number(&self) -> &'static str;
        fn card_number_hint(&self) -> &'static str;
        fn card_number_generated(&self) -> &'static str;
        fn card_issued(&self, card_number: &str) -> String;
        fn loyalty_problem(&self, problem: LoyaltyProblem) -> &'static str;
    }
}
