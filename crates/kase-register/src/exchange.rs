//! What every answer of the channel has in common, whatever was asked.

use kase_domain::ErrorCode;
use kase_replication::{Change, Claim, CustomerState, Failure};

use crate::register::{AskedAt, Register};
use crate::{Effect, Now, SendFailure, Shown, ValueKey, WriteBatch};

/// What is kept of a change that has taken effect.
pub(crate) fn took_effect() -> Claim {
    Claim { took_effect: true, ..Claim::default() }
}

impl Register {
    /// The customers of an answer, unless news came by the feed since it was asked for: those may be newer, and
    /// what the answer knows comes by the feed as well.
    pub(crate) fn not_overtaken(&self, changes: Vec<Change>, asked_at: AskedAt) -> Vec<CustomerState> {
        let customer = |change| match change {
            Change::Customer(state) => Some(*state),
            _ => None,
        };
        if self.feed_news == asked_at.feed_news {
            changes.into_iter().filter_map(customer).collect()
        } else {
            Vec::new()
        }
    }

    /// The start of every batch that an exchange leads to: the channel has answered.
    pub(crate) fn exchanged(&mut self, now: Now, out: &mut Vec<Effect>) -> WriteBatch {
        self.last_exchange = Some(now.wall);
        self.rejected = false;
        out.push(Effect::Show(Shown::LastExchange(now.wall)));
        let value = (ValueKey::LastExchange, serde_json::to_string(&now.wall).ok());
        WriteBatch { values: vec![value], ..WriteBatch::default() }
    }

    pub(crate) fn failure(&mut self, failure: &SendFailure) -> Failure {
        match failure {
            SendFailure::Unreachable => Failure::Unreachable,
            SendFailure::Rejected => {
                self.rejected = true;
                Failure::Rejected
            }
            SendFailure::Refused(refusal) if refusal.code == ErrorCode::RateLimited => Failure::Unreachable,
            SendFailure::Refused(refusal) => {
                self.rejected |= refusal.code == ErrorCode::Forbidden;
                Failure::Rejected
            }
        }
    }
}
