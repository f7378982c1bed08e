//! How the channel takes this register. Headquarters may deactivate it while it is away: it hears of that with
//! its next pull, and remembers it.

use serde::{Deserialize, Serialize};

use crate::register::Register;

/// How the channel takes this register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acceptance {
    /// It works.
    #[default]
    Works,
    /// Headquarters has deactivated it: it delivers what it holds, for review, and creates nothing.
    DeliversOnly,
    /// The channel does not know its device token: it delivers nothing until a person helps. It still records.
    Rejected,
}

impl Register {
    /// How the channel takes this register, as far as is known.
    pub fn acceptance(&self) -> Acceptance {
        match (self.rejected, self.device.delivers_only) {
            (true, _) => Acceptance::Rejected,
            (false, true) => Acceptance::DeliversOnly,
            (false, false) => Acceptance::Works,
        }
    }

    pub(crate) fn accept(&mut self, acceptance: Acceptance) {
        self.rejected = acceptance == Acceptance::Rejected;
        if !self.rejected {
            self.device.delivers_only = acceptance == Acceptance::DeliversOnly;
        }
    }
}
