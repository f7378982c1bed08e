//! The register's own preferences, and signing out.

use crate::catalogue::{choices, messages};

choices! {
    /// Light, dark, or as the device says.
    enum Theme { System, Light, Dark }
}

choices! {
    /// How large text is.
    enum TextSize { Normal, Large, ExtraLarge }
}

messages! {
    /// The Settings screen.
    trait Settings {
        fn appearance(&self) -> &'static str;
        fn interface_language(&self) -> &'static str;
        fn theme_label(&self) -> &'static str;
        fn theme(&self, theme: Theme) -> &'static str;
        fn text_size_label(&self) -> &'static str;
        fn text_size(&self, size: TextSize) -> &'static str;
        fn this_register(&self) -> &'static str;
        fn store(&self) -> &'static str;
        fn signed_in_as(&self, operator: &str) -> String;
        fn not_signed_in(&self) -> &'static str;
        fn sign_out(&self) -> &'static str;
        /// Signing out deletes nothing.
        fn sign_out_keeps(&self) -> &'static str;
        /// What signing out means while nobody can sign in.
        fn sign_out_offline(&self) -> &'static str;
        fn forget_register(&self) -> &'static str;
        fn forget_explanation(&self) -> &'static str;
        fn forget_nothing_waits(&self) -> &'static str;
        fn forget_warning(&self, waiting: u64) -> String;
        /// Label of the field in which the register's name is typed before anything is deleted.
        fn forget_confirmation(&self, register: &str) -> String;
        /// The button that does it.
        fn forget_now(&self) -> &'static str;
        fn forget_failed(&self) -> &'static str;
        fn version(&self, version: &str) -> String;
    }
}
