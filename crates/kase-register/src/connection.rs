//! Whether the channel and headquarters are reached: told by the channel's own heartbeat, never by what the
//! browser believes of its network.

use kase_domain::{ChannelId, Timestamp};
use kase_replication::{Backoff, HeadquartersReach, Hint};
use serde::{Deserialize, Serialize};

use crate::StreamEnd;

/// The channel sends a heartbeat each second; this much silence, in milliseconds, means that it is gone. An
/// operator sees `Offline` within three seconds.
pub const SILENCE_MS: u64 = 2_500;

/// The longest wait before the stream is opened again, in milliseconds. It is one cheap request to a server of
/// the same store, and waiting account numbers shall be there within a second of the network's return.
pub const LONGEST_REOPEN_MS: u64 = 750;

/// A channel that does not know the device token is asked again after this long, in milliseconds: a person has
/// to do something first.
const REJECTED_REOPEN_MS: u64 = 15_000;

/// What is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connection {
    /// Channel and headquarters.
    Online,
    /// The channel alone.
    HeadquartersOutOfReach,
    /// Nothing.
    Offline,
}

/// Watches the stream of hints. Driven with what the stream does and with time.
#[derive(Debug, Default)]
pub(crate) struct ConnectionWatch {
    wanted: bool,
    stream: Stream,
    headquarters: Option<HeadquartersReach>,
    backoff: Backoff,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stream {
    #[default]
    Closed,
    WaitingUntil(Timestamp),
    Opening {
        since: Timestamp,
    },
    Open {
        heard: Timestamp,
    },
}

/// What the watch wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WatchEffect {
    Open,
    Close,
}

impl ConnectionWatch {
    /// What is reached, as far as this tab knows by itself.
    pub(crate) fn connection(&self) -> Connection {
        match (self.stream, self.headquarters) {
            (Stream::Open { .. }, Some(HeadquartersReach::Reached)) => Connection::Online,
            (Stream::Open { .. }, Some(HeadquartersReach::OutOfReach)) => Connection::HeadquartersOutOfReach,
            _ => Connection::Offline,
        }
    }

    /// Begins to listen.
    pub(crate) fn start(&mut self, now: Timestamp) -> Option<WatchEffect> {
        self.wanted = true;
        match self.stream {
            Stream::Closed | Stream::WaitingUntil(_) => Some(self.open(now)),
            Stream::Opening { .. } | Stream::Open { .. } => None,
        }
    }

    /// Stops listening.
    pub(crate) fn stop(&mut self) -> Option<WatchEffect> {
        self.wanted = false;
        self.headquarters = None;
        let was = std::mem::take(&mut self.stream);
        matches!(was, Stream::Opening { .. } | Stream::Open { .. }).then_some(WatchEffect::Close)
    }

    /// Something came over the stream. A stream that does not begin with this register's channel is somebody
    /// else's, a hotel's sign-in page for one.
    pub(crate) fn hear(
        &mut self,
        hint: &Hint,
        channel: &ChannelId,
        now: Timestamp,
        random: u64,
    ) -> Option<WatchEffect> {
        let headquarters = match hint {
            Hint::Hello { place, headquarters } if place == channel.as_str() => Some(*headquarters),
            Hint::Hello { .. } => return self.give_up(now, random),
            Hint::Heartbeat { headquarters, .. } => Some(*headquarters),
            Hint::Changes => None,
        };
        if matches!(self.stream, Stream::Opening { .. }) && !matches!(hint, Hint::Hello { .. }) {
            return self.give_up(now, random);
        }
        self.stream = Stream::Open { heard: now };
        self.headquarters = headquarters.or(self.headquarters);
        self.backoff.succeed();
        None
    }

    /// The stream ended or could not be opened.
    pub(crate) fn closed(&mut self, end: StreamEnd, now: Timestamp, random: u64) {
        if matches!(self.stream, Stream::Opening { .. } | Stream::Open { .. }) {
            self.give_up(now, random);
        }
        if end == StreamEnd::Rejected && self.wanted {
            self.stream = Stream::WaitingUntil(now.plus_ms(REJECTED_REOPEN_MS));
        }
    }

    /// The browser's word is a hint only: a network that it says is back is worth a try at once, one that it
    /// says is gone is worth no more waiting.
    pub(crate) fn network_hinted(
        &mut self,
        online: bool,
        now: Timestamp,
        random: u64,
    ) -> Option<WatchEffect> {
        match (online, self.stream) {
            (true, Stream::WaitingUntil(_)) if self.wanted => Some(self.open(now)),
            (false, Stream::Opening { .. } | Stream::Open { .. }) => self.give_up(now, random),
            _ => None,
        }
    }

    /// Time has passed.
    pub(crate) fn time_passed(&mut self, now: Timestamp, random: u64) -> Option<WatchEffect> {
        match self.stream {
            Stream::WaitingUntil(at) if at <= now => Some(self.open(now)),
            Stream::Opening { since: at } | Stream::Open { heard: at } if at.plus_ms(SILENCE_MS) <= now => {
                self.give_up(now, random)
            }
            _ => None,
        }
    }

    /// When time matters next.
    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        match self.stream {
            Stream::Closed => None,
            Stream::WaitingUntil(at) => Some(at),
            Stream::Opening { since: at } | Stream::Open { heard: at } => Some(at.plus_ms(SILENCE_MS)),
        }
    }

    fn open(&mut self, now: Timestamp) -> WatchEffect {
        self.stream = Stream::Opening { since: now };
        WatchEffect::Open
    }

    fn give_up(&mut self, now: Timestamp, random: u64) -> Option<WatchEffect> {
        self.headquarters = None;
        let wait_ms = self.backoff.fail(random).min(LONGEST_REOPEN_MS);
        self.stream = if self.wanted { Stream::WaitingUntil(now.plus_ms(wait_ms)) } else { Stream::Closed };
        Some(WatchEffect::Close)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Timestamp = Timestamp(1_000);

    fn hello(place: &str) -> Hint {
        Hint::Hello { place: place.into(), headquarters: HeadquartersReach::Reached }
    }

    fn open_watch() -> ConnectionWatch {
        let mut watch = ConnectionWatch::default();
        assert_eq!(watch.start(START), Some(WatchEffect::Open));
        assert_eq!(watch.connection(), Connection::Offline, "a stream that has said nothing proves nothing");
        watch.hear(&hello("riga-centrs"), &"riga-centrs".into(), START, 0);
        watch
    }

    #[test]
    fn the_heartbeat_says_what_is_reached() {
        let mut watch = open_watch();
        assert_eq!(watch.connection(), Connection::Online);
        let beat = Hint::Heartbeat { headquarters: HeadquartersReach::OutOfReach, jobs: Vec::new() };
        watch.hear(&beat, &"riga-centrs".into(), START.plus_ms(1_000), 0);
        assert_eq!(watch.connection(), Connection::HeadquartersOutOfReach);
    }

    #[test]
    fn silence_is_offline_within_three_seconds_and_is_probed_again() {
        let mut watch = open_watch();
        assert_eq!(watch.time_passed(START.plus_ms(SILENCE_MS - 1), 0), None);
        assert_eq!(watch.time_passed(START.plus_ms(SILENCE_MS), 0), Some(WatchEffect::Close));
        assert_eq!(watch.connection(), Connection::Offline);
        let again = watch.wake_at().unwrap();
        assert!(again <= START.plus_ms(SILENCE_MS + LONGEST_REOPEN_MS));
        assert_eq!(watch.time_passed(again, 0), Some(WatchEffect::Open));
    }

    #[test]
    fn an_answer_of_somebody_else_is_not_online() {
        let mut watch = ConnectionWatch::default();
        watch.start(START);
        assert_eq!(watch.hear(&hello("hotel"), &"riga-centrs".into(), START, 0), Some(WatchEffect::Close));
        assert_eq!(watch.connection(), Connection::Offline);
        watch.time_passed(watch.wake_at().unwrap(), 0);
        let beat = Hint::Heartbeat { headquarters: HeadquartersReach::Reached, jobs: Vec::new() };
        watch.hear(&beat, &"riga-centrs".into(), START, 0);
        assert_eq!(watch.connection(), Connection::Offline, "a stream that does not say hello is not ours");
    }

    #[test]
    fn the_browsers_word_is_a_hint() {
        let mut watch = open_watch();
        assert_eq!(watch.network_hinted(true, START, 0), None);
        assert_eq!(watch.network_hinted(false, START, 0), Some(WatchEffect::Close));
        assert_eq!(watch.connection(), Connection::Offline);
        assert_eq!(watch.network_hinted(true, START, 0), Some(WatchEffect::Open));
    }

    #[test]
    fn a_tab_that_does_not_lead_stops_listening() {
        let mut watch = open_watch();
        assert_eq!(watch.stop(), Some(WatchEffect::Close));
        watch.closed(StreamEnd::Lost, START, 0);
        assert_eq!(watch.wake_at(), None);
    }
}
