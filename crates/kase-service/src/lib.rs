//! What channel and headquarters share as services: problem answers, readers of requests, the database, secrets
//! and the stream of hints. It must never know a customer's rules or a route; those are the services' own.

mod canonical;
mod copied;
mod credential;
mod database;
mod describing;
mod digest;
mod hints;
mod problem;
mod reader;
mod request;
mod secrets;
mod shutdown;
mod throttle;
mod words;

pub use canonical::{canonical_fingerprint, canonical_text};
pub use copied::{copy_database, has_table, open_beside};
pub use credential::bearer;
pub use database::{Database, DatabaseError, WriteTransaction};
pub use describing::describe_tokens;
pub use digest::{CONTENT_DIGEST, UNENCODED_DIGEST, content_digest, is_undamaged};
pub use hints::hints;
pub use problem::{
    Problem, Reason, method_not_allowed, not_found, only_problems, speak_the_readers_language,
};
pub use reader::Reader;
pub use request::{Json, MOST_BODY_BYTES, Path, Query, RawBody, RawJson};
pub use secrets::{SecretError, Secrets, hex, new_token, token_digest};
pub use shutdown::{Shutdown, ShutdownTrigger};
pub use throttle::{MOST_TRIES, THROTTLE_WINDOW_MS, Throttle};
pub use words::{detail, field_detail, field_refusal, refusal};
