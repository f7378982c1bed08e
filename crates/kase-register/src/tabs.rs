//! What tabs tell each other, so that all show the same and only one delivers. A tab that hears nothing is right
//! all the same: the store is shared, and the channel deduplicates.

use kase_domain::{ChannelSettings, CustomerId, OperationId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::register::Register;
use crate::{Acceptance, Connection, Effect, Now, PERFORM_LIMIT_MS, Shown};

/// How long another tab may ask about an operation, in milliseconds, before it is taken for gone: its real-time
/// call, and a little for storing the answer.
const ASKED_ELSEWHERE_MS: u64 = PERFORM_LIMIT_MS + 2_000;

/// What tabs tell each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "tab", rename_all = "snake_case")]
pub enum TabMessage {
    /// A tab recorded something about these customers.
    Recorded {
        /// The customers.
        customers: Vec<CustomerId>,
        /// What that tab is asking the channel about itself: nobody else delivers it meanwhile.
        #[serde(default)]
        asking: Vec<OperationId>,
    },
    /// A tab has its answer about these operations, and has stored it.
    Asked {
        /// The operations.
        operations: Vec<OperationId>,
    },
    /// News from the channel were stored about these customers; the outbox and the settings may have changed.
    Applied {
        /// The customers.
        customers: Vec<CustomerId>,
        /// New settings.
        settings: Option<Box<ChannelSettings>>,
    },
    /// The leading tab sees this connection.
    Connection {
        /// What is reached.
        connection: Connection,
        /// When the last exchange was, by the wall.
        last_exchange: Option<Timestamp>,
        /// How the channel takes this register.
        #[serde(default)]
        acceptance: Acceptance,
    },
    /// A new tab asks the leading one what it sees.
    Asking,
    /// Somebody signed in or out, or forgot the register.
    AccessChanged,
}

impl Register {
    pub(crate) fn tab_said(&mut self, message: TabMessage, now: Now, out: &mut Vec<Effect>) {
        match message {
            TabMessage::Recorded { customers, asking } => {
                for id in asking {
                    self.outbox.asked_elsewhere_until(id, now.steady.plus_ms(ASKED_ELSEWHERE_MS));
                }
                out.push(Effect::ReadOutbox { after: self.outbox.last_order() });
                out.push(Effect::Show(Shown::CustomersElsewhere(customers)));
            }
            TabMessage::Asked { operations } => {
                for id in operations {
                    self.outbox.asked(id);
                }
                out.push(Effect::ReadOutbox { after: 0 });
            }
            TabMessage::Applied { customers, settings } => {
                out.push(Effect::ReadOutbox { after: 0 });
                out.push(Effect::Show(Shown::CustomersElsewhere(customers)));
                if let Some(settings) = settings {
                    self.settings = Some((*settings).clone());
                    let cleared = settings.filter_shared_customer_data;
                    out.push(Effect::Show(Shown::Settings(settings)));
                    if cleared {
                        out.push(Effect::Show(Shown::AllCustomers));
                    }
                }
            }
            TabMessage::Connection { connection, last_exchange, acceptance } => {
                self.told = Some(connection);
                if self.leads {
                    return;
                }
                if let Some(at) = last_exchange {
                    out.push(Effect::Show(Shown::LastExchange(at)));
                }
                let was = self.acceptance();
                self.accept(acceptance);
                if acceptance == Acceptance::DeliversOnly && was != acceptance {
                    out.push(Effect::Show(Shown::AllCustomers));
                }
            }
            TabMessage::Asking if self.leads => self.tell_connection(out),
            TabMessage::Asking | TabMessage::AccessChanged => {}
        }
    }

    pub(crate) fn tell_connection(&self, out: &mut Vec<Effect>) {
        out.push(Effect::Tell(TabMessage::Connection {
            connection: self.connection(),
            last_exchange: self.last_exchange,
            acceptance: self.acceptance(),
        }));
    }
}
