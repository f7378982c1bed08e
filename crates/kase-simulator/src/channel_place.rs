//! Channels' servers: their links are driven as `kase-server` drives them, on the virtual clock.

use std::sync::Arc;

use anyhow::{Result, bail};
use kase_channel::Channel;
use kase_domain::{ChannelId, Timestamp};
use kase_replication::{Backoff, Environment, Failure, Link, LinkEffect, LinkEvent};
use tokio::sync::watch;

use crate::happening::{ChannelHappening, Happening};
use crate::line::Line;
use crate::listening::Listening;
use crate::outside::Told;
use crate::planted::Planted;
use crate::prepared::{CHANNELS, channel_file};
use crate::world::World;

/// A channel's server.
pub(crate) struct ChannelPlace {
    /// Counts its lives.
    pub(crate) life: u64,
    /// The channel, while it runs.
    pub(crate) channel: Option<Arc<Channel>>,
    pub(crate) line: Line,
    link: Link,
    outbox: Option<watch::Receiver<u64>>,
    feed: Option<watch::Receiver<i64>>,
    pub(crate) pushes_are_paused: bool,
    pub(crate) pulls_are_paused: bool,
    alarm: u64,
    /// It waits until then for an answer, which may never come.
    pub(crate) waits_until: Timestamp,
    pub(crate) backoff: Backoff,
    /// The stream from headquarters.
    pub(crate) listening: Option<Listening>,
    pub(crate) streams: u64,
}

impl ChannelPlace {
    pub(crate) fn new(line: Line) -> Self {
        Self {
            life: 0,
            channel: None,
            line,
            link: Link::default(),
            outbox: None,
            feed: None,
            pushes_are_paused: false,
            pulls_are_paused: false,
            alarm: 0,
            waits_until: Timestamp::default(),
            backoff: Backoff::default(),
            listening: None,
            streams: 0,
        }
    }
}

impl ChannelPlace {
    /// How far it says that it is.
    pub(crate) fn told(&self) -> Told {
        Some((*self.feed.as_ref()?.borrow(), *self.outbox.as_ref()?.borrow()))
    }
}

impl World {
    pub(crate) fn start_channel(&mut self, no: usize) -> Result<()> {
        let path = self.folder.path().join(channel_file(no));
        self.plant_before_start(Planted::ChannelBackInTime, &path)?;
        let place = &mut self.channels[no];
        let opening = Channel::open(
            ChannelId::from(CHANNELS[no]),
            &path,
            self.machine.clone(),
            Arc::new(place.line.clone()),
        );
        let channel = self.runtime.block_on(opening)?;
        place.life += 1;
        place.link = Link::default();
        place.waits_until = Timestamp::default();
        place.outbox = Some(channel.outbox());
        place.feed = Some(channel.feed());
        place.listening = None;
        place.channel = Some(Arc::new(channel));
        let life = place.life;
        self.after(1, Happening::Channel(no, life, ChannelHappening::Listens));
        self.look_anew(&channel_file(no))
    }

    /// Kills a channel's server.
    pub(crate) fn kill_channel(&mut self, no: usize) {
        self.channels[no].life += 1;
        self.runtime.block_on(self.seen_channels[no].close());
        if let Some(channel) = self.channels[no].channel.take() {
            self.runtime.block_on(channel.close());
        }
    }

    /// Looks whether anything has something new for its neighbours, as their drivers are woken by it.
    pub(crate) fn spread_news(&mut self) -> Result<()> {
        let place = &mut self.headquarters;
        let life = place.life;
        let (feed, staged) = (news(&mut place.feed), news(&mut place.staged));
        if staged {
            // A job that is paused for a while is a slow one.
            let slow = self.faults.delayed;
            let longest = self.machine.draw(|random| if random.chance(slow) { 5_000 } else { 50 });
            self.soon(1, longest, Happening::Converts(life));
        }
        for no in 0..self.channels.len() {
            let place = &mut self.channels[no];
            let life = place.life;
            let is_cut = place.line.state().is_cut;
            if let Some(listening) = place.listening.as_mut().filter(|_| feed) {
                listening.is_broken |= is_cut;
                if !listening.is_broken {
                    self.soon(
                        1,
                        30,
                        Happening::Channel(no, life, ChannelHappening::LinkHears(LinkEvent::ChangesHinted)),
                    );
                }
            }
            let place = &mut self.channels[no];
            let (recorded, changed) = (news(&mut place.outbox), news(&mut place.feed));
            if recorded {
                self.after(1, Happening::Channel(no, life, ChannelHappening::LinkHears(LinkEvent::Recorded)));
            }
            if changed {
                self.tell_registers(no);
            }
            self.spread_late(no)?;
        }
        Ok(())
    }

    fn spread_late(&mut self, no: usize) -> Result<()> {
        let mut state = self.channels[no].line.state();
        let late = std::mem::take(&mut state.late);
        if let Some(broken) = state.broken.take() {
            bail!("a place broke: {broken}");
        }
        drop(state);
        for (verb, request) in late {
            self.soon(5_000, 40_000, Happening::LateArrives(no, verb, Box::new(request)));
        }
        Ok(())
    }

    /// Milliseconds that a channel's calls to headquarters have taken since this was last asked.
    pub(crate) fn took_ms(&mut self, no: usize) -> u64 {
        std::mem::take(&mut self.channels[no].line.state().took_ms)
    }

    pub(crate) fn channel_happens(&mut self, no: usize, happening: ChannelHappening) -> Result<()> {
        match happening {
            ChannelHappening::LinkHears(event) => self.link_hears(no, event),
            ChannelHappening::LinkWakes(alarm) => self.link_wakes(no, alarm),
            ChannelHappening::Pushes if self.channels[no].pushes_are_paused => {
                self.waits_paused(no, happening)
            }
            ChannelHappening::Pulls if self.channels[no].pulls_are_paused => self.waits_paused(no, happening),
            ChannelHappening::Pushes => return self.channel_pushes(no),
            ChannelHappening::Pulls => return self.channel_pulls(no),
            ChannelHappening::Listens => self.channel_listens(no),
            ChannelHappening::HeadquartersBeats(stream) => self.headquarters_beats(no, stream),
        }
        Ok(())
    }

    /// Until its job goes on.
    fn waits_paused(&mut self, no: usize, happening: ChannelHappening) {
        let life = self.channels[no].life;
        self.after(1_000, Happening::Channel(no, life, happening));
    }

    fn link_hears(&mut self, no: usize, event: LinkEvent) {
        let now = self.machine.now();
        let random = self.machine.draw(|random| random.number());
        let place = &mut self.channels[no];
        let life = place.life;
        place.alarm += 1;
        let alarm = place.alarm;
        for effect in place.link.handle(event, now, random) {
            match effect {
                LinkEffect::WakeAt(at) => {
                    self.queue.push(at, Happening::Channel(no, life, ChannelHappening::LinkWakes(alarm)))
                }
                LinkEffect::Push => {
                    self.queue.push(now, Happening::Channel(no, life, ChannelHappening::Pushes))
                }
                LinkEffect::Pull => {
                    self.queue.push(now, Happening::Channel(no, life, ChannelHappening::Pulls))
                }
            }
        }
    }

    fn link_wakes(&mut self, no: usize, alarm: u64) {
        if self.channels[no].alarm == alarm {
            self.link_hears(no, LinkEvent::TimePassed);
        }
    }

    fn channel_pushes(&mut self, no: usize) -> Result<()> {
        self.exchange(
            no,
            "pushes",
            async |channel| channel.push_once().await,
            |result| match result {
                Ok(more) => LinkEvent::Pushed { more },
                Err(failure) => LinkEvent::PushFailed(failure),
            },
        )
    }

    fn channel_pulls(&mut self, no: usize) -> Result<()> {
        self.exchange(
            no,
            "pulls",
            async |channel| channel.pull_once().await,
            |result| match result {
                Ok(more) => LinkEvent::Pulled { more },
                Err(failure) => LinkEvent::PullFailed(failure),
            },
        )
    }

    fn exchange(
        &mut self,
        no: usize,
        what: &str,
        exchange: impl AsyncFnOnce(&Channel) -> Result<bool, Failure>,
        event: impl FnOnce(Result<bool, Failure>) -> LinkEvent,
    ) -> Result<()> {
        let life = self.channels[no].life;
        let Some(channel) = self.channels[no].channel.clone() else { return Ok(()) };
        let Some(result) = self.risk(Some(no), exchange(&channel))? else {
            self.note(format!("channel {no} {what} and is killed"));
            self.kill_both(no);
            return Ok(());
        };
        let took_ms = self.took_ms(no);
        self.note(format!("channel {no} {what} {result:?}"));
        let answered = self.machine.now_silently().plus_ms(took_ms);
        let place = &mut self.channels[no];
        place.waits_until = place.waits_until.max(answered);
        self.after(took_ms, Happening::Channel(no, life, ChannelHappening::LinkHears(event(result))));
        Ok(())
    }
}

/// Whether there is something new, said once.
pub(crate) fn news<T>(receiver: &mut Option<watch::Receiver<T>>) -> bool {
    receiver.as_mut().is_some_and(|receiver| {
        let changed = receiver.has_changed().unwrap_or(false);
        receiver.mark_unchanged();
        changed
    })
}
