//! The register: one for each tab. It takes an event and the time, and answers with effects; the parts that
//! create, change and exchange stand in modules of their own.
//!
//! It is driven by a runtime that performs store effects one after another and reports each before it begins
//! the next, so that what is mirrored in memory follows the store.

use std::collections::{BTreeSet, HashMap};

use kase_domain::{ChannelSettings, CustomerId, OperationId, OperatorId, Timestamp};
use kase_replication::{CustomerState, Hint, JobTrouble, Link, LinkEffect, LinkEvent};

use crate::change::ChangeCall;
use crate::commit::Then;
use crate::connection::{ConnectionWatch, WatchEffect};
use crate::creation::CreationCall;
use crate::outbox::Outbox;
use crate::unanswered::Unanswered;
use crate::witness::Witnessing;
use crate::{
    Acceptance, Connection, Device, Effect, Event, Now, Opened, PassedOver, RequestId, StreamEnd, TabMessage,
    WriteBatch,
};

/// A register's whole decision-making.
#[derive(Debug)]
pub struct Register {
    pub(crate) device: Device,
    pub(crate) operator: Option<OperatorId>,
    pub(crate) settings: Option<ChannelSettings>,
    pub(crate) cursor: Option<String>,
    pub(crate) passed_over: PassedOver,
    pub(crate) outbox: Outbox,
    /// Customers who may be in the store although the settings exclude them.
    pub(crate) doubtful: BTreeSet<CustomerId>,
    /// This tab has begun to lead, and has not looked for such yet.
    pub(crate) sweeps: bool,
    /// The customers that the outbox is about.
    pub(crate) own: HashMap<CustomerId, CustomerState>,
    pub(crate) calls: HashMap<RequestId, Call>,
    pub(crate) unanswered: Unanswered,
    pub(crate) last_exchange: Option<Timestamp>,
    /// Finished operations may be in the store, as far as this tab knows.
    pub(crate) may_hold_finished: bool,
    /// Counts how often the channel was found to have gone back in time, so that an answer of before that is known.
    pub(crate) restarts: u64,
    /// The same when the push under way began.
    pub(crate) pushed_at: u64,
    /// Counts what came by the feed, so that an answer that was overtaken by it is known.
    pub(crate) feed_news: u64,
    /// When held edits that could not be performed are tried again, by the steady clock.
    pub(crate) held_again_at: Option<Timestamp>,
    /// The time of the event in hand, by the wall: information in what is written.
    pub(crate) wall: Timestamp,
    pub(crate) link: Link,
    watch: ConnectionWatch,
    pub(crate) leads: bool,
    pub(crate) told: Option<Connection>,
    /// The channel does not know the device token.
    pub(crate) rejected: bool,
    pub(crate) shown: Option<Connection>,
    pub(crate) shown_acceptance: Acceptance,
    /// Jobs that do not do their work, as the channel, or the leading tab, said last.
    pub(crate) jobs: Vec<JobTrouble>,
    pub(crate) commits: HashMap<RequestId, (Box<WriteBatch>, Then)>,
    pub(crate) witnessing: Witnessing,
    requests: u64,
}

/// A real-time call under way.
#[derive(Debug)]
pub(crate) enum Call {
    Creation(Box<CreationCall>),
    Change(Box<ChangeCall>),
    Held { id: OperationId, asked_at: AskedAt },
}

/// What was known of the channel when it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AskedAt {
    /// What had come by the feed.
    pub(crate) feed_news: u64,
    /// How often it had gone back in time.
    pub(crate) restarts: u64,
}

/// Own requests are told from those of components by the highest bit.
const OWN_REQUEST: u64 = 1 << 63;

impl Register {
    /// A register with what its local database holds. Nothing happens until its first event.
    pub fn new(device: Device, operator: Option<OperatorId>, opened: Opened) -> Self {
        let mut outbox = Outbox::default();
        outbox.load(opened.outbox, true);
        Self {
            device,
            operator,
            settings: opened.settings,
            // What another version passed over, this one asks for again.
            cursor: opened.cursor.filter(|_| !opened.passed_over.by_another_version()),
            passed_over: opened.passed_over,
            outbox,
            own: opened.customers.into_iter().map(|state| (state.customer_id, state)).collect(),
            doubtful: BTreeSet::new(),
            sweeps: false,
            calls: HashMap::new(),
            unanswered: Unanswered::default(),
            last_exchange: None,
            may_hold_finished: true,
            restarts: 0,
            pushed_at: 0,
            feed_news: 0,
            held_again_at: None,
            wall: Timestamp::default(),
            link: Link::default(),
            watch: ConnectionWatch::default(),
            leads: false,
            told: None,
            rejected: false,
            shown: None,
            shown_acceptance: Acceptance::default(),
            jobs: Vec::new(),
            commits: HashMap::new(),
            witnessing: Witnessing::default(),
            requests: 0,
        }
    }

    /// What is reached, as the screens say it.
    pub fn connection(&self) -> Connection {
        if self.leads { self.watch.connection() } else { self.told.unwrap_or(Connection::Offline) }
    }

    /// The channel's settings, once they are known.
    pub fn settings(&self) -> Option<&ChannelSettings> {
        self.settings.as_ref()
    }

    /// Takes an event; `random` spreads waits.
    pub fn handle(&mut self, event: Event, now: Now, random: u64) -> Vec<Effect> {
        let mut out = Vec::new();
        self.wall = now.wall;
        match event {
            Event::Intended(request, intent) => self.intend(request, intent, now, &mut out),
            Event::OperatorChanged(operator) => self.operator = operator,
            Event::Committed(id, result) => self.committed(id, result, now, random, &mut out),
            Event::Performed(id, result) => self.performed(id, result, now, &mut out),
            Event::Pushed(result) => self.pushed(result, now, random, &mut out),
            Event::Pulled(result) => self.pulled(result, now, random, &mut out),
            Event::OutboxRead { all, entries, customers } => {
                self.outbox.load(entries, all);
                self.own.extend(customers.into_iter().map(|state| (state.customer_id, state)));
                self.forget_customers();
                self.drop_excluded(&mut out);
                self.end_creations(&mut out);
                self.note_read_witness(&mut out);
                self.show_waiting(&mut out);
                self.drive(LinkEvent::Recorded, now, random, &mut out);
                self.release_held(&mut out);
            }
            Event::Hinted(hint) => {
                let was = self.watch.connection();
                if let Hint::Heartbeat { jobs, .. } = &hint {
                    self.note_jobs(jobs, &mut out);
                }
                let effect = self.watch.hear(&hint, &self.device.channel, now.steady, random);
                self.watched(effect, &mut out);
                let reached = was == Connection::Offline && self.watch.connection() != Connection::Offline;
                self.rejected &= !reached;
                if reached {
                    self.witnessing.hurry();
                    self.try_newer_again(&mut out);
                    self.drive(LinkEvent::Reached, now, random, &mut out);
                } else if hint == Hint::Changes {
                    self.drive(LinkEvent::ChangesHinted, now, random, &mut out);
                }
                if reached || (was != Connection::Online && self.watch.connection() == Connection::Online) {
                    self.release_held(&mut out);
                }
            }
            Event::HintsEnded(end) => {
                self.rejected |= end == StreamEnd::Rejected;
                self.watch.closed(end, now.steady, random);
            }
            Event::Leads(leads) => self.lead(leads, now, &mut out),
            Event::NetworkHinted { online } => {
                let effect = self.watch.network_hinted(online, now.steady, random);
                self.watched(effect, &mut out);
            }
            Event::TabSaid(message) => self.tab_said(message, now, &mut out),
            Event::WitnessFound(kept) => {
                self.witnessing.begin(*kept);
                self.note_witness(&mut out);
            }
            Event::WitnessTold(result) => self.witnessing.told(result.is_ok()),
            Event::DatabaseDeleted => self.witnessing.end(),
            Event::RetryRequested => self.retry(now, random, &mut out),
            Event::DeviceRenewed(device) => {
                self.device = device;
                self.rejected = false;
                self.retry(now, random, &mut out);
            }
            Event::TimePassed => {
                let effect = self.watch.time_passed(now.steady, random);
                self.watched(effect, &mut out);
                if self.outbox.forget_askers(now.steady) {
                    self.drive(LinkEvent::Recorded, now, random, &mut out);
                }
                if self.held_again_at.is_some_and(|at| at <= now.steady) {
                    self.held_again_at = None;
                    self.release_held(&mut out);
                }
                self.drive(LinkEvent::TimePassed, now, random, &mut out);
            }
        }
        self.show_connection(&mut out);
        self.tell_witness(now.steady, &mut out);
        self.wake(&mut out);
        out
    }

    pub(crate) fn asked_at(&self) -> AskedAt {
        AskedAt { feed_news: self.feed_news, restarts: self.restarts }
    }

    fn retry(&mut self, now: Now, random: u64, out: &mut Vec<Effect>) {
        let effect = self.watch.network_hinted(true, now.steady, random);
        self.watched(effect, out);
        self.drive(LinkEvent::RetryRequested, now, random, out);
        self.release_held(out);
    }

    pub(crate) fn own_request(&mut self) -> RequestId {
        self.requests += 1;
        RequestId(OWN_REQUEST | self.requests)
    }

    fn lead(&mut self, leads: bool, now: Now, out: &mut Vec<Effect>) {
        self.leads = leads;
        if leads {
            let effect = self.watch.start(now.steady);
            self.watched(effect, out);
            self.sweeps = true;
            out.push(Effect::ReadOutbox { after: 0 });
        } else {
            let effect = self.watch.stop();
            self.watched(effect, out);
            // What is under way belongs to a lead that is over; its results are not taken.
            self.link = Link::default();
            out.push(Effect::Tell(TabMessage::Asking));
        }
    }

    /// Lets the link go on, when this tab leads.
    pub(crate) fn drive(&mut self, event: LinkEvent, now: Now, random: u64, out: &mut Vec<Effect>) {
        // What is recorded offline waits for the channel to be reached; only a person's word is a try by itself.
        let offline = self.watch.connection() == Connection::Offline;
        let waits = matches!(event, LinkEvent::Recorded | LinkEvent::ChangesHinted | LinkEvent::TimePassed);
        let idle = event == LinkEvent::Recorded && self.outbox.next_batch().is_empty();
        if !self.leads || idle || (offline && waits) {
            return;
        }
        for effect in self.link.handle(event, now.steady, random) {
            match effect {
                LinkEffect::Push => {
                    let batch = self.outbox.next_batch();
                    if batch.is_empty() {
                        let then = self.link.handle(LinkEvent::Pushed { more: false }, now.steady, random);
                        debug_assert!(!then.contains(&LinkEffect::Push), "nothing is ready");
                    } else {
                        self.pushed_at = self.restarts;
                        out.push(Effect::Push { claims: self.claims(&batch), operations: batch });
                    }
                }
                LinkEffect::Pull => out.push(Effect::Pull(self.cursor.clone())),
                LinkEffect::WakeAt(_) => {}
            }
        }
    }

    fn watched(&mut self, effect: Option<WatchEffect>, out: &mut Vec<Effect>) {
        out.extend(effect.map(|effect| match effect {
            WatchEffect::Open => Effect::OpenHints,
            WatchEffect::Close => Effect::CloseHints,
        }));
    }

    fn wake(&self, out: &mut Vec<Effect>) {
        let link = self.link.wake_at().filter(|_| self.watch.connection() != Connection::Offline);
        let reached = self.leads && self.connection() != Connection::Offline;
        let witness = self.witnessing.wake_at().filter(|_| reached);
        let own = self.outbox.wake_at().into_iter().chain(self.held_again_at).chain(witness);
        let at = self.watch.wake_at().into_iter().chain(link).chain(own).min();
        out.extend(at.map(Effect::WakeAt));
    }
}

impl Call {
    pub(crate) fn customer_id(&self) -> Option<CustomerId> {
        match self {
            Self::Creation(call) => Some(call.saved.customer_id),
            Self::Change(call) => Some(call.customer_id),
            Self::Held { .. } => None,
        }
    }
}
