//! The world of one run: everything that is, and the loop in which one thing happens after the other.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use anyhow::{Result, bail};
use kase_domain::{ChannelId, OperationId, Timestamp};
use kase_headquarters::GivenOut;
use kase_register::{Event, MemoryStore};
use kase_replication::Environment;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::browser::{Browser, Tab};
use crate::channel_place::ChannelPlace;
use crate::faults::Faults;
use crate::full_disk::Disk;
use crate::happening::Happening;
use crate::headquarters_place::HeadquartersPlace;
use crate::ledger::Ledger;
use crate::line::{Line, LineState};
use crate::machine::Machine;
use crate::outside::{Outside, Whose};
use crate::planted::{PLANTED_PERMILLE, Planted};
use crate::prepared::{CHANNELS, Prepared, folder};
use crate::queue::Queue;
use crate::restore::Files;
use crate::shape::Shape;
use crate::trace::Trace;

/// After the day everything is quiet within so long, in milliseconds: twice the longest limits and waits.
const EVENING_MS: u64 = 180_000;

/// How often it is looked whether everything is quiet, in milliseconds.
const LOOK_EACH_MS: u64 = 2_000;

/// Tabs of a browser.
const TABS: usize = 2;

/// More steps than this are a run that never ends.
const MOST_STEPS: u32 = 200_000;

/// Everything that is.
pub(crate) struct World {
    pub(crate) runtime: Runtime,
    pub(crate) machine: Arc<Machine>,
    pub(crate) queue: Queue<Happening>,
    pub(crate) trace: Trace,
    pub(crate) faults: Faults,
    pub(crate) planted: Option<Planted>,
    shape: Shape,
    pub(crate) headquarters: HeadquartersPlace,
    pub(crate) channels: Vec<ChannelPlace>,
    pub(crate) browsers: Vec<Browser>,
    pub(crate) ledger: Ledger,
    /// People have gone home, and nothing breaks any more.
    pub(crate) is_evening: bool,
    pub(crate) folder: TempDir,
    /// Databases of which there is a backup.
    pub(crate) backups: Files,
    /// Databases that have come back from one.
    pub(crate) restored: Files,
    /// What the restores of headquarters went on from, as `kase-server restore` keeps it.
    pub(crate) given_out: GivenOut,
    /// What the servers' databases hold, seen from outside.
    pub(crate) seen_headquarters: Outside,
    pub(crate) seen_channels: Vec<Outside>,
    /// What is in line at headquarters, and since when.
    pub(crate) in_line: BTreeMap<OperationId, Timestamp>,
    /// Whose database had no room in the work that was done last.
    pub(crate) full_disk: Option<Disk>,
    /// Somebody was told something, or a store has changed, since the last look.
    pub(crate) has_news: bool,
}

impl World {
    pub(crate) fn new(
        seed: u64,
        planted: Option<Planted>,
        shape: &Shape,
        prepared: &Prepared,
    ) -> Result<Self> {
        let folder = folder()?;
        prepared.copy_to(folder.path())?;
        let machine = Arc::new(Machine::new(seed));
        let faults = machine.draw(Faults::draw).without(&shape.without);
        let line = |name: &str| {
            let state = LineState { faults, planted, ..LineState::default() };
            ChannelPlace::new(Line::new(ChannelId::from(name), machine.clone(), state))
        };
        let browser = |(channel, device): &(usize, _)| Browser {
            channel: *channel,
            device: Clone::clone(device),
            store: MemoryStore::default(),
            tabs: (0..TABS).map(|_| Tab::default()).collect(),
            leader: None,
            is_cut: false,
            has_portal: false,
            wall_skew_ms: 0,
            kept: None,
            database: 0,
            outbox: Default::default(),
            finished: Default::default(),
            performed: 0,
            excludes: false,
            excluded: Default::default(),
            synced: Default::default(),
        };
        Ok(Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            queue: Queue::new(),
            trace: Trace::default(),
            faults,
            planted,
            shape: shape.clone(),
            headquarters: HeadquartersPlace::default(),
            channels: CHANNELS.into_iter().map(line).collect(),
            browsers: prepared.devices.iter().map(browser).collect(),
            ledger: Ledger::default(),
            is_evening: false,
            machine,
            folder,
            backups: Files::new(),
            restored: Files::new(),
            given_out: GivenOut::default(),
            seen_headquarters: Outside::new(Whose::Headquarters),
            seen_channels: CHANNELS.iter().map(|_| Outside::new(Whose::Channel)).collect(),
            in_line: BTreeMap::new(),
            full_disk: None,
            has_news: false,
        })
    }

    /// A day, and its evening.
    pub(crate) fn run(&mut self) -> Result<()> {
        self.start()?;
        let beginning = self.machine.now();
        self.run_until(self.shape.day_ms + u64::try_from(beginning.0)?)?;
        self.note("evening");
        self.is_evening = true;
        self.mend_all()?;
        let evening = u64::try_from(self.machine.now().0)?;
        let mut open = None;
        for look in 1..=EVENING_MS / LOOK_EACH_MS {
            self.run_until(evening + look * LOOK_EACH_MS)?;
            open = self.unsettled()?;
            if open.is_none() {
                return self.check();
            }
        }
        // Nothing of it is missing, or the look after each step had said so: it has never arrived.
        self.check_safety()?;
        bail!("not quiet after {EVENING_MS} ms: {}", open.unwrap_or_default())
    }

    fn start(&mut self) -> Result<()> {
        self.start_headquarters()?;
        self.choose_settings()?;
        for no in 0..self.channels.len() {
            self.start_channel(no)?;
        }
        for browser in 0..self.browsers.len() {
            self.leave_old_operations(browser)?;
            for tab in 0..TABS {
                self.open_tab(browser, tab)?;
            }
            if browser < self.shape.busy_registers {
                self.soon(500, 5_000, Happening::PersonActs(browser));
            }
        }
        self.soon(1_000, 10_000, Happening::Breaks);
        Ok(())
    }

    /// Ends what still runs.
    pub(crate) fn close(&mut self) {
        for no in 0..self.channels.len() {
            self.kill_channel(no);
        }
        self.kill_headquarters();
    }

    fn run_until(&mut self, end_ms: u64) -> Result<()> {
        let end = kase_domain::Timestamp(i64::try_from(end_ms)?);
        let mut steps = 0;
        while let Some((at, happening)) = self.queue.pop() {
            if at > end {
                self.queue.push(at, happening);
                break;
            }
            self.machine.reach(at);
            self.happens(happening)?;
            self.look()?;
            self.spread_news()?;
            steps += 1;
            if steps > MOST_STEPS {
                bail!("busy without end: {MOST_STEPS} steps");
            }
        }
        self.machine.reach(end);
        Ok(())
    }

    fn happens(&mut self, happening: Happening) -> Result<()> {
        match happening {
            Happening::PersonActs(browser) => self.person_acts(browser),
            Happening::PersonTriesAgain(at, deed) => self.intend(at, *deed),
            Happening::StoreDoes(at) => self.store_does(at),
            Happening::WritesLate(at, batch) => self.writes_late(at, *batch),
            Happening::StoreReports(at, event) => self.store_reports(at, *event),
            Happening::TabWakes(at, alarm) if self.browsers[at.browser].tabs[at.tab].alarm == alarm => {
                self.tab_event(at, Event::TimePassed)
            }
            Happening::TabHears(at, text) => self.tab_event(at, Event::TabSaid(serde_json::from_str(&text)?)),
            // A word that was overtaken by the next one counts no more.
            Happening::TabLeads(at, leads) if leads == (self.browsers[at.browser].leader == Some(at.tab)) => {
                self.tab_event(at, Event::Leads(leads))
            }
            Happening::MistakenPushArrives(at, push) => self.mistaken_push_arrives(at, *push),
            Happening::RequestArrives(at, number, request) => self.request_arrives(at, number, *request),
            Happening::RequestEnds(at, number, answered) => self.request_ends(at, number, *answered),
            Happening::StreamArrives(at, stream) => self.stream_arrives(at, stream),
            Happening::StreamBeats(at, stream, life) => {
                self.stream_beats(at, stream, life);
                Ok(())
            }
            Happening::StreamSays(at, stream, hint) => self.stream_event(at, stream, Event::Hinted(hint)),
            Happening::StreamEnds(at, stream, end) => self.stream_event(at, stream, Event::HintsEnded(end)),
            Happening::Channel(no, life, happening) if self.channels[no].life == life => {
                self.channel_happens(no, happening)
            }
            Happening::LateArrives(no, verb, request) => {
                let line = self.channels[no].line.clone();
                self.note(format!("late {verb:?} of {} from channel {no}", request.operations.len()));
                self.runtime.block_on(line.arrive_late(verb, &request));
                Ok(())
            }
            Happening::Converts(life) if self.headquarters.life == life => self.converts(),
            Happening::Breaks => self.breaks(),
            Happening::Mends(breakdown) => self.mends(breakdown),
            // Overtaken, or meant for somebody who is dead.
            Happening::TabWakes(..)
            | Happening::TabLeads(..)
            | Happening::Channel(..)
            | Happening::Converts(_) => Ok(()),
        }
    }

    fn stream_event(&mut self, at: crate::happening::TabAt, stream: u64, event: Event) -> Result<()> {
        let tab = &mut self.browsers[at.browser].tabs[at.tab];
        if tab.life != at.life || tab.stream != stream {
            return Ok(());
        }
        if matches!(event, Event::HintsEnded(_)) {
            tab.stream = 0;
        }
        self.tab_event(at, event)
    }

    pub(crate) fn after(&mut self, ms: u64, happening: Happening) {
        self.queue.push(self.machine.now().plus_ms(ms), happening);
    }

    /// Between `least_ms` and `most_ms` from now.
    pub(crate) fn soon(&mut self, least_ms: u64, most_ms: u64, happening: Happening) {
        let span = most_ms.saturating_sub(least_ms) + 1;
        let ms = least_ms + self.machine.draw(|random| random.below(span));
        self.after(ms, happening);
    }

    pub(crate) fn note(&mut self, line: impl Display) {
        self.trace.note(self.machine.now(), line);
    }

    /// Whether the planted fault is this one, and strikes now. Without one nothing is drawn.
    pub(crate) fn strikes(&self, fault: Planted) -> bool {
        self.planted == Some(fault) && self.machine.draw(|random| random.chance(PLANTED_PERMILLE))
    }
}
