//! The protocol between a place and the one above it: a register and its channel, a channel and headquarters.
//! Push operations up, pull changes down, be told when there is something to pull.
//!
//! [`Link`] decides when to push and pull; it is driven with events and the current time and answers with
//! effects. Nothing here reads a clock, makes an id, sleeps or does IO: what needs a machine is asked for
//! through [`Environment`].

mod access;
mod backoff;
mod batch;
mod claim;
mod cursor;
mod customer_json;
mod directory;
mod environment;
mod event_stream;
mod hint_stream;
mod job_trouble;
mod link;
mod message;
mod recorded;
mod unreadable;
mod witness;

pub use access::{Activated, SessionBegun, WorkingOperator};
pub use backoff::{Backoff, LONGEST_WAIT_MS, SHORTEST_WAIT_MS};
pub use batch::{MOST_BATCH_BYTES, MOST_BATCH_OPERATIONS, Waiting, plan_batch};
pub use claim::Claim;
pub use cursor::{Cursor, CursorError};
pub use customer_json::{AccountJson, CustomerJson};
pub use directory::{Directory, OperatorEntry, RegisterEntry};
pub use environment::Environment;
pub use event_stream::{EventStream, EventTooLong, MOST_EVENT_BYTES, StreamEvent};
pub use hint_stream::{HintStream, HintStreamError};
pub use job_trouble::{Job, JobTrouble, OVERDUE_MS, Trouble};
pub use link::{Failure, Link, LinkEffect, LinkEvent};
pub use message::{
    Change, CustomerState, HeadquartersReach, Hint, MOST_COPIES, MOST_PULLED_CHANGES, OperationResult,
    OperationState, Outcome, PerformAnswer, PullAnswer, PushAnswer, PushRequest, Remark,
};
pub use recorded::{Fingerprint, RecordedOperation, RecordedOperationError};
pub use unreadable::{PROGRAM_VERSION, UnreadableChange, readable};
pub use witness::{MOST_WITNESSED, Remembered, Witness, WitnessAnswer, Witnessed};
