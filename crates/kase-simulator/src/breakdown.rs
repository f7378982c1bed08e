//! What breaks altogether for a while: lines, servers, tabs, clocks.

use anyhow::Result;
use kase_domain::OperatorId;
use kase_register::Event;

use crate::happening::{Happening, TabAt};
use crate::world::World;

/// The longest time that something stays broken, in milliseconds.
const LONGEST_MS: u64 = 20_000;

/// A wall clock is wrong by ten years at most, in milliseconds.
const MOST_SKEW_MS: u64 = 10 * 365 * 24 * 60 * 60 * 1_000;

/// Something that broke, and is to be mended.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Breakdown {
    /// No message passes between a browser and its channel.
    BrowserCut(usize),
    /// No message passes between a channel and headquarters.
    ChannelCut(usize),
    /// A channel's server is dead.
    ChannelDead(usize),
    /// Headquarters' server is dead.
    HeadquartersDead,
    /// A tab is dead, with all that was in its memory.
    TabDead(usize, usize),
    /// Somebody else answers what a browser sends.
    Portal(usize),
    /// A register's session has ended.
    SignedOut(usize),
    /// Headquarters has deactivated a register.
    Deactivated(usize),
    /// Headquarters takes its time for every answer.
    HeadquartersSlow,
    /// A job is paused.
    JobPaused(Job),
}

/// A recurring job. Those of the channels are paused in one of them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    /// P-0001: a channel pushes.
    Push(usize),
    /// Headquarters converts.
    Synchronize,
    /// 1010, 1070 and 1110: a channel pulls.
    Pull(usize),
}

/// Kinds of breakdowns.
pub(crate) const KINDS: usize = 18;

impl World {
    /// Breaks something, and sees to the next time.
    pub(crate) fn breaks(&mut self) -> Result<()> {
        if self.is_evening || self.faults.breakdown_each_ms == 0 {
            return Ok(());
        }
        self.soon(1, 2 * self.faults.breakdown_each_ms, Happening::Breaks);
        let (browsers, channels, kinds) = (self.browsers.len(), self.channels.len(), self.faults.kinds);
        let (kind, browser, channel, tab, mend_ms) = self.machine.draw(|random| {
            (
                random.weighted(&kinds),
                random.place(browsers),
                random.place(channels),
                random.place(2),
                random.below(LONGEST_MS),
            )
        });
        let breakdown = match kind {
            0 => Breakdown::BrowserCut(browser),
            1 => Breakdown::ChannelCut(channel),
            2 => Breakdown::ChannelDead(channel),
            3 => Breakdown::HeadquartersDead,
            4 | 5 => Breakdown::TabDead(browser, tab),
            6 => return self.change_lead(browser, tab),
            7 => return self.shift_clock(browser),
            8 => Breakdown::Portal(browser),
            9 => Breakdown::SignedOut(browser),
            // A register that is deactivated keeps nothing.
            10 if self.faults.forgetful.leaves_registers_alone() => return Ok(()),
            10 => Breakdown::Deactivated(browser),
            11 => return self.settings_change(channel),
            12 => return self.forgets(channel),
            13 => return self.evict(browser),
            // Somebody runs the job by hand.
            14 => return self.converts(),
            15 => Breakdown::HeadquartersSlow,
            16 => Breakdown::JobPaused(match tab {
                0 => Job::Synchronize,
                _ if browser == 0 => Job::Push(channel),
                _ => Job::Pull(channel),
            }),
            // And while it runs.
            _ => return self.converts_twice(),
        };
        self.note(format!("breaks: {breakdown:?}"));
        match breakdown {
            Breakdown::BrowserCut(browser) => self.browsers[browser].is_cut = true,
            Breakdown::ChannelCut(channel) => self.channels[channel].line.state().is_cut = true,
            Breakdown::ChannelDead(channel) => self.kill_channel(channel),
            Breakdown::HeadquartersDead => self.kill_headquarters(),
            Breakdown::TabDead(browser, tab) => {
                self.browsers[browser].tabs[tab].close();
                self.appoint_leader(browser);
            }
            Breakdown::Portal(browser) => self.browsers[browser].has_portal = true,
            Breakdown::SignedOut(browser) => self.sign(browser, None)?,
            Breakdown::Deactivated(browser) => self.set_deactivated(browser, true)?,
            Breakdown::HeadquartersSlow => self.set_slow(true),
            Breakdown::JobPaused(job) => self.set_paused(job, true),
        }
        self.after(mend_ms, Happening::Mends(breakdown));
        Ok(())
    }

    /// Mends what broke; what is well already stays as it is.
    pub(crate) fn mends(&mut self, breakdown: Breakdown) -> Result<()> {
        match breakdown {
            Breakdown::BrowserCut(browser) => self.browsers[browser].is_cut = false,
            Breakdown::ChannelCut(channel) => self.channels[channel].line.state().is_cut = false,
            Breakdown::ChannelDead(channel) if self.channels[channel].channel.is_none() => {
                self.start_channel(channel)?;
            }
            Breakdown::HeadquartersDead if self.headquarters.headquarters.is_none() => {
                self.start_headquarters()?;
            }
            Breakdown::TabDead(browser, tab) if self.browsers[browser].tabs[tab].register.is_none() => {
                self.open_tab(browser, tab)?;
            }
            Breakdown::Portal(browser) => self.browsers[browser].has_portal = false,
            Breakdown::SignedOut(browser) => self.sign(browser, Some("1001".into()))?,
            Breakdown::Deactivated(_) if self.headquarters.headquarters.is_none() => {
                self.after(1_000, Happening::Mends(breakdown));
            }
            Breakdown::Deactivated(browser) => self.set_deactivated(browser, false)?,
            Breakdown::HeadquartersSlow => self.set_slow(false),
            Breakdown::JobPaused(job) => self.set_paused(job, false),
            _ => {}
        }
        Ok(())
    }

    fn set_slow(&mut self, is_slow: bool) {
        for place in &self.channels {
            place.line.state().is_slow = is_slow;
        }
    }

    fn set_paused(&mut self, job: Job, is_paused: bool) {
        match job {
            Job::Push(no) => self.channels[no].pushes_are_paused = is_paused,
            Job::Pull(no) => self.channels[no].pulls_are_paused = is_paused,
            Job::Synchronize => {
                self.headquarters.is_paused = is_paused;
                let life = self.headquarters.life;
                self.after(1, Happening::Converts(life));
            }
        }
    }

    fn set_deactivated(&mut self, browser: usize, deactivated: bool) -> Result<()> {
        let Some(headquarters) = self.headquarters.headquarters.clone() else { return Ok(()) };
        let register = &self.browsers[browser].device.register;
        self.runtime.block_on(headquarters.set_deactivated(register, deactivated, "admin"))?;
        Ok(())
    }

    fn sign(&mut self, browser: usize, operator: Option<OperatorId>) -> Result<()> {
        for tab in 0..self.browsers[browser].tabs.len() {
            let at = TabAt { browser, tab, life: self.browsers[browser].tabs[tab].life };
            self.tab_event(at, Event::OperatorChanged(operator.clone()))?;
        }
        Ok(())
    }

    fn shift_clock(&mut self, browser: usize) -> Result<()> {
        let skew = self.machine.draw(|random| random.below(2 * MOST_SKEW_MS));
        let skew = i64::try_from(skew).unwrap_or_default();
        self.browsers[browser].wall_skew_ms = skew - i64::try_from(MOST_SKEW_MS).unwrap_or_default();
        self.note(format!("the clock of browser {browser} jumps"));
        Ok(())
    }

    /// Everything is mended, and nothing more goes wrong.
    pub(crate) fn mend_all(&mut self) -> Result<()> {
        let forgetful = self.faults.forgetful;
        self.faults = crate::faults::Faults { forgetful, ..Default::default() };
        for no in 0..self.channels.len() {
            self.channels[no].line.state().faults = self.faults;
            self.mends(Breakdown::ChannelCut(no))?;
            self.mends(Breakdown::JobPaused(Job::Push(no)))?;
            self.mends(Breakdown::JobPaused(Job::Pull(no)))?;
        }
        self.mends(Breakdown::HeadquartersDead)?;
        self.mends(Breakdown::HeadquartersSlow)?;
        self.mends(Breakdown::JobPaused(Job::Synchronize))?;
        for no in 0..self.channels.len() {
            self.mends(Breakdown::ChannelDead(no))?;
        }
        for browser in 0..self.browsers.len() {
            for breakdown in
                [Breakdown::BrowserCut, Breakdown::Portal, Breakdown::SignedOut, Breakdown::Deactivated]
            {
                self.mends(breakdown(browser))?;
            }
            for tab in 0..self.browsers[browser].tabs.len() {
                self.mends(Breakdown::TabDead(browser, tab))?;
            }
        }
        Ok(())
    }

    /// Another tab takes the lead. The one before may hear of it later, so that two lead for a while.
    fn change_lead(&mut self, browser: usize, tab: usize) -> Result<()> {
        let place = &mut self.browsers[browser];
        if place.tabs[tab].register.is_none() || place.leader == Some(tab) {
            return Ok(());
        }
        let before = place.leader.replace(tab);
        let life = place.tabs[tab].life;
        self.note(format!("tab {browser}.{tab} takes the lead"));
        if let Some(before) = before {
            let at = TabAt { browser, tab: before, life: self.browsers[browser].tabs[before].life };
            self.soon(0, 3_000, Happening::TabLeads(at, false));
        }
        self.tab_event(TabAt { browser, tab, life }, Event::Leads(true))
    }
}
