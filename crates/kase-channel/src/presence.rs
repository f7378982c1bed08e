//! Whether headquarters is there: what registers are shown, and whether operators wait for it. A heartbeat says that
//! its process runs, not that its database does: what a failed call began, only an answer ends.

use std::sync::PoisonError;

use kase_replication::{HeadquartersReach, PushRequest};

use crate::{Channel, TransportError};

/// What is known of headquarters at this moment.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    /// Something of it arrived last, and not the end of a connection.
    heard: bool,
    silence: Option<Silence>,
}

/// Why operators do not wait for headquarters. Unlike a stream that ends and begins again, and unlike the time
/// before the first try, it means that waiting would come to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Silence {
    /// Its heartbeats stopped: the next one ends it.
    Heartbeats,
    /// A call got no answer: the answer to another one ends it.
    Calls,
}

impl Presence {
    fn reach(&self) -> HeadquartersReach {
        if self.heard && self.silence.is_none() {
            HeadquartersReach::Reached
        } else {
            HeadquartersReach::OutOfReach
        }
    }
}

impl Channel {
    /// Whether headquarters is of use now, as registers are shown it.
    pub fn reach(&self) -> HeadquartersReach {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner).reach()
    }

    /// What the listener for headquarters' hints found out.
    pub fn note_reach(&self, reach: HeadquartersReach) {
        self.note(|presence| {
            presence.heard = reach == HeadquartersReach::Reached;
            if presence.heard && presence.silence == Some(Silence::Heartbeats) {
                presence.silence = None;
            }
        });
    }

    /// Headquarters' heartbeats have stopped: it hangs, and the next operator shall not be the one to find out.
    pub fn note_silence(&self) {
        self.note(|presence| {
            presence.heard = false;
            presence.silence = presence.silence.or(Some(Silence::Heartbeats));
        });
    }

    /// What an answer, or its absence, says of headquarters. One that does not know this channel is of no use to
    /// those who work here; one that failed at this message may do others, and may not.
    pub(crate) fn note_answer<T>(&self, answer: &Result<T, TransportError>) {
        let silence = match answer {
            Err(TransportError::Failed(_)) => return,
            Err(TransportError::Unreachable(_) | TransportError::Rejected(_)) => Some(Silence::Calls),
            Ok(_) | Err(TransportError::Problem { .. }) => None,
        };
        self.note(|presence| *presence = Presence { heard: silence.is_none(), silence });
    }

    /// Whether headquarters is known not to answer.
    pub(crate) fn is_silent(&self) -> bool {
        self.presence.lock().unwrap_or_else(PoisonError::into_inner).silence.is_some()
    }

    /// To be called at each of headquarters' hints, beside listening: asks a silent headquarters whether it answers
    /// again, tries once more what was held and did not get through, and looks after the jobs. True when a silence has
    /// ended.
    pub async fn catch_up(&self) -> bool {
        let Ok(_alone) = self.catching_up.try_lock() else { return false };
        let was_silent = self.is_silent();
        if was_silent {
            self.probe().await;
        }
        let answers = !self.is_silent();
        if answers {
            self.perform_held_when_due().await;
        }
        if let Err(error) = self.look_after_jobs().await {
            tracing::warn!(channel = %self.id, %error, "whether the jobs do their work is not known");
        }
        was_silent && answers
    }

    /// A real-time call of nothing: it goes the way of those that operators wait for, also to the database, and so
    /// fails where they would.
    async fn probe(&self) {
        let answer = self.headquarters.perform(&PushRequest::default()).await;
        if let Err(error) = &answer {
            tracing::debug!(channel = %self.id, %error, "headquarters does not answer yet");
        }
        self.note_answer(&answer);
    }

    fn note(&self, news: impl FnOnce(&mut Presence)) {
        let mut presence = self.presence.lock().unwrap_or_else(PoisonError::into_inner);
        let before = presence.reach();
        news(&mut presence);
        let reach = presence.reach();
        if reach != before {
            tracing::info!(channel = %self.id, ?reach, "headquarters");
        }
    }
}
