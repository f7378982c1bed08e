//! Headquarters: owns the true accounts, gives out account numbers, turns what channels recorded into customers,
//! and tells channels what changed.
//!
//! [`Headquarters`] is the whole of it over one SQLite database; [`http`] only speaks for it. It never reads a
//! clock, makes an id or waits for time to pass: those come through [`kase_replication::Environment`], and
//! whoever drives it calls [`Headquarters::run_conversion`] when [`Headquarters::subscribe_staged`] says so.

mod attributes;
mod audit;
mod call_watch;
mod conversion;
mod copies;
mod customers;
mod demo;
mod directory;
mod enrolment;
mod error;
mod features;
mod feed;
mod finder;
mod headquarters;
pub mod http;
mod job_trouble;
mod jobs;
mod number_sequence;
mod operation_decision;
mod operation_status;
mod overview;
mod pending;
mod perform;
mod profiles;
mod push;
mod rescue;
mod restore;
mod returned;
mod settings;
mod staging;
mod users;
mod write;

pub use attributes::AttributeFields;
pub use audit::AuditEntry;
pub use conversion::{CONVERSION_BATCH, Progress};
pub use customers::{ChangeEntry, CustomerPage};
pub use directory::{RegisterOverview, StoreOverview, StoreWarning};
pub use error::{Declined, HeadquartersError};
pub use features::{FeatureChange, FeatureOverview};
pub use headquarters::{Headquarters, PLACE_NAME};
pub use jobs::JobOverview;
pub use operation_status::{OperationFilter, OperationOverview, OperationStatus};
pub use overview::{Overview, WaitingOperations};
pub use profiles::{FunctionalityProfile, FunctionalityProfileChange, SchemaChange, SchemaOverview};
pub use rescue::{NotTaken, RescueFileError, TakenIn};
pub use restore::{GivenOut, RestoreOverview, Restored, Returned, SKIPPED_NUMBERS, SkippedNumbers, restored};
pub use users::{SESSION_MS, Session};
