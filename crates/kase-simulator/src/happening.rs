//! What can happen. Whoever has died meanwhile is known by its life, a count: what was meant for an earlier life
//! happens to nobody.

use kase_register::{Event, SendFailure, StreamEnd, WriteBatch};
use kase_replication::{
    Hint, LinkEvent, PerformAnswer, PullAnswer, PushAnswer, PushRequest, Witness, WitnessAnswer,
};

use crate::breakdown::Breakdown;
use crate::line::Verb;
use crate::people::Deed;

/// A tab in one of its lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TabAt {
    pub(crate) browser: usize,
    pub(crate) tab: usize,
    pub(crate) life: u64,
}

/// Something in the queue.
#[derive(Debug)]
pub(crate) enum Happening {
    /// A person does something at a tab of this browser.
    PersonActs(usize),
    /// A person tries the same again.
    PersonTriesAgain(TabAt, Box<Deed>),
    /// The store does what is first in a tab's queue.
    StoreDoes(TabAt),
    /// The store does what it had said before that it is done; a planted fault.
    WritesLate(TabAt, Box<WriteBatch>),
    /// The store reports.
    StoreReports(TabAt, Box<Event>),
    /// A tab's alarm; only the last one that was set counts.
    TabWakes(TabAt, u64),
    /// Another tab's message arrives.
    TabHears(TabAt, String),
    /// A tab leads now, or no longer.
    TabLeads(TabAt, bool),
    /// A request arrives at its channel.
    RequestArrives(TabAt, u64, Box<Request>),
    /// A push comes once more, with something else under the same ids.
    MistakenPushArrives(TabAt, Box<PushRequest>),
    /// The answer, or the end of the waiting for it.
    RequestEnds(TabAt, u64, Box<Answered>),
    /// A tab's stream of hints reaches the channel.
    StreamArrives(TabAt, u64),
    /// The next heartbeat of a stream that this life of the channel serves.
    StreamBeats(TabAt, u64, u64),
    /// Something comes over a stream.
    StreamSays(TabAt, u64, Hint),
    /// A stream ends.
    StreamEnds(TabAt, u64, StreamEnd),
    /// Something of a channel's server in one of its lives.
    Channel(usize, u64, ChannelHappening),
    /// A request of a channel arrives at headquarters after all.
    LateArrives(usize, Verb, Box<PushRequest>),
    /// Headquarters converts what is staged.
    Converts(u64),
    /// Something breaks.
    Breaks,
    /// What broke is mended.
    Mends(Breakdown),
}

/// Something that happens to a channel's server.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ChannelHappening {
    /// Its link is told something.
    LinkHears(LinkEvent),
    /// Its link has its alarm; only the last one counts.
    LinkWakes(u64),
    /// It pushes.
    Pushes,
    /// It pulls.
    Pulls,
    /// It begins to listen to headquarters.
    Listens,
    /// Headquarters' heartbeat is due on this stream.
    HeadquartersBeats(u64),
}

/// What a register asks of its channel.
#[derive(Debug, Clone)]
pub(crate) enum Request {
    Push(PushRequest),
    Perform(kase_register::RequestId, PushRequest),
    Pull(Option<String>),
    Witness(Box<Witness>),
}

/// What came of it.
#[derive(Debug, Clone)]
pub(crate) enum Answered {
    Pushed(Result<PushAnswer, SendFailure>),
    Performed(kase_register::RequestId, Result<PerformAnswer, SendFailure>),
    Pulled(Result<PullAnswer, SendFailure>),
    Witnessed(Result<WitnessAnswer, SendFailure>),
}

impl Request {
    /// What its sender makes of this failure.
    pub(crate) fn failed(&self, failure: SendFailure) -> Answered {
        match self {
            Self::Push(_) => Answered::Pushed(Err(failure)),
            Self::Perform(id, _) => Answered::Performed(*id, Err(failure)),
            Self::Pull(_) => Answered::Pulled(Err(failure)),
            Self::Witness(_) => Answered::Witnessed(Err(failure)),
        }
    }

    /// How long its sender waits, in milliseconds.
    pub(crate) fn limit_ms(&self) -> u64 {
        match self {
            Self::Perform(..) => kase_register::PERFORM_LIMIT_MS,
            Self::Push(_) | Self::Pull(_) | Self::Witness(_) => kase_register::EXCHANGE_LIMIT_MS,
        }
    }
}
