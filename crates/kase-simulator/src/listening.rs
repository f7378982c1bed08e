//! A channel's stream from headquarters: heartbeats, silence, and listening again, as `kase-server` drives it.

use kase_domain::Timestamp;
use kase_replication::{Environment, HeadquartersReach, LinkEvent};

use crate::happening::{ChannelHappening, Happening};
use crate::world::World;

/// After so long without a heartbeat headquarters is out of reach, in milliseconds; `kase-server`'s.
const SILENCE_MS: u64 = 3_000;

/// The longest wait before a channel listens again, in milliseconds; `kase-server`'s.
const LONGEST_RECONNECT_MS: u64 = 2_000;

/// A channel's stream from headquarters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listening {
    stream: u64,
    heard: Timestamp,
    /// The life of headquarters that serves it.
    of: u64,
    /// Something could not be sent over it: a stream loses nothing out of its middle, so that ends it.
    pub(crate) is_broken: bool,
}

impl World {
    pub(crate) fn channel_listens(&mut self, no: usize) {
        let Some(channel) = self.channels[no].channel.clone() else { return };
        let heard = self.runtime.block_on(channel.headquarters_hints()).is_ok();
        let took_ms = self.took_ms(no);
        let now = self.machine.now();
        let place = &mut self.channels[no];
        let life = place.life;
        if heard {
            place.streams += 1;
            let stream = place.streams;
            let of = self.headquarters.life;
            place.listening = Some(Listening { stream, heard: now, of, is_broken: false });
            place.backoff.succeed();
            channel.note_reach(HeadquartersReach::Reached);
            let reached = ChannelHappening::LinkHears(LinkEvent::Reached);
            self.after(took_ms, Happening::Channel(no, life, reached));
            self.after(1_000, Happening::Channel(no, life, ChannelHappening::HeadquartersBeats(stream)));
        } else {
            self.listen_again(no, took_ms);
        }
    }

    pub(crate) fn headquarters_beats(&mut self, no: usize, stream: u64) {
        let now = self.machine.now();
        let place = &mut self.channels[no];
        let life = place.life;
        let Some(listening) = place.listening.filter(|current| current.stream == stream) else { return };
        let Some(channel) = place.channel.clone() else { return };
        let is_cut = place.line.state().is_cut;
        let is_gone = listening.of != self.headquarters.life;
        if is_gone || (listening.is_broken && !is_cut) {
            return self.listen_again(no, 0);
        }
        if !is_cut {
            place.listening = Some(Listening { heard: now, ..listening });
            channel.note_reach(HeadquartersReach::Reached);
            self.catches_up(no);
        } else if listening.heard.age_ms(now) >= SILENCE_MS {
            channel.note_silence();
            return self.listen_again(no, 0);
        }
        self.after(1_000, Happening::Channel(no, life, ChannelHappening::HeadquartersBeats(stream)));
    }

    /// As `kase-server` does at each of headquarters' hints.
    fn catches_up(&mut self, no: usize) {
        let Some(channel) = self.channels[no].channel.clone() else { return };
        let silence_has_ended = self.runtime.block_on(channel.catch_up());
        let took_ms = self.took_ms(no);
        let life = self.channels[no].life;
        if silence_has_ended {
            let reached = ChannelHappening::LinkHears(LinkEvent::Reached);
            self.after(took_ms, Happening::Channel(no, life, reached));
        }
    }

    fn listen_again(&mut self, no: usize, took_ms: u64) {
        let random = self.machine.draw(|random| random.number());
        let place = &mut self.channels[no];
        place.listening = None;
        if let Some(channel) = &place.channel {
            channel.note_reach(HeadquartersReach::OutOfReach);
        }
        let wait_ms = place.backoff.fail(random).min(LONGEST_RECONNECT_MS);
        let life = place.life;
        self.after(took_ms + wait_ms, Happening::Channel(no, life, ChannelHappening::Listens));
    }
}
