//! The sorted table of terms, each with the documents that have it: one run of bytes, in which a term says
//! only how it goes on after the one before, and documents are told by their distances. Never changed once
//! built.

/// Terms between two that are written whole, where a search can begin to read.
const BLOCK_TERMS: usize = 16;

/// Terms in ascending order, with their documents in ascending order.
#[derive(Debug, Default)]
pub(crate) struct Table {
    bytes: Vec<u8>,
    /// Where each block begins.
    blocks: Vec<u32>,
}

/// Writes a table.
#[derive(Debug, Default)]
pub(crate) struct TableBuilder {
    table: Table,
    last: Vec<u8>,
    terms: usize,
    distances: Vec<u8>,
}

impl TableBuilder {
    /// Appends a term, greater than all before, with its documents in ascending order.
    pub(crate) fn push(&mut self, term: &[u8], documents: &[u32]) {
        let bytes = &mut self.table.bytes;
        let begins_block = self.terms.is_multiple_of(BLOCK_TERMS);
        if begins_block {
            // Bounded: a table of 4 GiB does not fit into a browser's memory.
            self.table.blocks.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        }
        let shared =
            if begins_block { 0 } else { term.iter().zip(&self.last).take_while(|(a, b)| a == b).count() };
        write_number(bytes, shared as u32);
        write_number(bytes, (term.len() - shared) as u32);
        bytes.extend_from_slice(&term[shared..]);
        write_number(bytes, documents.len() as u32);
        self.distances.clear();
        let mut before = 0;
        for &document in documents {
            write_number(&mut self.distances, document - before);
            before = document;
        }
        if documents.len() != 1 {
            write_number(bytes, self.distances.len() as u32);
        }
        bytes.extend_from_slice(&self.distances);
        self.last.clear();
        self.last.extend_from_slice(term);
        self.terms += 1;
    }

    pub(crate) fn finish(mut self) -> Table {
        self.table.bytes.shrink_to_fit();
        self.table.blocks.shrink_to_fit();
        self.table
    }
}

impl Table {
    /// Reads from the first term on.
    pub(crate) fn cursor(&self) -> Cursor<'_> {
        Cursor { rest: &self.bytes, term: Vec::new(), count: 0, documents: &[] }
    }

    /// Calls `visit` with each document of each term that begins with `prefix`; a document may come repeatedly.
    pub(crate) fn visit_prefix(&self, prefix: &[u8], mut visit: impl FnMut(u32)) {
        let mut cursor = self.seek(prefix);
        while cursor.next() && cursor.term().starts_with(prefix) {
            cursor.documents().for_each(&mut visit);
        }
    }

    /// Calls `visit` with each document of exactly this term.
    pub(crate) fn visit_term(&self, term: &[u8], visit: impl FnMut(u32)) {
        let mut cursor = self.seek(term);
        if cursor.next() && cursor.term() == term {
            cursor.documents().for_each(visit);
        }
    }

    /// A cursor whose next term is the first that is not less than `from`.
    fn seek(&self, from: &[u8]) -> Cursor<'_> {
        let at = |&start: &u32| {
            let mut cursor = Cursor { rest: &self.bytes[start as usize..], ..self.cursor() };
            cursor.next();
            cursor.term() < from
        };
        let block = self.blocks.partition_point(at).saturating_sub(1);
        let start = self.blocks.get(block).map_or(0, |&start| start as usize);
        let mut cursor = Cursor { rest: &self.bytes[start..], ..self.cursor() };
        loop {
            let before = Cursor { term: cursor.term.clone(), ..cursor };
            if !cursor.next() || cursor.term() >= from {
                return before;
            }
        }
    }

    /// How many bytes it takes.
    pub(crate) fn size_bytes(&self) -> usize {
        self.bytes.capacity() + self.blocks.capacity() * size_of::<u32>()
    }
}

/// Reads a table term by term.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    rest: &'a [u8],
    term: Vec<u8>,
    count: u32,
    documents: &'a [u8],
}

impl<'a> Cursor<'a> {
    /// Moves to the next term; false at the end.
    pub(crate) fn next(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        let shared = read_number(&mut self.rest) as usize;
        let length = read_number(&mut self.rest) as usize;
        let (tail, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.term.truncate(shared);
        self.term.extend_from_slice(tail);
        self.count = read_number(&mut self.rest);
        if self.count == 1 {
            let mut after = self.rest;
            read_number(&mut after);
            let (documents, rest) = self.rest.split_at(self.rest.len() - after.len());
            (self.documents, self.rest) = (documents, rest);
        } else {
            let length = read_number(&mut self.rest) as usize;
            (self.documents, self.rest) = self.rest.split_at(length);
        }
        true
    }

    /// The term it stands on.
    pub(crate) fn term(&self) -> &[u8] {
        &self.term
    }

    /// The documents of that term, in ascending order.
    pub(crate) fn documents(&self) -> impl Iterator<Item = u32> + use<'a> {
        let mut rest = self.documents;
        let mut document = 0;
        (0..self.count).map(move |_| {
            document += read_number(&mut rest);
            document
        })
    }
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn write_number(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn read_number(bytes: &mut &[u8]) -> u32 {
    let mut number = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        number |= u32::from(byte & 0x7F) << (7 * at);
        if byte < 0x80 {
            *bytes = &bytes[at + 1..];
            return number;
        }
    }
    // Only a table that was not written here could end within a number.
    *bytes = &[];
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(terms: &[(String, Vec<u32>)]) -> Table {
        let mut builder = TableBuilder::default();
        for (term, documents) in terms {
            builder.push(term.as_bytes(), documents);
        }
        builder.finish()
    }

    fn found(table: &Table, prefix: &str) -> Vec<u32> {
        let mut found = Vec::new();
        table.visit_prefix(prefix.as_bytes(), |document| found.push(document));
        found
    }

    #[test]
    fn every_prefix_finds_the_documents_of_its_terms() {
        let terms: Vec<(String, Vec<u32>)> =
            (0..1_000u32).map(|n| (format!("{:04}", n * 7), vec![n, n + 300, n + 100_000])).collect();
        let table = table(&terms);
        for prefix in ["", "0", "00", "0007", "0014", "35", "6993", "7", "69930", "0001"] {
            let expected: Vec<u32> = terms
                .iter()
                .filter(|(term, _)| term.starts_with(prefix))
                .flat_map(|(_, documents)| documents.clone())
                .collect();
            assert_eq!(found(&table, prefix), expected, "{prefix}");
        }
        let mut exact = Vec::new();
        table.visit_term(b"0007", |document| exact.push(document));
        table.visit_term(b"000", |document| exact.push(document));
        assert_eq!(exact, [1, 301, 100_001]);
    }

    #[test]
    fn an_empty_table_finds_nothing() {
        assert!(found(&Table::default(), "").is_empty());
        assert!(found(&Table::default(), "a").is_empty());
    }

    #[test]
    fn numbers_of_every_size_are_read_as_written() {
        for number in [0, 1, 127, 128, 16_383, 16_384, u32::MAX] {
            let mut bytes = Vec::new();
            write_number(&mut bytes, number);
            assert_eq!(read_number(&mut bytes.as_slice()), number);
        }
    }
}
