//! The index: a few segments that never change, and a small recent part that becomes one when it is full.
//! Segments of like size are merged, so that there are never many.

use kase_domain::CustomerId;

use crate::bits::Bits;
use crate::plan::{CallingCodes, Plan, Rank, learn_calling_code};
use crate::recent::Document;
use crate::segment::Segment;
use crate::term::phones;
use crate::{Entry, Query};

/// Documents that are looked through one by one at each key; the time for it stays far below a millisecond.
const MOST_RECENT: usize = 512;

/// How many segments of like size are merged into one of the next size.
const MERGED_SEGMENTS: usize = 4;

/// Customers, ready to be found.
#[derive(Debug, Default)]
pub struct Index {
    pub(crate) segments: Vec<Segment>,
    pub(crate) recent: Vec<Document>,
    codes: CallingCodes,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// All customers that match, shown or not.
    pub total: usize,
    /// The best, in order.
    pub hits: Vec<Hit>,
}

/// A customer that was found. What to mark says [`Query::matched_in`] once the customer is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Who it is.
    pub customer_id: CustomerId,
    /// How many words of the query it meets.
    pub words_met: usize,
}

impl Index {
    /// How many customers it holds.
    pub fn len(&self) -> usize {
        self.recent.len() + self.segments.iter().map(Segment::alive).sum::<usize>()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes a customer in, in place of what was known of it.
    pub fn upsert(&mut self, entry: &Entry<'_>) {
        self.remove(entry.customer_id);
        self.take(entry);
        if self.recent.len() >= MOST_RECENT {
            self.settle();
        }
    }

    /// Takes many customers in at once, which is quicker than one by one.
    pub fn extend<'a>(&mut self, entries: impl IntoIterator<Item = Entry<'a>>) {
        for entry in entries {
            self.remove_settled(entry.customer_id);
            self.take(&entry);
        }
        // Of those that were recent before, the newer one stands last.
        let mut seen = std::collections::HashSet::new();
        let mut newest: Vec<Document> = Vec::with_capacity(self.recent.len());
        newest.extend(
            std::mem::take(&mut self.recent).into_iter().rev().filter(|document| seen.insert(document.id)),
        );
        self.recent = newest;
        if self.recent.len() >= MOST_RECENT {
            self.settle();
        }
    }

    /// Forgets a customer; true when it was known.
    pub fn remove(&mut self, id: CustomerId) -> bool {
        if let Some(at) = self.recent.iter().position(|document| document.id == id) {
            self.recent.swap_remove(at);
            return true;
        }
        self.remove_settled(id)
    }

    /// Forgets everybody.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The customers that match, the best `limit` of them in order.
    pub fn search(&self, query: &Query, limit: usize) -> Found {
        let plan = Plan::new(query, &self.codes);
        let mut total = 0;
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for segment in &self.segments {
            let (count, best) = search_segment(segment, &plan, limit);
            total += count;
            candidates.extend(best.into_iter().map(|(rank, number)| Candidate {
                rank,
                name: segment.name(number),
                id: segment.id(number),
            }));
        }
        for document in &self.recent {
            if let Some(rank) = plan.rank(|prefix| document.has_prefix(&prefix.bytes)) {
                total += 1;
                candidates.push(Candidate { rank, name: &document.name, id: document.id });
            }
        }
        candidates.sort_unstable_by(|a, b| b.rank.cmp(&a.rank).then((a.name, a.id).cmp(&(b.name, b.id))));
        candidates.truncate(limit);
        let hit = |found: Candidate<'_>| Hit { customer_id: found.id, words_met: found.rank.words };
        Found { total, hits: candidates.into_iter().map(hit).collect() }
    }

    /// How many bytes the settled part takes; what came lately is small.
    pub fn size_bytes(&self) -> usize {
        self.segments.iter().map(Segment::size_bytes).sum()
    }

    fn take(&mut self, entry: &Entry<'_>) {
        phones(entry.customer).for_each(|phone| learn_calling_code(&mut self.codes, phone));
        self.recent.push(Document::new(entry));
    }

    fn remove_settled(&mut self, id: CustomerId) -> bool {
        self.segments.iter_mut().any(|segment| segment.forget(id))
    }

    /// Makes a segment of what is recent, and merges where there are too many of a size.
    fn settle(&mut self) {
        self.segments.push(Segment::build(std::mem::take(&mut self.recent)));
        self.segments.retain(|segment| segment.alive() > 0);
        while let Some(size) = self.crowded_size() {
            let parts: Vec<Segment> =
                self.segments.extract_if(.., |segment| size_class(segment) == size).collect();
            self.segments.push(Segment::merge(&parts));
        }
    }

    /// A size of which there are too many segments, the smallest first.
    fn crowded_size(&self) -> Option<u32> {
        let sizes: Vec<u32> = self.segments.iter().map(size_class).collect();
        let crowded = |size: &&u32| sizes.iter().filter(|other| other == size).count() >= MERGED_SEGMENTS;
        sizes.iter().filter(crowded).min().copied()
    }
}

/// Powers of [`MERGED_SEGMENTS`]: merging that many of one size makes one of the next. Those with much that
/// was forgotten count as what they still hold, so that they are merged soon.
fn size_class(segment: &Segment) -> u32 {
    (segment.alive() / MOST_RECENT).max(1).ilog(MERGED_SEGMENTS)
}

struct Candidate<'a> {
    rank: Rank,
    name: &'a str,
    id: CustomerId,
}

/// How many documents match, and the best `limit` of them: document numbers are in the order of ties.
fn search_segment(segment: &Segment, plan: &Plan, limit: usize) -> (usize, Vec<(Rank, u32)>) {
    if plan.everybody {
        let best = segment.all().take(limit).map(|number| (Rank::default(), number));
        return (segment.alive(), best.collect());
    }
    let Matching { all, names } = matching(segment, plan);
    let mut any = all.clone();
    names.iter().for_each(|bits| any.union(bits));

    let best_names = names.len();
    let levels = (plan.word_count + 1) * (best_names + 1);
    let mut by_level: Vec<Vec<u32>> = vec![Vec::new(); levels];
    for number in any.iter() {
        let names_met = names.iter().filter(|bits| bits.contains(number)).count();
        let words = if all.contains(number) { plan.word_count } else { names_met };
        let level = &mut by_level[words * (best_names + 1) + names_met];
        if level.len() < limit {
            level.push(number);
        }
    }
    let rank = |level: usize| Rank { words: level / (best_names + 1), names: level % (best_names + 1) };
    let ordered = by_level.into_iter().enumerate().rev();
    let best =
        ordered.flat_map(|(level, numbers)| numbers.into_iter().map(move |number| (rank(level), number)));
    (any.count(), best.take(limit).collect())
}

/// The documents that meet all of the query, and those whose names meet each of its words.
struct Matching {
    all: Bits,
    names: Vec<Bits>,
}

fn matching(segment: &Segment, plan: &Plan) -> Matching {
    let mut names = Vec::new();
    let mut all: Option<Bits> = None;
    for token in &plan.tokens {
        let mut words: Option<Bits> = None;
        for word in &token.words {
            let name = segment.with_prefixes(word.name.iter().map(|prefix| &*prefix.bytes));
            let mut either = segment.with_prefixes(word.address.iter().map(|prefix| &*prefix.bytes));
            either.union(&name);
            names.push(name);
            words = Some(both(words, either));
        }
        let mut met = segment.with_prefixes(token.values.iter().map(|prefix| &*prefix.bytes));
        words.iter().for_each(|words| met.union(words));
        all = Some(both(all, met));
    }
    let mut whole = segment.with_prefixes(plan.whole.iter().map(|prefix| &*prefix.bytes));
    all.iter().for_each(|all| whole.union(all));
    Matching { all: whole, names }
}

fn both(one: Option<Bits>, mut other: Bits) -> Bits {
    one.iter().for_each(|one| other.intersect(one));
    other
}
