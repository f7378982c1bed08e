//! What folding means, one character at a time, from the Unicode tables themselves. The program has it as a
//! table that is a tenth of theirs ([`super::table`]); here the tests make that table and compare every character.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{marks, table};

/// Characters that fold to themselves and are no reason to begin a new line: shorter than its number.
const GAP: u32 = 4;

/// Everything but ASCII, which [`super::fold_char`] folds by itself.
fn fold_by_rule(c: char, push: &mut impl FnMut(char)) {
    for decomposed in std::iter::once(c).nfkd() {
        for lower in decomposed.to_lowercase() {
            fold_lower(lower, push);
        }
    }
}

/// What decomposition leaves: marks go, and so does what only joins the parts of a word (`O’Neil`, `col·lecció`).
fn fold_lower(c: char, push: &mut impl FnMut(char)) {
    let other = match c {
        '\u{00B4}'
        | '\u{00B7}'
        | '\u{02B9}'..='\u{02BF}'
        | '\u{2018}'
        | '\u{2019}'
        | '\u{201B}'
        | '\u{2032}' => return,
        '\u{00AD}' | '\u{0640}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => return,
        _ if is_diacritic(c) => return,
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ı' => "i",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ς' => "σ",
        // Arabic and Persian keyboards write the same letter differently.
        'ٱ' => "ا",
        'ى' | 'ی' => "ي",
        'ک' => "ك",
        'ة' => "ه",
        _ => return push(c),
    };
    other.chars().for_each(push);
}

/// Marks that may be left out when typing: those of Latin, Greek and Cyrillic, Hebrew points, Arabic vowels.
fn is_diacritic(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}'
        | '\u{05C1}'..='\u{05C2}' | '\u{05C4}'..='\u{05C5}' | '\u{05C7}' | '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

fn all() -> impl Iterator<Item = char> {
    ('\u{80}'..=char::MAX).filter(|&c| !table::is_hangul_syllable(c))
}

fn folded_by_rule(c: char) -> String {
    let mut folded = String::new();
    fold_by_rule(c, &mut |c| folded.push(c));
    folded
}

/// The text of `table.txt`.
fn table_by_rule() -> String {
    let mut text = String::new();
    let mut next = u32::MAX;
    let changed = all().map(|c| (c, folded_by_rule(c))).filter(|(c, folded)| !folded.chars().eq([*c]));
    for (c, folded) in changed {
        let place = u32::from(c);
        if place >= next && place - next <= GAP {
            (next..place).for_each(|_| text.extend([' ', table::ITSELF]));
        } else {
            write!(text, "\n{place:X}").unwrap();
        }
        text.push(' ');
        match folded.as_str() {
            "" => text.push(table::NOTHING),
            folded => text.extend(folded.chars().map(|c| if c == ' ' { table::SPACE } else { c })),
        }
        next = place + 1;
    }
    text.trim_start().to_owned() + "\n"
}

/// The text of `marks.txt`.
fn marks_by_rule() -> String {
    let mut text = String::new();
    let mut last = None;
    for c in ('\0'..=char::MAX).filter(|&c| is_combining_mark(c)) {
        if last.is_none_or(|(_, end)| end + 1 < u32::from(c)) {
            let before = last.replace((u32::from(c), u32::from(c)));
            text.extend(before.map(|(first, end)| format!("{first:X} {end:X}\n")));
        }
        last = last.map(|(first, _)| (first, u32::from(c)));
    }
    text.extend(last.map(|(first, end)| format!("{first:X} {end:X}\n")));
    text
}

#[test]
#[ignore = "writes the sources; call it when the Unicode tables are newer: -- --ignored write_the_tables"]
fn write_the_tables() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/fold");
    std::fs::write(folder.join("table.txt"), table_by_rule()).unwrap();
    std::fs::write(folder.join("marks.txt"), marks_by_rule()).unwrap();
}

#[test]
fn every_character_folds_by_the_rule() {
    for c in '\u{80}'..=char::MAX {
        let mut folded = String::new();
        table::fold(c, &mut |c| folded.push(c));
        assert_eq!(folded, folded_by_rule(c), "{c:?}");
    }
}

#[test]
fn every_mark_is_known() {
    for c in '\0'..=char::MAX {
        assert_eq!(marks::is_combining_mark(c), is_combining_mark(c), "{c:?}");
    }
}
