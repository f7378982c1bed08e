//! Who works at the register.

use crate::catalogue::{choices, messages};

choices! {
    /// Why an operator was not signed in.
    enum SignInProblem { WrongPin, UnknownOperator, RegisterDeactivated, SessionEnded, OutOfReach }
}

messages! {
    /// The sign-in screen and its PIN pad.
    trait SignIn {
        fn sign_in(&self) -> &'static str;
        fn register_named(&self, register: &str) -> String;
        fn operator(&self) -> &'static str;
        fn pin(&self) -> &'static str;
        /// Accessible name of the pad.
        fn pin_pad(&self) -> &'static str;
        fn delete_last_digit(&self) -> &'static str;
        fn clear_pin(&self) -> &'static str;
        fn operator_missing(&self) -> &'static str;
        fn pin_missing(&self) -> &'static str;
        fn sign_in_problem(&self, problem: SignInProblem) -> &'static str;
        /// Where nobody knows for how long.
        fn too_many_tries_for_now(&self) -> &'static str;
        fn create_without_sign_in(&self) -> &'static str;
        /// Why nobody can sign in while offline, and what can be done.
        fn sign_in_needs_network(&self) -> &'static str;
        /// The button that opens the work without an operator.
        fn work_without_sign_in(&self) -> &'static str;
    }
}
