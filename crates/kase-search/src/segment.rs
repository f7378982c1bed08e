//! Many customers sorted once: documents are numbered in the order of folded name and customer id, so that
//! ties are in order by themselves. A segment never changes but for forgetting.

use kase_domain::CustomerId;

use crate::bits::Bits;
use crate::recent::Document;
use crate::table::{Table, TableBuilder};

/// An immutable part of the index.
#[derive(Debug)]
pub(crate) struct Segment {
    /// By document number.
    ids: Vec<CustomerId>,
    /// Document numbers in the order of their ids.
    by_id: Vec<u32>,
    /// Folded names one after the other, by document number.
    names: String,
    /// Where each name ends.
    name_ends: Vec<u32>,
    table: Table,
    /// Documents that were removed, or came again and stand elsewhere.
    gone: Bits,
    gone_count: usize,
}

impl Segment {
    pub(crate) fn build(mut documents: Vec<Document>) -> Self {
        documents.sort_unstable_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        let mut pairs: Vec<(&[u8], u32)> = (0u32..)
            .zip(&documents)
            .flat_map(|(number, document)| document.terms.iter().map(move |term| (&**term, number)))
            .collect();
        pairs.sort_unstable();
        let mut builder = TableBuilder::default();
        let mut numbers = Vec::new();
        for same in pairs.chunk_by(|a, b| a.0 == b.0) {
            numbers.clear();
            numbers.extend(same.iter().map(|(_, number)| *number));
            builder.push(same[0].0, &numbers);
        }
        let mut segment = Self::empty(documents.len());
        documents.iter().for_each(|document| segment.append(document.id, &document.name));
        segment.finish(builder)
    }

    /// One segment instead of several; what was forgotten is left out.
    pub(crate) fn merge(parts: &[Self]) -> Self {
        let total = parts.iter().map(Self::alive).sum();
        let mut segment = Self::empty(total);
        let mut renumbered: Vec<Vec<u32>> = parts.iter().map(|part| vec![GONE; part.ids.len()]).collect();
        let mut heads = vec![0u32; parts.len()];
        loop {
            for (part, head) in parts.iter().zip(&mut heads) {
                while (*head as usize) < part.ids.len() && part.gone.contains(*head) {
                    *head += 1;
                }
            }
            let ahead = (0..parts.len()).filter(|&at| (heads[at] as usize) < parts[at].ids.len());
            let Some(first) = ahead.min_by_key(|&at| (parts[at].name(heads[at]), parts[at].id(heads[at])))
            else {
                break;
            };
            renumbered[first][heads[first] as usize] = segment.ids.len() as u32;
            segment.append(parts[first].id(heads[first]), parts[first].name(heads[first]));
            heads[first] += 1;
        }
        segment.finish(merge_tables(parts, &renumbered))
    }

    fn empty(capacity: usize) -> Self {
        Self {
            ids: Vec::with_capacity(capacity),
            by_id: Vec::new(),
            names: String::new(),
            name_ends: Vec::with_capacity(capacity),
            table: Table::default(),
            gone: Bits::default(),
            gone_count: 0,
        }
    }

    fn append(&mut self, id: CustomerId, name: &str) {
        self.ids.push(id);
        self.names.push_str(name);
        self.name_ends.push(self.names.len() as u32);
    }

    fn finish(mut self, builder: TableBuilder) -> Self {
        self.by_id = (0..self.ids.len() as u32).collect();
        self.by_id.sort_unstable_by_key(|&number| self.ids[number as usize]);
        self.names.shrink_to_fit();
        self.gone = Bits::empty(self.ids.len());
        self.table = builder.finish();
        self
    }

    /// How many documents are not forgotten.
    pub(crate) fn alive(&self) -> usize {
        self.ids.len() - self.gone_count
    }

    pub(crate) fn id(&self, number: u32) -> CustomerId {
        self.ids[number as usize]
    }

    /// The folded name.
    pub(crate) fn name(&self, number: u32) -> &str {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.name_ends[at - 1] as usize };
        &self.names[start..self.name_ends[at] as usize]
    }

    /// Forgets a customer; true when it stood here.
    pub(crate) fn forget(&mut self, id: CustomerId) -> bool {
        let Ok(at) = self.by_id.binary_search_by_key(&id, |&number| self.id(number)) else { return false };
        let number = self.by_id[at];
        let stood = !self.gone.contains(number);
        if stood {
            self.gone.insert(number);
            self.gone_count += 1;
        }
        stood
    }

    /// All documents that are not forgotten.
    pub(crate) fn all(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.ids.len() as u32).filter(|&number| !self.gone.contains(number))
    }

    /// Documents with a term that begins with one of `prefixes`.
    pub(crate) fn with_prefixes<'p>(&self, prefixes: impl IntoIterator<Item = &'p [u8]>) -> Bits {
        let mut bits = Bits::empty(self.ids.len());
        for prefix in prefixes {
            self.table.visit_prefix(prefix, |number| bits.insert(number));
        }
        bits.subtract(&self.gone);
        bits
    }

    /// Documents with exactly this term.
    pub(crate) fn with_term(&self, term: &[u8]) -> Bits {
        let mut bits = Bits::empty(self.ids.len());
        self.table.visit_term(term, |number| bits.insert(number));
        bits.subtract(&self.gone);
        bits
    }

    /// How many bytes it takes.
    pub(crate) fn size_bytes(&self) -> usize {
        self.ids.capacity() * size_of::<CustomerId>()
            + (self.by_id.capacity() + self.name_ends.capacity()) * size_of::<u32>()
            + self.names.capacity()
            + self.ids.len() / 8
            + self.table.size_bytes()
    }
}

/// The new number of a document that is left out.
const GONE: u32 = u32::MAX;

fn merge_tables(parts: &[Segment], renumbered: &[Vec<u32>]) -> TableBuilder {
    let mut builder = TableBuilder::default();
    let mut cursors: Vec<_> = parts.iter().map(|part| part.table.cursor()).collect();
    let mut open: Vec<bool> = cursors.iter_mut().map(|cursor| cursor.next()).collect();
    let mut term = Vec::new();
    let mut numbers = Vec::new();
    loop {
        let ahead = cursors.iter().zip(&open).filter(|(_, open)| **open);
        let Some(least) = ahead.map(|(cursor, _)| cursor.term()).min() else { return builder };
        term.clear();
        term.extend_from_slice(least);
        numbers.clear();
        for (at, cursor) in cursors.iter_mut().enumerate() {
            if open[at] && cursor.term() == term {
                let renumbered = cursor.documents().map(|number| renumbered[at][number as usize]);
                numbers.extend(renumbered.filter(|&number| number != GONE));
                open[at] = cursor.next();
            }
        }
        if !numbers.is_empty() {
            numbers.sort_unstable();
            builder.push(&term, &numbers);
        }
    }
}
