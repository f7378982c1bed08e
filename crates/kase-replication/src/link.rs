//! The link to the place above: when to push, when to pull, when to wait. It decides and never acts; whoever
//! drives it performs the effects and reports back what came of them.

use kase_domain::Timestamp;

use crate::Backoff;

/// The link of a register to its channel, or of a channel to headquarters.
#[derive(Debug, Default)]
pub struct Link {
    push: Lane,
    pull: Lane,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkEvent {
    /// Something was recorded in the outbox, or became ready to be sent.
    Recorded,
    /// The place above says that there is something to pull.
    ChangesHinted,
    /// The place above answers again, or the link has just begun: everything is worth a try.
    Reached,
    /// A person asks for a try now.
    RetryRequested,
    /// The push was answered and its results are stored. `more`: operations are still ready to be sent.
    Pushed {
        /// Whether operations are still ready to be sent.
        more: bool,
    },
    /// The push failed.
    PushFailed(Failure),
    /// The pull was answered and its changes are stored.
    Pulled {
        /// Whether there is more to pull at once.
        more: bool,
    },
    /// The pull failed.
    PullFailed(Failure),
    /// Time has passed, at least to the last [`LinkEffect::WakeAt`].
    TimePassed,
}

/// Why an exchange failed, as far as the next try depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// No answer, or one that says to come back later.
    Unreachable,
    /// The place above does not accept this place's credential, or its version: a person must help. It is
    /// tried again all the same, at the longest wait.
    Rejected,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkEffect {
    /// Send the next batch of the outbox, store the results, report.
    Push,
    /// Ask for the changes after the cursor, store them, report.
    Pull,
    /// Report [`LinkEvent::TimePassed`] then. A later one replaces it.
    WakeAt(Timestamp),
}

impl Link {
    /// Takes an event at `now`; `random` spreads the waits.
    pub fn handle(&mut self, event: LinkEvent, now: Timestamp, random: u64) -> Vec<LinkEffect> {
        match event {
            LinkEvent::Recorded => self.push.want(),
            LinkEvent::ChangesHinted => self.pull.want(),
            LinkEvent::Reached | LinkEvent::RetryRequested => {
                self.push.want_now();
                self.pull.want_now();
            }
            LinkEvent::Pushed { more } => self.push.succeed(more),
            LinkEvent::Pulled { more } => self.pull.succeed(more),
            LinkEvent::PushFailed(failure) => self.push.fail(failure, now, random),
            LinkEvent::PullFailed(failure) => self.pull.fail(failure, now, random),
            LinkEvent::TimePassed => {}
        }
        let mut effects = Vec::new();
        if self.push.start(now) {
            effects.push(LinkEffect::Push);
        }
        if self.pull.start(now) {
            effects.push(LinkEffect::Pull);
        }
        effects
            .extend(self.push.wake_at().into_iter().chain(self.pull.wake_at()).min().map(LinkEffect::WakeAt));
        effects
    }

    /// When [`LinkEvent::TimePassed`] matters next.
    pub fn wake_at(&self) -> Option<Timestamp> {
        self.push.wake_at().into_iter().chain(self.pull.wake_at()).min()
    }

    /// Failed pushes in a row.
    pub fn failed_pushes(&self) -> u32 {
        self.push.backoff.failures()
    }
}

/// One direction: at most one exchange at a time.
#[derive(Debug, Default)]
struct Lane {
    wanted: bool,
    busy: bool,
    not_before: Option<Timestamp>,
    backoff: Backoff,
}

impl Lane {
    fn want(&mut self) {
        self.wanted = true;
    }

    fn want_now(&mut self) {
        self.wanted = true;
        self.not_before = None;
    }

    fn succeed(&mut self, more: bool) {
        self.busy = false;
        self.not_before = None;
        self.backoff.succeed();
        self.wanted |= more;
    }

    fn fail(&mut self, failure: Failure, now: Timestamp, random: u64) {
        self.busy = false;
        self.wanted = true;
        let wait_ms = self.backoff.fail(random);
        let wait_ms = if failure == Failure::Rejected { crate::LONGEST_WAIT_MS } else { wait_ms };
        self.not_before = Some(now.plus_ms(wait_ms));
    }

    fn start(&mut self, now: Timestamp) -> bool {
        let due = self.not_before.is_none_or(|at| at <= now);
        let starts = self.wanted && !self.busy && due;
        if starts {
            self.wanted = false;
            self.busy = true;
            self.not_before = None;
        }
        starts
    }

    fn wake_at(&self) -> Option<Timestamp> {
        self.not_before.filter(|_| self.wanted && !self.busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use LinkEffect::{Pull, Push, WakeAt};

    const NOW: Timestamp = Timestamp(1_000_000);

    #[test]
    fn what_is_recorded_is_pushed_one_batch_at_a_time() {
        let mut link = Link::default();
        assert_eq!(link.handle(LinkEvent::Recorded, NOW, 0), [Push]);
        assert_eq!(link.handle(LinkEvent::Recorded, NOW, 0), []);
        assert_eq!(
            link.handle(LinkEvent::Pushed { more: false }, NOW, 0),
            [Push],
            "recorded while the push was under way"
        );
        assert_eq!(link.handle(LinkEvent::Pushed { more: true }, NOW, 0), [Push]);
        assert_eq!(link.handle(LinkEvent::Pushed { more: false }, NOW, 0), []);
    }

    #[test]
    fn a_failure_waits_and_a_connection_ends_the_wait() {
        let mut link = Link::default();
        link.handle(LinkEvent::Recorded, NOW, 0);
        let effects = link.handle(LinkEvent::PushFailed(Failure::Unreachable), NOW, 0);
        assert_eq!(effects, [WakeAt(NOW.plus_ms(250))]);
        assert_eq!(link.handle(LinkEvent::Recorded, NOW, 0), [WakeAt(NOW.plus_ms(250))]);
        assert_eq!(link.handle(LinkEvent::TimePassed, NOW.plus_ms(250), 0), [Push]);
        link.handle(LinkEvent::PushFailed(Failure::Unreachable), NOW, 0);
        assert_eq!(link.handle(LinkEvent::Reached, NOW, 0), [Push, Pull]);
    }

    #[test]
    fn pulling_goes_on_while_pushing_waits() {
        let mut link = Link::default();
        link.handle(LinkEvent::Recorded, NOW, 0);
        link.handle(LinkEvent::PushFailed(Failure::Rejected), NOW, 0);
        let effects = link.handle(LinkEvent::ChangesHinted, NOW, 0);
        assert_eq!(effects, [Pull, WakeAt(NOW.plus_ms(crate::LONGEST_WAIT_MS))]);
        assert_eq!(link.handle(LinkEvent::Pulled { more: true }, NOW, 0)[0], Pull);
    }
}
