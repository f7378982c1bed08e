//! A set of document numbers, one bit each.

/// Which documents of a segment are meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bits {
    blocks: Vec<u64>,
}

impl Bits {
    /// The empty set over `count` documents.
    pub(crate) fn empty(count: usize) -> Self {
        Self { blocks: vec![0; count.div_ceil(64)] }
    }

    pub(crate) fn insert(&mut self, document: u32) {
        if let Some(block) = self.blocks.get_mut(document as usize / 64) {
            *block |= 1 << (document % 64);
        }
    }

    pub(crate) fn contains(&self, document: u32) -> bool {
        self.blocks.get(document as usize / 64).is_some_and(|block| block >> (document % 64) & 1 == 1)
    }

    pub(crate) fn union(&mut self, other: &Self) {
        for (block, other) in self.blocks.iter_mut().zip(&other.blocks) {
            *block |= other;
        }
    }

    pub(crate) fn intersect(&mut self, other: &Self) {
        for (block, other) in self.blocks.iter_mut().zip(&other.blocks) {
            *block &= other;
        }
    }

    pub(crate) fn subtract(&mut self, other: &Self) {
        for (block, other) in self.blocks.iter_mut().zip(&other.blocks) {
            *block &= !other;
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.blocks.iter().map(|block| block.count_ones() as usize).sum()
    }

    /// The documents, in ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).step_by(64).zip(&self.blocks).flat_map(|(first, &block)| {
            let mut rest = block;
            std::iter::from_fn(move || {
                let at = rest.trailing_zeros();
                (rest != 0).then(|| {
                    rest &= rest - 1;
                    first + at
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_inserted_in_ascending_order() {
        let mut bits = Bits::empty(200);
        for document in [199, 0, 64, 63, 128, 0] {
            bits.insert(document);
        }
        assert_eq!(bits.iter().collect::<Vec<_>>(), [0, 63, 64, 128, 199]);
        assert_eq!(bits.count(), 5);
        assert!(bits.contains(64) && !bits.contains(65) && !bits.contains(9_999));
    }
}
