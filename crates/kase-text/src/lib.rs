//! Every text a person reads, in every language, and its lookup: [`Locale::text`] gives the
//! [`Catalogue`], whose methods are the messages. It must never read a clock, format a customer's own
//! data, or depend on another crate: front ends and servers share it, and it travels in wasm.
//!
//! Why hand-made: `leptos_i18n` brings ICU, a build script and Leptos itself, which servers must not link,
//! and Fluent finds a missing translation only when it runs; a trait finds it when it compiles, for 0 kB.
//!
//! A further language is one file like `en.rs` and a line each in [`Locale`]'s three lists; the compiler
//! names every message that it still lacks.

mod areas;
mod catalogue;
mod en;
mod language;
mod locale;
mod lv;
mod moment;
#[cfg(test)]
mod tests;

pub use areas::activation::{Activation, ActivationProblem};
pub use areas::customer::{
    AddressPurpose, CustomerKind, CustomerText, DuplicateOf, Field, OptOut, ReceiptPreference, Section,
};
pub use areas::details::{Closed, Details};
pub use areas::error::{ErrorCode, Errors, Problem};
pub use areas::headquarters::{Headquarters, StoreWarning};
pub use areas::loss::Losses;
pub use areas::loyalty::{Loyalty, LoyaltyProblem};
pub use areas::saving::{SaveRoute, Saving, StorageProblem};
pub use areas::search::{Search, SearchField};
pub use areas::settings::{Settings, TextSize, Theme};
pub use areas::shell::{Connection, Page, Shell};
pub use areas::sign_in::{SignIn, SignInProblem};
pub use areas::sync::{Job, JobTrouble, OperationKind, Stage, StageDetail, Stuck, SyncStatus};
pub use catalogue::Catalogue;
pub use language::{Language, Plural};
pub use locale::{Direction, Locale};
pub use moment::Moment;
