//! What a channel answers to who activates a browser, and to who signs in there.

use kase_domain::{ChannelId, OperatorId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::Remembered;

/// A browser has become a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activated {
    /// Carries replication and sign-in from now on.
    pub device_token: String,
    /// The register's channel; the stream of hints says hello with it.
    pub channel: ChannelId,
    /// Begins the register's short references, e.g. `R1`.
    pub reference_prefix: String,
    /// A kiosk may create and never browse.
    #[serde(default)]
    pub kiosk: bool,
    /// What is known of the register from its earlier browsers; nothing from a channel of before there were witnesses.
    #[serde(default)]
    pub remembered: Remembered,
}

/// A session has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionBegun {
    /// Shown with every request from now on.
    pub session_token: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// Who is working.
    pub operator: WorkingOperator,
}

/// Who works at a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingOperator {
    /// The operator's number.
    pub id: OperatorId,
    /// As people read it.
    pub name: String,
    /// May do what only a manager may.
    #[serde(default)]
    pub manager: bool,
}
