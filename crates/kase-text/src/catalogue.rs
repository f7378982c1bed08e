//! The whole catalogue as one trait object, and the macros that declare its parts.

use crate::{
    Activation, CustomerText, Details, Errors, Headquarters, Language, Losses, Loyalty, Saving, Search,
    Settings, Shell, SignIn, SyncStatus,
};

/// Every message of one language. The areas only keep the list readable; through `&dyn Catalogue` all
/// methods are at hand without importing a trait.
pub trait Catalogue:
    Language
    + Shell
    + Activation
    + SignIn
    + Search
    + CustomerText
    + Saving
    + Details
    + Loyalty
    + SyncStatus
    + Settings
    + Errors
    + Losses
    + Headquarters
    + Send
    + Sync
    + 'static
{
}

/// Declares an area's messages as a trait and, for tests, a walk over every message with samples of its
/// parameters, so that no message escapes the checks by not being listed.
macro_rules! messages {
    ($(#[$area_meta:meta])* trait $area:ident {
        $($(#[$meta:meta])* fn $name:ident(&self $(, $argument:ident: $kind:ty)* $(,)?) -> $out:ty;)*
    }) => {
        $(#[$area_meta])*
        pub trait $area {
            $($(#[$meta])* fn $name(&self $(, $argument: $kind)*) -> $out;)*
        }

        /// Calls `visit` with each message's name and text.
        #[cfg(test)]
        pub(crate) fn walk(text: &dyn crate::Catalogue, visit: &mut dyn FnMut(&'static str, String)) {
            $(crate::catalogue::each_sample!(
                [$($argument: $kind),*] => visit(stringify!($name), text.$name($($argument),*).to_string())
            );)*
        }
    };
}

/// Runs an expression for every combination of samples of its parameters.
#[cfg(test)]
macro_rules! each_sample {
    ([] => $body:expr) => { $body };
    ([$argument:ident: $kind:ty $(, $rest:ident: $rest_kind:ty)*] => $body:expr) => {
        for $argument in <$kind as crate::tests::Sample>::samples() {
            crate::catalogue::each_sample!([$($rest: $rest_kind),*] => $body)
        }
    };
}

/// Declares an enum whose variants choose a text, with all of them listed in `ALL`.
macro_rules! choices {
    ($(#[$meta:meta])* enum $name:ident { $($(#[$variant_meta:meta])* $variant:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant),* }

        impl $name {
            /// Every variant, in the order in which people are shown them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];
        }

        #[cfg(test)]
        impl crate::tests::Sample for $name {
            fn samples() -> Vec<Self> {
                Self::ALL.to_vec()
            }
        }
    };
}

#[cfg(test)]
pub(crate) use each_sample;
pub(crate) use {choices, messages};
