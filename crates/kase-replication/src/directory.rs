//! Who may work in a channel, and with what.

use kase_domain::{OperatorId, RegisterName};
use serde::{Deserialize, Serialize};

/// Registers and operators of a channel, with the hashes that check them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Directory {
    /// Registers of the channel.
    pub registers: Vec<RegisterEntry>,
    /// Operators who may sign in there.
    pub operators: Vec<OperatorEntry>,
}

/// A register as its channel knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterEntry {
    /// e.g. `RIGA-1`.
    pub name: RegisterName,
    /// Begins its short references, e.g. `R1`.
    pub reference_prefix: String,
    /// argon2id hash of the activation code; none once it is used up.
    pub activation_hash: Option<String>,
    /// A demo code works repeatedly.
    #[serde(default)]
    pub activation_reusable: bool,
    /// A kiosk may create and never browse.
    #[serde(default)]
    pub kiosk: bool,
    /// A deactivated register stops creating.
    #[serde(default)]
    pub deactivated: bool,
}

/// An operator as its channel knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorEntry {
    /// e.g. `1001`.
    pub id: OperatorId,
    /// As people read it.
    pub name: String,
    /// argon2id hash of the PIN.
    pub pin_hash: String,
    /// May do what only a manager may.
    #[serde(default)]
    pub manager: bool,
}

impl std::fmt::Debug for RegisterEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RegisterEntry").field("name", &self.name).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for OperatorEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OperatorEntry").field("id", &self.id).finish_non_exhaustive()
    }
}
