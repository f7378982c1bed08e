//! Making a browser a register.

use crate::catalogue::{choices, messages};

choices! {
    /// Why a register was not activated.
    enum ActivationProblem { WrongCode, CodeUsed, UnknownRegister, NeedsManager, OutOfReach }
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
        fn activation_problem(&self, problem: ActivationProblem) -> &'static str;
    }
}
