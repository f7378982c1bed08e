//! Which characters are marks on the one before: the Unicode category M, as [`super::rule`] wrote it down. A line
//! of the text is the first and the last of marks that follow each other.

use std::sync::LazyLock;

static MARKS: LazyLock<Vec<(u32, u32)>> = LazyLock::new(|| read(include_str!("marks.txt")));

const FIRST: char = '\u{300}';

pub(super) fn is_combining_mark(c: char) -> bool {
    // Most text has none that far up, and is answered for without looking.
    c >= FIRST && {
        let c = u32::from(c);
        let after = MARKS.partition_point(|&(first, _)| first <= c);
        after.checked_sub(1).and_then(|at| MARKS.get(at)).is_some_and(|&(_, last)| c <= last)
    }
}

fn read(text: &str) -> Vec<(u32, u32)> {
    let number = |text: &str| u32::from_str_radix(text, 16).ok();
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(a, b)| number(a).zip(number(b)))
        .collect()
}
