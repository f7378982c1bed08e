//! Folding: what text is compared by. Case and every diacritic go, in all scripts alike: `Bērziņš` becomes
//! `berzins`, `Семён` `семен` and `Сергей` `сергеи`; a letter that looks like another with a mark counts as
//! that other, however much its own alphabet keeps them apart. Vowel signs of scripts that write words with
//! them (Devanagari, Thai) stay. Each folded character knows where it came from, so that a match can be marked.

mod marks;
#[cfg(test)]
mod rule;
mod table;

use marks::is_combining_mark;

/// Folded text with each character's place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) text: String,
    /// For each byte of `text`: the byte of the source where its character begins.
    sources: Vec<u32>,
    source_len: usize,
}

impl Folded {
    pub(crate) fn new(source: &str) -> Self {
        let mut text = String::with_capacity(source.len());
        let mut sources = Vec::with_capacity(source.len());
        for (at, c) in source.char_indices() {
            fold_char(c, &mut |folded| text.push(folded));
            // Bounded: every text of a customer is far below 4 GiB.
            sources.resize(text.len(), u32::try_from(at).unwrap_or(u32::MAX));
        }
        Self { text, sources, source_len: source.len() }
    }

    /// The range of `source` that the folded bytes `start..end` came from, with the marks on its last character.
    pub(crate) fn source_range(&self, source: &str, start: usize, end: usize) -> std::ops::Range<usize> {
        let place = |at: usize| self.sources.get(at).map_or(self.source_len, |&place| place as usize);
        let from = place(start);
        let last = place(end.saturating_sub(1));
        let rest = source.get(last..).unwrap_or_default();
        let marked: usize = rest
            .chars()
            .enumerate()
            .take_while(|&(nth, c)| nth == 0 || is_combining_mark(c))
            .map(|(_, c)| c.len_utf8())
            .sum();
        from..last + marked
    }

    /// The words, each with where it begins in the folded text.
    pub(crate) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        words(&self.text)
    }
}

/// The folded text alone.
pub(crate) fn fold(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    for c in source.chars() {
        fold_char(c, &mut |folded| text.push(folded));
    }
    text
}

/// The words of folded text: runs of letters, digits and the marks that belong to them.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = folded;
    let mut offset = 0;
    std::iter::from_fn(move || {
        let start = rest.find(is_of_word)?;
        let word = &rest[start..];
        let end = word.find(|c| !is_of_word(c)).unwrap_or(word.len());
        let found = (offset + start, &word[..end]);
        rest = &word[end..];
        offset += start + end;
        Some(found)
    })
}

/// Letters and digits alone: what numbers of accounts and cards, and postal codes, are compared by.
pub(crate) fn fold_code(source: &str) -> String {
    fold(source).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

fn fold_char(c: char, push: &mut impl FnMut(char)) {
    if c.is_ascii() {
        if c != '\'' && c != '`' {
            push(c.to_ascii_lowercase());
        }
        return;
    }
    table::fold(c, push);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let folded = Folded::new(source);
        assert_eq!(folded.text, fold(source));
        assert_eq!(folded.words().map(|(_, word)| word).collect::<Vec<_>>(), expected, "{source}");
    }

    #[test]
    fn case_and_diacritics_are_ignored_in_all_scripts() {
        check("Bērziņš", &["berzins"]);
        check("Be\u{304}rzin\u{327}s\u{30C}", &["berzins"]);
        check("ŽŠĶĻŅĢ Õunapuu Äär", &["zsklng", "ounapuu", "aar"]);
        check("Семён Сергеевич ЙОД", &["семен", "сергеевич", "иод"]);
        check("مُحَمَّد أحمد", &["محمد", "احمد"]);
        check("فاطمة", &["فاطمه"]);
        check(
            "Łukasz Straße Ærø Þór Đoković Kılıç İnci",
            &["lukasz", "strasse", "aero", "thor", "dokovic", "kilic", "inci"],
        );
        check("ΟΔΥΣΣΕΎΣ οδυσσεύς", &["οδυσσευσ", "οδυσσευσ"]);
        check("हिन्दी", &["हिन्दी"]);
        check("ＡＢＣ１２", &["abc12"]);
    }

    #[test]
    fn words_end_at_hyphens_and_go_on_over_apostrophes() {
        check("Anna-Marija O'Neil D’Arc", &["anna", "marija", "oneil", "darc"]);
        check("A/S „Latvijas Gāze” (birojs)", &["a", "s", "latvijas", "gaze", "birojs"]);
        check("  ", &[]);
        check("!?", &[]);
    }

    #[test]
    fn a_folded_match_is_found_in_its_source() {
        for (source, word, expected) in [
            ("Anna Bērziņa", "berz", "Bērz"),
            ("Anna Be\u{304}rzin\u{327}a", "be", "Be\u{304}"),
            ("Straße", "stras", "Straß"),
            ("O'Neil", "one", "O'Ne"),
        ] {
            let folded = Folded::new(source);
            let start = folded.text.find(word).unwrap();
            assert_eq!(&source[folded.source_range(source, start, start + word.len())], expected);
        }
    }

    #[test]
    fn codes_are_letters_and_digits_alone() {
        assert_eq!(fold_code("C-0004 007"), "c0004007");
        assert_eq!(fold_code("LV-1010"), "lv1010");
    }
}
