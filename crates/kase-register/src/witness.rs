//! The witness: what this register remembers of its records outside of its database, in the browser's local storage
//! and at the channel. Should the database be deleted, it says how much was recorded, and what of that was lost.

use kase_domain::{ChannelId, OperationId, RegisterName, Timestamp};
use kase_replication::{MOST_WITNESSED, Remembered, Witness, Witnessed};
use serde::{Deserialize, Serialize};

use crate::register::Register;
use crate::{Connection, Effect, NewEntry, OutboxEntry, Progress};

/// The channel is told at most this often, in milliseconds: a customer that is created online is there already.
pub const WITNESS_EVERY_MS: u64 = 10_000;

/// What is kept beside the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptWitness {
    /// The register.
    pub register: RegisterName,
    /// Its channel.
    pub channel: ChannelId,
    /// Names the database that it is of; another one, or none, means that this one was deleted.
    pub database: String,
    /// The order of the last entry of the outbox that was counted.
    pub counted: u64,
    /// What was recorded.
    pub witness: Witness,
}

/// What a deleted database has cost, for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// It was an earlier browser's database: the channel remembers it, this browser does not.
    pub elsewhere: bool,
    /// How many operations had been recorded.
    pub recorded: u64,
    /// When those were recorded that nobody has, as far as that is known.
    pub lost_at: Vec<Timestamp>,
    /// How many more may be lost.
    pub beyond: u64,
    /// The channel was asked; what it does not have is lost.
    pub asked: bool,
    /// When the channel last heard of it.
    pub heard_at: Option<Timestamp>,
    /// What the channel is still to be asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_ask: Option<Witness>,
}

impl KeptWitness {
    /// That of a new database, which goes on counting where an earlier one ended.
    pub fn begun(
        register: RegisterName,
        channel: ChannelId,
        database: String,
        before: Option<&Witness>,
        references: u32,
    ) -> Self {
        let recorded = before.map_or(0, |before| before.recorded);
        let witness = Witness { recorded, references, ..Witness::default() };
        Self { register, channel, database, counted: 0, witness }
    }

    /// Takes over what the outbox holds: counts what is new, names what waits. Counting never goes back, so that
    /// it does not matter which tab comes last. `unread` is named already, and not in the outbox yet.
    fn follow<'a>(&mut self, outbox: impl Iterator<Item = &'a OutboxEntry>, unread: &[Witnessed]) {
        let mut waiting = unread.to_vec();
        for entry in outbox {
            if entry.order > self.counted {
                self.counted = entry.order;
                self.witness.recorded += u64::from(!self.names(entry.id));
            }
            if !matches!(entry.progress, Progress::Delivered(_)) {
                waiting.push(Witnessed { id: entry.id, recorded_at: entry.recorded_at });
            }
        }
        let beyond = waiting.len().saturating_sub(MOST_WITNESSED);
        waiting.truncate(MOST_WITNESSED);
        self.witness.waiting = waiting;
        self.witness.beyond = u64::try_from(beyond).unwrap_or(u64::MAX);
    }

    fn names(&self, id: OperationId) -> bool {
        self.witness.waiting.iter().any(|waiting| waiting.id == id)
    }

    /// What this tab and another know together.
    #[must_use]
    pub fn joined(self, kept: &Self) -> Self {
        if kept.database != self.database {
            return self;
        }
        let mut joined = self;
        joined.counted = joined.counted.max(kept.counted);
        joined.witness.recorded = joined.witness.recorded.max(kept.witness.recorded);
        joined.witness.references = joined.witness.references.max(kept.witness.references);
        joined
    }
}

impl Loss {
    /// What the database of `kept` has cost. `missing` is what the channel does not have, if it could be asked;
    /// `here` is what was recorded since.
    pub fn of(kept: &Witness, missing: Option<&[OperationId]>, here: &[OperationId]) -> Self {
        let is_lost = |waiting: &&Witnessed| {
            missing.is_none_or(|missing| missing.contains(&waiting.id)) && !here.contains(&waiting.id)
        };
        Self {
            elsewhere: false,
            recorded: kept.recorded,
            lost_at: kept.waiting.iter().filter(is_lost).map(|waiting| waiting.recorded_at).collect(),
            beyond: kept.beyond,
            asked: missing.is_some(),
            heard_at: None,
            to_ask: None,
        }
    }

    /// What an earlier browser had recorded and the channel does not have; none when nothing is missing.
    pub fn elsewhere(remembered: &Remembered, here: &[OperationId]) -> Option<Self> {
        let earlier = remembered.earlier.as_ref()?;
        let missing: Vec<OperationId> = earlier.waiting.iter().map(|waiting| waiting.id).collect();
        let loss = Self::of(earlier, Some(&missing), here);
        let loss = Self { elsewhere: true, heard_at: Some(remembered.told_at), ..loss };
        (loss.lost() > 0).then_some(loss)
    }

    /// How many are lost.
    pub fn lost(&self) -> u64 {
        u64::try_from(self.lost_at.len()).unwrap_or(u64::MAX).saturating_add(self.beyond)
    }

    /// How many the channel has.
    pub fn arrived(&self) -> u64 {
        self.recorded.saturating_sub(self.lost())
    }
}

/// The witness in the hands of a tab.
#[derive(Debug, Default)]
pub(crate) struct Witnessing {
    kept: Option<KeptWitness>,
    /// Recorded, counted and named, before its place in the outbox is known.
    unread: Vec<Witnessed>,
    told: Option<Witness>,
    telling: Option<Witness>,
    /// Not before then, by the steady clock.
    again_at: Timestamp,
}

impl Witnessing {
    pub(crate) fn begin(&mut self, kept: KeptWitness) {
        self.kept = Some(kept);
    }

    /// The database is gone: what is known of it stays as it is.
    pub(crate) fn end(&mut self) {
        self.kept = None;
    }

    /// A reference count was taken from the store.
    pub(crate) fn note_reference(&mut self, count: u32) -> Option<KeptWitness> {
        let kept = self.kept.as_mut().filter(|kept| kept.witness.references < count)?;
        kept.witness.references = count;
        Some(kept.clone())
    }

    fn change(&mut self, change: impl FnOnce(&mut KeptWitness, &mut Vec<Witnessed>)) -> Option<KeptWitness> {
        let kept = self.kept.as_mut()?;
        let before = kept.clone();
        change(kept, &mut self.unread);
        (before != *kept).then(|| kept.clone())
    }

    fn next(&mut self, now: Timestamp) -> Option<Witness> {
        let witness = self.untold()?.clone();
        if self.telling.is_some() || self.again_at > now {
            return None;
        }
        self.again_at = now.plus_ms(WITNESS_EVERY_MS);
        self.telling = Some(witness.clone());
        Some(witness)
    }

    fn untold(&self) -> Option<&Witness> {
        let kept = self.kept.as_ref()?;
        Some(&kept.witness).filter(|witness| self.told.as_ref() != Some(witness))
    }

    pub(crate) fn told(&mut self, worked: bool) {
        let told = self.telling.take();
        if worked {
            self.told = told;
        }
    }

    /// The channel is worth telling at once.
    pub(crate) fn hurry(&mut self) {
        self.again_at = Timestamp::default();
    }

    pub(crate) fn wake_at(&self) -> Option<Timestamp> {
        self.untold().filter(|_| self.telling.is_none()).map(|_| self.again_at)
    }
}

impl Register {
    /// Lets the witness follow the outbox.
    pub(crate) fn note_witness(&mut self, out: &mut Vec<Effect>) {
        let outbox = &self.outbox;
        let changed = self.witnessing.change(|kept, unread| kept.follow(outbox.entries(), unread));
        out.extend(changed.map(|kept| Effect::KeepWitness(Box::new(kept))));
    }

    /// The outbox has been read since the last recording.
    pub(crate) fn note_read_witness(&mut self, out: &mut Vec<Effect>) {
        self.witnessing.unread.retain(|unread| self.outbox.entry(unread.id).is_none());
        self.note_witness(out);
        self.witnessing.unread.clear();
    }

    /// Witnesses what was recorded before anybody is told that it is saved; the outbox itself is read after that.
    pub(crate) fn witness_recorded<'a>(
        &mut self,
        recorded: impl Iterator<Item = &'a NewEntry>,
        out: &mut Vec<Effect>,
    ) {
        let new = recorded.filter(|entry| self.outbox.entry(entry.id).is_none());
        let new = new.map(|entry| Witnessed { id: entry.id, recorded_at: entry.recorded_at });
        let changed = self.witnessing.change(|kept, unread| {
            for new in new.take(MOST_WITNESSED.saturating_sub(kept.witness.waiting.len())) {
                kept.witness.waiting.push(new);
                kept.witness.recorded += 1;
                unread.push(new);
            }
        });
        out.extend(changed.map(|kept| Effect::KeepWitness(Box::new(kept))));
    }

    /// Tells the channel, when this tab leads and there is news.
    pub(crate) fn tell_witness(&mut self, now: Timestamp, out: &mut Vec<Effect>) {
        if self.leads && self.connection() != Connection::Offline {
            out.extend(self.witnessing.next(now).map(Effect::TellWitness));
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn waiting(n: u128) -> Witnessed {
        Witnessed { id: OperationId(Uuid::from_u128(n)), recorded_at: Timestamp(i64::try_from(n).unwrap()) }
    }

    #[test]
    fn what_neither_the_channel_nor_a_later_record_has_is_lost() {
        let kept = Witness {
            recorded: 5,
            references: 4,
            waiting: vec![waiting(1), waiting(2), waiting(3)],
            beyond: 0,
        };
        let loss = Loss::of(&kept, Some(&[waiting(1).id, waiting(3).id]), &[waiting(3).id]);
        assert_eq!((loss.recorded, loss.arrived(), loss.lost_at), (5, 4, vec![Timestamp(1)]));
        let unasked = Loss::of(&kept, None, &[]);
        assert_eq!((unasked.lost(), unasked.asked), (3, false));
    }

    #[test]
    fn an_earlier_browser_that_had_delivered_everything_is_not_mentioned() {
        let earlier = Witness { recorded: 5, ..Witness::default() };
        let remembered = Remembered { references: 5, earlier: Some(earlier), told_at: Timestamp(7) };
        assert_eq!(Loss::elsewhere(&remembered, &[]), None);
        assert_eq!(Loss::elsewhere(&Remembered::default(), &[]), None);
        let earlier = Witness { recorded: 5, waiting: vec![waiting(2)], ..Witness::default() };
        let remembered = Remembered { earlier: Some(earlier), ..remembered };
        let loss = Loss::elsewhere(&remembered, &[]).unwrap();
        assert_eq!((loss.arrived(), loss.lost(), loss.heard_at), (4, 1, Some(Timestamp(7))));
        assert_eq!(Loss::elsewhere(&remembered, &[waiting(2).id]), None, "it is here");
    }
}
