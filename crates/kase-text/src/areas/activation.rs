//! Making a browser a register.

use crate::catalogue::{choices, messages};

choices! {
    /// Why a register was not activated.
    enum ActivationProblem { WrongCode, Deactivated, Kiosk, OtherStore, OutOfReach }
}

messages! {
    /// The first screen a new device shows.
    trait Activation {
        fn activate_heading(&self) -> &'static str;
        fn activate_explanation(&self) -> &'static str;
        fn register(&self) -> &'static str;
        fn register_hint(&self) -> &'static str;
        fn activation_code(&self) -> &'static str;
        fn activation_code_hint(&self) -> &'static str;
        fn activate(&self) -> &'static str;
        /// Of a register that the channel does not know any more.
        fn activate_again(&self) -> &'static str;
        fn activate_again_explanation(&self, register: &str) -> String;
        fn register_rejected(&self) -> &'static str;
        fn activation_problem(&self, problem: ActivationProblem) -> &'static str;
    }
}
