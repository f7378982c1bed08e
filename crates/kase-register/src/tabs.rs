//! What tabs tell each other, so that all show the same and only one delivers. A tab that hears nothing is right
//! all the same: the store is shared, and the channel deduplicates.

use kase_domain::{ChannelSettings, CustomerId, OperationId, Timestamp, json};
use kase_replication::{JobTrouble, readable};
use serde::{Deserialize, Deserializer, Serialize};

use crate::register::Register;
use crate::{Acceptance, Connection, Effect, Now, PERFORM_LIMIT_MS, Shown};

/// How long another tab may ask about an operation, in milliseconds, before it is taken for gone: its real-time
/// call, and a little for storing the answer.
const ASKED_ELSEWHERE_MS: u64 = PERFORM_LIMIT_MS + 2_000;

/// What tabs tell each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "tab", rename_all = "snake_case")]
pub enum TabMessage {
    /// A tab recorded something about these customers.
    Recorded {
        /// The customers.
        customers: Vec<CustomerId>,
        /// What that tab is asking the channel about itself: nobody else delivers it meanwhile.
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
        acceptance: Acceptance,
        /// Jobs that do not do their work.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        jobs: Vec<JobTrouble>,
    },
    /// A new tab asks the leading one what it sees.
    Asking,
    /// Somebody signed in or out, or forgot the register.
    AccessChanged,
}

/// Why by hand: see [`json`].
impl<'de> Deserialize<'de> for TabMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Recorded {
            customers: Vec<CustomerId>,
            #[serde(default)]
            asking: Vec<OperationId>,
        }
        #[derive(Deserialize)]
        struct Asked {
            operations: Vec<OperationId>,
        }
        #[derive(Deserialize)]
        struct Applied {
            customers: Vec<CustomerId>,
            settings: Option<Box<ChannelSettings>>,
        }
        #[derive(Deserialize)]
        struct Seen {
            connection: Connection,
            last_exchange: Option<Timestamp>,
            #[serde(default)]
            acceptance: Acceptance,
            #[serde(default, deserialize_with = "readable")]
            jobs: Vec<JobTrouble>,
        }
        json::tagged(deserializer, "tab", |tab, text| match tab {
            "recorded" => serde_json::from_str(text)
                .map(|Recorded { customers, asking }| Self::Recorded { customers, asking }),
            "asked" => serde_json::from_str(text).map(|Asked { operations }| Self::Asked { operations }),
            "applied" => serde_json::from_str(text)
                .map(|Applied { customers, settings }| Self::Applied { customers, settings }),
            "connection" => {
                serde_json::from_str(text).map(|Seen { connection, last_exchange, acceptance, jobs }| {
                    Self::Connection { connection, last_exchange, acceptance, jobs }
                })
            }
            "asking" => Ok(Self::Asking),
            "access_changed" => Ok(Self::AccessChanged),
            other => json::unknown_tag(
                other,
                &["recorded", "asked", "applied", "connection", "asking", "access_changed"],
            ),
        })
    }
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
                self.feed_news += 1;
                self.may_hold_finished = true;
                self.drop_finished(out);
                self.doubt_all(&customers);
                out.push(Effect::ReadOutbox { after: 0 });
                out.push(Effect::Show(Shown::CustomersElsewhere(customers)));
                if let Some(settings) = settings {
                    self.settings = Some((*settings).clone());
                    let cleared = settings.filter_shared_customer_data;
                    out.push(Effect::Show(Shown::Settings(settings)));
                    if cleared {
                        // With the customers went what this tab knew of where their feed was read to.
                        self.cursor = None;
                        out.push(Effect::Show(Shown::AllCustomers));
                    }
                }
            }
            TabMessage::Connection { connection, last_exchange, acceptance, jobs } => {
                self.told = Some(connection);
                if self.leads {
                    return;
                }
                self.note_jobs(&jobs, out);
                if let Some(at) = last_exchange {
                    out.push(Effect::Show(Shown::LastExchange(at)));
                }
                let was = self.acceptance();
                self.accept(acceptance);
                if acceptance == Acceptance::DeliversOnly && was != acceptance {
                    self.cursor = None;
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
            jobs: self.jobs.clone(),
        }));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Progress;

    #[track_caller]
    fn check<T: Serialize + for<'de> Deserialize<'de>>(message: serde_json::Value) {
        let read: T = serde_json::from_str(&message.to_string()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), message);
    }

    #[test]
    fn what_is_said_between_tabs_and_kept_in_the_outbox_is_read_as_it_is_written() {
        let id = "018f0000-0000-7000-8000-000000000001";
        check::<TabMessage>(json!({"tab": "recorded", "customers": [id], "asking": [id]}));
        check::<TabMessage>(json!({"tab": "asked", "operations": [id]}));
        check::<TabMessage>(json!({"tab": "applied", "customers": [id, id], "settings": null}));
        let acceptance = serde_json::to_value(Acceptance::default()).unwrap();
        check::<TabMessage>(
            json!({"tab": "connection", "connection": "offline", "last_exchange": 5, "acceptance": acceptance}),
        );
        check::<TabMessage>(json!({"tab": "asking"}));
        check::<TabMessage>(json!({"tab": "access_changed"}));
        check::<Progress>(json!({"progress": "ready"}));
        check::<Progress>(json!({"progress": "held"}));
        check::<Progress>(json!({"progress": "delivered", "detail": {"stage": "in_channel"}}));
        check::<Progress>(json!({"progress": "refused", "detail": {"code": "too_long", "detail": "…"}}));
    }
}
