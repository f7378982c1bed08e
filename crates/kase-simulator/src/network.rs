//! The network between registers and their channel: requests with their answers, and streams of hints.

use anyhow::{Result, bail};
use kase_channel::{Channel, ChannelError};
use kase_domain::{ErrorCode, Refusal};
use kase_register::{Event, SendFailure, StreamEnd};
use kase_replication::{HeadquartersReach, Hint};
use kase_text::Locale;

use crate::faults::Fate;
use crate::full_disk::Disk;
use crate::happening::{Answered, Happening, Request, TabAt};
use crate::line::over_the_wire;
use crate::trace::short;
use crate::world::World;

/// A connection that cannot send is given up after so long, in milliseconds.
const RESET_MS: u64 = 4_000;

impl World {
    /// Sends a request; whatever happens to it, the sender hears of it within its limit.
    pub(crate) fn send(&mut self, at: TabAt, request: Request) {
        let place = &mut self.browsers[at.browser];
        let tab = &mut place.tabs[at.tab];
        let number = tab.next();
        tab.requests.insert(number);
        let faults = self.faults;
        let mut fate = self.machine.draw(|random| faults.fate(random));
        if place.is_cut {
            fate = Fate::Dropped;
        } else if place.has_portal {
            fate = Fate::Portal;
        }
        let limit_ms = request.limit_ms();
        let gave_up = Box::new(request.failed(SendFailure::Unreachable));
        self.note(format!("tab {}.{} sends {number} {} {fate:?}", at.browser, at.tab, outline(&request)));
        self.after(limit_ms, Happening::RequestEnds(at, number, gave_up));
        let request = Box::new(request);
        match fate {
            Fate::Dropped => {}
            Fate::Portal => {
                // A page is no answer of the channel's: the app takes it for none.
                let answered = Box::new(request.failed(SendFailure::Unreachable));
                self.soon(1, 40, Happening::RequestEnds(at, number, answered));
            }
            Fate::Overtaken => self.soon(40, limit_ms / 2, Happening::RequestArrives(at, number, request)),
            Fate::Late => self.soon(50, 2 * limit_ms, Happening::RequestArrives(at, number, request)),
            Fate::Twice => {
                self.may_be_mistaken(at, &request);
                self.soon(1, 40, Happening::RequestArrives(at, number, request.clone()));
                self.soon(1, 4_000, Happening::RequestArrives(at, number, request));
            }
            Fate::AnswerLost => self.soon(1, 40, Happening::RequestArrives(at, 0, request)),
            Fate::Fine => self.soon(1, 40, Happening::RequestArrives(at, number, request)),
        }
    }

    /// A request arrives at its channel, which answers if it runs.
    pub(crate) fn request_arrives(&mut self, at: TabAt, number: u64, request: Request) -> Result<()> {
        let place = &self.browsers[at.browser];
        let (no, token) = (place.channel, place.device.token.clone());
        let Some(channel) = self.channels[no].channel.clone() else {
            let ended = Box::new(request.failed(SendFailure::Unreachable));
            self.soon(1, 40, Happening::RequestEnds(at, number, ended));
            return Ok(());
        };
        let request = self.plant_in_request(no, request)?;
        let outcome = match self.plant_answer(&request) {
            Some(answered) => Ok(answered),
            None => {
                let Some(outcome) = self.risk(Some(no), answer(&channel, &token, &request))? else {
                    drop(channel);
                    self.kill_both(no);
                    let ended = Box::new(request.failed(SendFailure::Unreachable));
                    self.soon(1, 40, Happening::RequestEnds(at, number, ended));
                    return Ok(());
                };
                outcome
            }
        };
        let answered = match outcome {
            Ok(answered) => answered,
            Err(ChannelError::Database(_)) if self.full_disk == Some(Disk::Channel(no)) => {
                self.plant_in_full_disk(&request)
            }
            Err(ChannelError::Database(error)) => bail!("the channel broke: {error}"),
            Err(ChannelError::Corrupt(error)) => bail!("the channel broke: {error}"),
            Err(error) => request.failed(failure(&error)),
        };
        let answered = self.plant_in_answer(at.browser, answered);
        let took_ms = self.took_ms(no);
        self.note(format!("channel {no} answers {number} {}", short(&answered)));
        let delay_ms = self.machine.draw(|random| 1 + random.below(40)) + took_ms;
        if number != 0 {
            self.after(delay_ms, Happening::RequestEnds(at, number, Box::new(answered)));
        }
        Ok(())
    }

    /// The first end of a request counts.
    pub(crate) fn request_ends(&mut self, at: TabAt, number: u64, answered: Answered) -> Result<()> {
        if !self.is_live(at) || !self.browsers[at.browser].tabs[at.tab].requests.remove(&number) {
            return Ok(());
        }
        let event = match answered {
            Answered::Pushed(result) => Event::Pushed(result.map(|answer| over_the_wire(&answer))),
            Answered::Performed(id, result) => {
                Event::Performed(id, result.map(|answer| over_the_wire(&answer)))
            }
            Answered::Pulled(result) => Event::Pulled(result.map(|answer| over_the_wire(&answer))),
            Answered::Witnessed(result) => Event::WitnessTold(result.map(drop)),
        };
        self.tab_event(at, event)
    }

    /// A stream of hints reaches the channel: it begins, or is turned away.
    pub(crate) fn stream_arrives(&mut self, at: TabAt, stream: u64) -> Result<()> {
        let place = &self.browsers[at.browser];
        if place.is_cut {
            // Nobody answers; the register gives up by itself.
            return Ok(());
        }
        let no = place.channel;
        let life = self.channels[no].life;
        if place.has_portal {
            let hello = Hint::Hello { place: "hotel".into(), headquarters: HeadquartersReach::Reached };
            self.after(5, Happening::StreamSays(at, stream, hello));
            self.after(20, Happening::StreamEnds(at, stream, StreamEnd::Lost));
            return Ok(());
        }
        let Some(channel) = self.channels[no].channel.clone() else {
            self.soon(1, 40, Happening::StreamEnds(at, stream, StreamEnd::Lost));
            return Ok(());
        };
        if self.runtime.block_on(channel.device(&place.device.token)).is_err() {
            self.soon(1, 40, Happening::StreamEnds(at, stream, StreamEnd::Rejected));
            return Ok(());
        }
        let hello = Hint::Hello { place: channel.id().to_string(), headquarters: channel.reach() };
        self.browsers[at.browser].tabs[at.tab].served = Some((stream, life));
        self.after(5, Happening::StreamSays(at, stream, hello));
        self.after(1_000, Happening::StreamBeats(at, stream, life));
        Ok(())
    }

    /// A heartbeat, as long as the channel lives and the register listens.
    pub(crate) fn stream_beats(&mut self, at: TabAt, stream: u64, life: u64) {
        let place = &self.browsers[at.browser];
        if !self.is_live(at) || place.tabs[at.tab].stream != stream {
            return;
        }
        let serving = &self.channels[place.channel];
        let Some(channel) = serving.channel.as_ref().filter(|_| serving.life == life) else {
            self.after(5, Happening::StreamEnds(at, stream, StreamEnd::Lost));
            return;
        };
        if !place.is_cut && !place.has_portal {
            let beat = Hint::Heartbeat { headquarters: channel.reach(), jobs: channel.job_troubles() };
            self.after(5, Happening::StreamSays(at, stream, beat));
        }
        self.after(1_000, Happening::StreamBeats(at, stream, life));
    }

    /// The channel has something new: every register that listens is told.
    pub(crate) fn tell_registers(&mut self, channel: usize) {
        let life = self.channels[channel].life;
        let mut listening = Vec::new();
        for (browser, place) in self.browsers.iter().enumerate().filter(|(_, place)| place.channel == channel)
        {
            for (no, tab) in place.tabs.iter().enumerate() {
                if let Some((stream, _)) =
                    tab.served.filter(|(stream, of)| *stream == tab.stream && *of == life)
                {
                    listening.push((
                        TabAt { browser, tab: no, life: tab.life },
                        stream,
                        place.is_cut || place.has_portal,
                    ));
                }
            }
        }
        for (at, stream, is_cut) in listening {
            if is_cut {
                // A stream loses nothing out of its middle: what cannot be sent ends it.
                self.after(RESET_MS, Happening::StreamEnds(at, stream, StreamEnd::Lost));
            } else {
                // One delay for all that a stream says: it comes in order.
                self.after(5, Happening::StreamSays(at, stream, Hint::Changes));
            }
        }
    }
}

pub(crate) async fn answer(
    channel: &Channel,
    token: &str,
    request: &Request,
) -> Result<Answered, ChannelError> {
    let device = channel.device(token).await?;
    Ok(match request {
        Request::Push(push) => Answered::Pushed(Ok(channel.push(&device, push, Locale::En).await?)),
        Request::Perform(id, perform) => {
            Answered::Performed(*id, Ok(channel.perform(&device, perform, Locale::En).await?))
        }
        Request::Witness(told) => Answered::Witnessed(Ok(channel.witness(&device, told).await?)),
        Request::Pull(cursor) => Answered::Pulled(Ok(channel.pull(&device, cursor.as_deref(), None).await?)),
    })
}

/// What the app makes of the problem that the channel's API answers.
fn failure(error: &ChannelError) -> SendFailure {
    let refused = |code| SendFailure::Refused(Refusal { code, detail: error.to_string(), field: None });
    match error {
        ChannelError::Code(ErrorCode::Unauthenticated | ErrorCode::SessionExpired) => SendFailure::Rejected,
        ChannelError::Code(code) => refused(*code),
        ChannelError::DeliversOnly => refused(ErrorCode::Forbidden),
        ChannelError::Refused(refusal) => SendFailure::Refused(refusal.clone()),
        ChannelError::Fields(_) => refused(ErrorCode::InvalidField),
        ChannelError::ClosedField { .. } => refused(ErrorCode::CustomerPendingField),
        ChannelError::Throttled { .. } => refused(ErrorCode::RateLimited),
        ChannelError::Database(_) | ChannelError::Corrupt(_) => refused(ErrorCode::Internal),
    }
}

fn outline(request: &Request) -> String {
    match request {
        Request::Push(push) => format!("push of {}", push.operations.len()),
        Request::Perform(_, perform) => format!("perform of {}", perform.operations.len()),
        Request::Witness(told) => format!("witness of {} waiting", told.waiting.len()),
        Request::Pull(cursor) => format!("pull after {cursor:?}"),
    }
}
