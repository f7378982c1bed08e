//! What is going to happen, in the order of time and, within a moment, of asking.

use std::collections::BTreeMap;

use kase_domain::Timestamp;

/// The one queue of a run.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    waiting: BTreeMap<(Timestamp, u64), T>,
    asked: u64,
}

impl<T> Queue<T> {
    pub(crate) fn new() -> Self {
        Self { waiting: BTreeMap::new(), asked: 0 }
    }

    pub(crate) fn push(&mut self, at: Timestamp, what: T) {
        self.asked += 1;
        self.waiting.insert((at, self.asked), what);
    }

    pub(crate) fn pop(&mut self) -> Option<(Timestamp, T)> {
        self.waiting.pop_first().map(|((at, _), what)| (at, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_for_first_happens_first_within_a_moment() {
        let mut queue = Queue::new();
        queue.push(Timestamp(2), 'c');
        queue.push(Timestamp(1), 'a');
        queue.push(Timestamp(1), 'b');
        let order: Vec<char> = std::iter::from_fn(|| queue.pop()).map(|(_, what)| what).collect();
        assert_eq!(order, ['a', 'b', 'c']);
    }
}
