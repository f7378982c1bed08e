//! How the channel takes this register. Headquarters may deactivate it while it is away: it hears of that with
//! its next pull, and remembers it.

use kase_domain::ChannelSettings;
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

/// Whether customers come to a register with these settings and stay.
pub(crate) fn keeps_customers(settings: Option<&ChannelSettings>, delivers_only: bool) -> bool {
    !delivers_only && !settings.is_some_and(|settings| settings.filter_shared_customer_data)
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

    /// Whether customers come to this register and stay. They do not with *Filter shared customer data tables*, nor
    /// at a register that headquarters has deactivated.
    pub(crate) fn keeps_customers(&self) -> bool {
        keeps_customers(self.settings.as_ref(), self.device.delivers_only)
    }

    pub(crate) fn accept(&mut self, acceptance: Acceptance) {
        self.rejected = acceptance == Acceptance::Rejected;
        if !self.rejected {
            self.device.delivers_only = acceptance == Acceptance::DeliversOnly;
        }
    }
}
