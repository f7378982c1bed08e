//! How much goes wrong: probabilities that each run draws anew, so that some runs are calm in one respect and
//! wild in another.

use crate::breakdown::KINDS;
use crate::random::Random;
use crate::restore::Forgetful;

/// Probabilities in thousandths, and how often something breaks altogether.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    /// A message never arrives.
    pub(crate) dropped: u64,
    /// A message or an answer takes its time, up to longer than anybody waits for it.
    pub(crate) delayed: u64,
    /// The message arrives, and its answer does not.
    pub(crate) answer_lost: u64,
    /// The message arrives twice.
    pub(crate) duplicated: u64,
    /// A message or its answer takes so long that later ones overtake it, and is still in time.
    pub(crate) overtaken: u64,
    /// Somebody else answers.
    pub(crate) portal: u64,
    /// A server is killed while it works at a request.
    pub(crate) killed_inside: u64,
    /// A store refuses a write.
    pub(crate) store_refuses: u64,
    /// Milliseconds between two breakdowns, on the average; none with 0.
    pub(crate) breakdown_each_ms: u64,
    /// A server's disk is full while it works at a request.
    pub(crate) disk_full: u64,
    /// How likely each kind of breakdown is beside the others.
    pub(crate) kinds: [u64; KINDS],
    /// Who comes back from backups.
    pub(crate) forgetful: Forgetful,
}

impl Faults {
    pub(crate) fn draw(random: &mut Random) -> Self {
        let forgetful = Forgetful::draw(random);
        let mut up_to = |most: u64| if random.chance(300) { 0 } else { random.below(most) };
        Self {
            dropped: up_to(200),
            delayed: up_to(200),
            answer_lost: up_to(200),
            duplicated: up_to(200),
            overtaken: up_to(200),
            portal: up_to(50),
            killed_inside: up_to(20),
            store_refuses: up_to(60),
            breakdown_each_ms: up_to(12_000),
            disk_full: up_to(20),
            kinds: std::array::from_fn(|_| up_to(10)),
            forgetful,
        }
    }
}

/// A kind of fault by name, and where a run keeps how much of it there is. A failing run is shrunk by leaving kinds
/// out one by one, so every field stands here.
pub(crate) type Kind = (&'static str, fn(&mut Faults) -> &mut u64);

impl Faults {
    pub(crate) const KINDS: [Kind; 17] = [
        ("dropped messages", |faults| &mut faults.dropped),
        ("delayed messages", |faults| &mut faults.delayed),
        ("lost answers", |faults| &mut faults.answer_lost),
        ("doubled messages", |faults| &mut faults.duplicated),
        ("overtaking messages", |faults| &mut faults.overtaken),
        ("portals that answer", |faults| &mut faults.portal),
        ("servers killed at their work", |faults| &mut faults.killed_inside),
        ("full disks", |faults| &mut faults.disk_full),
        ("refused writes", |faults| &mut faults.store_refuses),
        ("breakdowns", |faults| &mut faults.breakdown_each_ms),
        ("deactivations", |faults| &mut faults.kinds[10]),
        ("changed settings", |faults| &mut faults.kinds[11]),
        ("restores", |faults| &mut faults.kinds[12]),
        ("evictions", |faults| &mut faults.kinds[13]),
        ("slow headquarters", |faults| &mut faults.kinds[15]),
        ("paused jobs", |faults| &mut faults.kinds[16]),
        ("jobs that run twice", |faults| &mut faults.kinds[17]),
    ];

    /// Without the kinds at these places of [`Self::KINDS`].
    pub(crate) fn without(mut self, kinds: &[usize]) -> Self {
        for (_, of) in kinds.iter().filter_map(|kind| Self::KINDS.get(*kind)) {
            *of(&mut self) = 0;
        }
        self
    }
}

/// What becomes of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrives, and so does its answer.
    Fine,
    /// It never arrives.
    Dropped,
    /// It arrives long after it was sent.
    Late,
    /// It arrives; the answer is lost.
    AnswerLost,
    /// It arrives twice; the second answer is nobody's.
    Twice,
    /// It takes its time, and arrives within the limit.
    Overtaken,
    /// It never arrives, and somebody else answers at once.
    Portal,
}

impl Faults {
    pub(crate) fn fate(&self, random: &mut Random) -> Fate {
        let mut drawn = random.below(1_000);
        let fates = [
            (self.dropped, Fate::Dropped),
            (self.delayed, Fate::Late),
            (self.answer_lost, Fate::AnswerLost),
            (self.duplicated, Fate::Twice),
            (self.overtaken, Fate::Overtaken),
            (self.portal, Fate::Portal),
        ];
        for (permille, fate) in fates {
            if drawn < permille {
                return fate;
            }
            drawn -= permille;
        }
        Fate::Fine
    }
}
