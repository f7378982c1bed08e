//! What every character folds to, as [`super::rule`] wrote it down. A line of the text is the number of a
//! character and what it and the ones after it fold to.

use std::sync::LazyLock;

/// Stands for a character that folds to itself.
pub(super) const ITSELF: char = '·';
/// Stands for a character that goes.
pub(super) const NOTHING: char = '∅';
/// Stands for a space.
pub(super) const SPACE: char = '␣';

static TEXT: &str = include_str!("table.txt");
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(TEXT));

/// The syllables that Unicode composes by counting, and their parts (The Unicode Standard, 3.12).
const SYLLABLES: std::ops::RangeInclusive<char> = '\u{AC00}'..='\u{D7A3}';
const LEADS: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
const TAILS: u32 = 0x11A7;
const VOWEL_COUNT: u32 = 21;
const TAIL_COUNT: u32 = 28;

struct Table {
    runs: Vec<Run>,
    /// Where in the text each character's words begin; they end at the next white space.
    places: Vec<u32>,
}

/// Characters that follow each other.
struct Run {
    first: u32,
    /// Of `places`, for the first.
    at: usize,
}

/// Pushes what a character that is not ASCII folds to.
pub(super) fn fold(c: char, push: &mut impl FnMut(char)) {
    if is_hangul_syllable(c) {
        return parts(c).for_each(push);
    }
    match TABLE.find(c) {
        None => push(c),
        Some(folded) if folded.starts_with(ITSELF) => push(c),
        Some(folded) if folded.starts_with(NOTHING) => {}
        Some(folded) => folded.chars().map(|c| if c == SPACE { ' ' } else { c }).for_each(push),
    }
}

pub(super) fn is_hangul_syllable(c: char) -> bool {
    SYLLABLES.contains(&c)
}

fn parts(syllable: char) -> impl Iterator<Item = char> {
    let nth = u32::from(syllable) - u32::from(*SYLLABLES.start());
    let (block, tail) = (nth / TAIL_COUNT, nth % TAIL_COUNT);
    let tail = (tail > 0).then_some(TAILS + tail);
    [Some(LEADS + block / VOWEL_COUNT), Some(VOWELS + block % VOWEL_COUNT), tail]
        .into_iter()
        .flatten()
        .filter_map(char::from_u32)
}

impl Table {
    fn read(text: &str) -> Self {
        let mut table = Self { runs: Vec::new(), places: Vec::new() };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let mut words = line.split_inclusive([' ', '\n']);
            let number = words.next().unwrap_or_default();
            let first = u32::from_str_radix(number.trim_end(), 16).unwrap_or_default();
            table.runs.push(Run { first, at: table.places.len() });
            at += number.len();
            for word in words {
                // The text is some 40 kB.
                table.places.push(u32::try_from(at).unwrap_or_default());
                at += word.len();
            }
        }
        table
    }

    fn find(&self, c: char) -> Option<&'static str> {
        let c = u32::from(c);
        let after = self.runs.partition_point(|run| run.first <= c);
        let run = self.runs.get(after.checked_sub(1)?)?;
        let end = self.runs.get(after).map_or(self.places.len(), |next| next.at);
        let places = self.places.get(run.at..end)?;
        let place = *places.get((c - run.first) as usize)?;
        TEXT.get(place as usize..)?.split([' ', '\n']).next()
    }
}
