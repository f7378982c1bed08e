//! The line between a channel and headquarters: the channel's port, and headquarters' doors called directly, with
//! what a network does to messages. A call is one step of the virtual clock; how long it took is counted apart.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use futures::StreamExt;
use kase_channel::{HeadquartersTransport, Hints, TransportError};
use kase_domain::{ChannelId, Stage};
use kase_headquarters::{Headquarters, HeadquartersError};
use kase_replication::{CustomerState, PerformAnswer, PullAnswer, PushAnswer, PushRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::faults::{Fate, Faults};
use crate::machine::Machine;
use crate::planted::{PLANTED_PERMILLE, Planted};
use crate::planting::{accepted, without_its_changes};

/// What `kase-server` gives a real-time call, in milliseconds.
const PERFORM_LIMIT_MS: u64 = 5_000;

/// What `kase-server` gives a push or a pull, in milliseconds.
const EXCHANGE_LIMIT_MS: u64 = 30_000;

/// A call to a slow headquarters takes so long, in milliseconds: just within the limits.
const OVERTAKEN_MS: u64 = 4_500;

/// A channel's end of the line.
#[derive(Clone)]
pub(crate) struct Line {
    channel: ChannelId,
    machine: Arc<Machine>,
    state: Arc<Mutex<LineState>>,
}

/// How the line is, and what it did.
#[derive(Default)]
pub(crate) struct LineState {
    /// Headquarters, while it runs.
    pub(crate) headquarters: Option<Arc<Headquarters>>,
    /// The line is cut.
    pub(crate) is_cut: bool,
    /// Headquarters' database has no room.
    pub(crate) headquarters_disk_is_full: bool,
    /// Headquarters is slow.
    pub(crate) is_slow: bool,
    /// What goes wrong on it.
    pub(crate) faults: Faults,
    /// Milliseconds that calls have taken since this was last read.
    pub(crate) took_ms: u64,
    /// Requests that arrive after their sender has given up.
    pub(crate) late: Vec<(Verb, PushRequest)>,
    /// A place said that it is broken: nothing in a run may make it so.
    pub(crate) broken: Option<String>,
    /// The planted fault.
    pub(crate) planted: Option<Planted>,
}

/// The calls that write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Push,
    Perform,
}

impl Line {
    pub(crate) fn new(channel: ChannelId, machine: Arc<Machine>, state: LineState) -> Self {
        Self { channel, machine, state: Arc::new(Mutex::new(state)) }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, LineState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What arrives now although nobody waits for the answer.
    pub(crate) async fn arrive_late(&self, verb: Verb, request: &PushRequest) {
        let headquarters = self.state().headquarters.clone();
        let Some(headquarters) = headquarters else { return };
        let outcome = match verb {
            Verb::Push => headquarters.push(&self.channel, request).await.map(drop),
            Verb::Perform => headquarters.perform(&self.channel, request).await.map(drop),
        };
        if let Err(error) = outcome {
            self.failure(&error);
        }
    }

    /// Headquarters, if a message gets there, and what becomes of the message; else why not.
    fn reach(&self, limit_ms: u64) -> Result<(Arc<Headquarters>, Fate), TransportError> {
        let mut state = self.state();
        let (fate, travel_ms) = self.machine.draw(|random| (state.faults.fate(random), 1 + random.below(40)));
        state.took_ms += travel_ms;
        let unreachable = |why: &str| Err(TransportError::Unreachable(why.into()));
        let Some(headquarters) = state.headquarters.clone() else { return unreachable("nobody listens") };
        if fate == Fate::Portal {
            return unreachable("somebody else answered");
        }
        if fate == Fate::Overtaken || state.is_slow {
            state.took_ms += OVERTAKEN_MS;
        }
        if state.is_cut || fate == Fate::Dropped {
            state.took_ms += limit_ms;
            return unreachable("no answer in time");
        }
        Ok((headquarters, fate))
    }

    fn strikes(&self, fault: Planted) -> bool {
        let planted = self.state().planted;
        planted == Some(fault) && self.machine.draw(|random| random.chance(PLANTED_PERMILLE))
    }

    fn lost<T>(&self, limit_ms: u64) -> Result<T, TransportError> {
        self.state().took_ms += limit_ms;
        Err(TransportError::Unreachable("no answer in time".into()))
    }

    fn failure(&self, error: &HeadquartersError) -> TransportError {
        match error {
            HeadquartersError::Declined(declined) => {
                TransportError::Problem { code: declined.code, detail: error.to_string() }
            }
            // No channel brings a rescue file.
            HeadquartersError::TooManyTries { .. } | HeadquartersError::RescueFile(_) => {
                TransportError::Unreachable(error.to_string())
            }
            HeadquartersError::Database(_) if self.state().headquarters_disk_is_full => {
                TransportError::Unreachable("507".into())
            }
            HeadquartersError::Database(_) | HeadquartersError::Stored(_) => {
                self.state().broken = Some(format!("headquarters: {error}"));
                TransportError::Unreachable(error.to_string())
            }
        }
    }
}

#[async_trait]
impl HeadquartersTransport for Line {
    async fn push(&self, request: &PushRequest) -> Result<PushAnswer, TransportError> {
        let (headquarters, fate) = self.reach(EXCHANGE_LIMIT_MS)?;
        if self.strikes(Planted::ForgottenPush) {
            return Ok(accepted(request, &Stage::AtHeadquarters));
        }
        if request.operations.len() > 1 && self.strikes(Planted::TornPush) {
            let mut half = request.clone();
            half.operations.truncate(request.operations.len() / 2);
            headquarters.push(&self.channel, &half).await.map_err(|error| self.failure(&error))?;
            return Ok(accepted(request, &Stage::AtHeadquarters));
        }
        if self.strikes(Planted::TurnedPush) {
            let mut turned = request.clone();
            turned.operations.reverse();
            let answer = headquarters.push(&self.channel, &turned).await;
            return answer.map_err(|error| self.failure(&error));
        }
        if fate == Fate::Late {
            self.state().late.push((Verb::Push, request.clone()));
            return self.lost(EXCHANGE_LIMIT_MS);
        }
        let answer = headquarters.push(&self.channel, request).await.map_err(|error| self.failure(&error))?;
        if fate == Fate::Twice {
            headquarters.push(&self.channel, request).await.map_err(|error| self.failure(&error))?;
        }
        if fate == Fate::AnswerLost { self.lost(EXCHANGE_LIMIT_MS) } else { Ok(over_the_wire(&answer)) }
    }

    async fn perform(&self, request: &PushRequest) -> Result<PerformAnswer, TransportError> {
        let (headquarters, fate) = self.reach(PERFORM_LIMIT_MS)?;
        if fate == Fate::Late {
            self.state().late.push((Verb::Perform, request.clone()));
            return self.lost(PERFORM_LIMIT_MS);
        }
        let mut answer =
            headquarters.perform(&self.channel, request).await.map_err(|error| self.failure(&error))?;
        if fate == Fate::Twice {
            answer =
                headquarters.perform(&self.channel, request).await.map_err(|error| self.failure(&error))?;
        }
        if fate == Fate::AnswerLost { self.lost(PERFORM_LIMIT_MS) } else { Ok(over_the_wire(&answer)) }
    }

    async fn pull(&self, cursor: Option<&str>, limit: u32) -> Result<PullAnswer, TransportError> {
        let (headquarters, fate) = self.reach(EXCHANGE_LIMIT_MS)?;
        let cursor = cursor.and_then(|text| text.parse().ok());
        let answer = headquarters.pull(&self.channel, cursor, limit).await;
        let mut answer = answer.map_err(|error| self.failure(&error))?;
        if !answer.changes.is_empty() && self.strikes(Planted::CursorPastChanges) {
            answer = without_its_changes(answer);
        }
        match fate {
            Fate::AnswerLost | Fate::Late => self.lost(EXCHANGE_LIMIT_MS),
            _ => Ok(over_the_wire(&answer)),
        }
    }

    /// Whether headquarters would stream hints. The hints themselves are the simulator's to time.
    async fn hints(&self) -> Result<Hints, TransportError> {
        self.reach(PERFORM_LIMIT_MS)?;
        Ok(futures::stream::empty().boxed())
    }

    async fn search(&self, query: &str, limit: u32) -> Result<Vec<CustomerState>, TransportError> {
        let (headquarters, _) = self.reach(PERFORM_LIMIT_MS)?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        headquarters.search(query, limit).await.map_err(|error| self.failure(&error))
    }
}

/// The answer as its receiver reads it.
pub(crate) fn over_the_wire<T: Serialize + DeserializeOwned + Clone>(answer: &T) -> T {
    let text = serde_json::to_string(answer).unwrap_or_default();
    // A message that its own reader does not take would come to light as an answer that differs.
    serde_json::from_str(&text).unwrap_or_else(|_| answer.clone())
}
