//! The port to headquarters: the three calls between neighbours and the search over all stores. An
//! implementation only carries messages; what a failure means is decided by who called.

use async_trait::async_trait;
use futures::stream::BoxStream;
use kase_domain::ErrorCode;
use kase_replication::{CustomerState, Failure, Hint, PerformAnswer, PullAnswer, PushAnswer, PushRequest};
use thiserror::Error;

/// The hints of headquarters, until the connection ends.
pub type Hints = BoxStream<'static, Result<Hint, TransportError>>;

/// Carries the channel's messages to headquarters, with the channel's credential.
#[async_trait]
pub trait HeadquartersTransport: Send + Sync + 'static {
    /// Delivers recorded operations.
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, TransportError>;

    /// The real-time call.
    async fn perform(&self, request: &PushRequest) -> Result<PerformAnswer, TransportError>;

    /// Asks for the changes after `cursor`, at most `limit` of them.
    async fn pull(&self, cursor: Option<&str>, limit: u32) -> Result<PullAnswer, TransportError>;

    /// Listens for what there is to pull.
    async fn hints(&self) -> Result<Hints, TransportError>;

    /// *Search all stores*.
    async fn search(&self, query: &str, limit: u32) -> Result<Vec<CustomerState>, TransportError>;
}

/// Why headquarters gave no answer to a message.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TransportError {
    /// No connection, no answer in time, or one that says to come back later.
    #[error("headquarters cannot be reached: {0}")]
    Unreachable(String),
    /// Headquarters was reached and failed at this message; others may fare better.
    #[error("headquarters failed: {0}")]
    Failed(String),
    /// Headquarters does not accept the channel's credential.
    #[error("headquarters refuses this channel's credential: {0}")]
    Rejected(String),
    /// Headquarters did not accept the message as a whole.
    #[error("headquarters answered {code:?}: {detail}")]
    Problem {
        /// Its stable code.
        code: ErrorCode,
        /// Its words.
        detail: String,
    },
}

impl TransportError {
    /// What it means for the next try.
    pub fn failure(&self) -> Failure {
        match self {
            Self::Unreachable(_) | Self::Failed(_) => Failure::Unreachable,
            Self::Rejected(_) | Self::Problem { .. } => Failure::Rejected,
        }
    }
}
