//! A query as prefixes of terms, and how well a customer meets it.
//!
//! A customer is found when a word of the query begins a word of its name, or when all of the query is met
//! together: each word by name or address, or by a value (phone, email, number) that begins like it. So
//! `anna rīga` finds every Anna, those in Rīga first, and not everybody in Rīga.

use std::collections::BTreeMap;

use kase_domain::Phone;

use crate::query::{Digits, Query, SearchField, Token};
use crate::term::Tag;

/// Calling codes that occur, each with what is dialled before a national number within its country.
pub(crate) type CallingCodes = BTreeMap<&'static str, Option<&'static str>>;

/// How terms begin that are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prefix {
    /// Tag and folded text.
    pub(crate) bytes: Box<[u8]>,
    /// How many bytes after the tag were not typed (a calling code).
    pub(crate) implied: usize,
}

/// One word of the query.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlannedWord {
    pub(crate) name: Option<Prefix>,
    pub(crate) address: Option<Prefix>,
}

/// What stands between two spaces: met by all of its words, or as a value.
#[derive(Debug, Clone)]
pub(crate) struct PlannedToken {
    pub(crate) words: Vec<PlannedWord>,
    pub(crate) values: Vec<Prefix>,
}

/// A query, ready to be put to terms.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Nothing is looked for: everybody is found.
    pub(crate) everybody: bool,
    pub(crate) tokens: Vec<PlannedToken>,
    /// Values that the whole query may be the beginning of.
    pub(crate) whole: Vec<Prefix>,
    pub(crate) word_count: usize,
}

/// How well a customer meets a query; the greater, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Rank {
    /// Words of the query that are met.
    pub(crate) words: usize,
    /// Words of the query that are met by the name.
    pub(crate) names: usize,
}

/// Adds what numbers of `phone`'s country begin with.
pub(crate) fn learn_calling_code(codes: &mut CallingCodes, phone: &Phone) {
    if !codes.contains_key(phone.calling_code()) {
        codes.insert(phone.calling_code(), phone.trunk_prefix());
    }
}

impl Plan {
    pub(crate) fn new(query: &Query, codes: &CallingCodes) -> Self {
        let field = query.field;
        let may = |wanted| field.is_none_or(|field| field == wanted);
        // A number in several parts is a phone; its parts are no house numbers.
        let whole_phone =
            query.phone.as_ref().is_some_and(|phone| phone.international || query.tokens.len() > 1);
        let word = |word: &String| PlannedWord {
            name: may(SearchField::Name).then(|| Prefix::new(Tag::Name, word)),
            address: (may(SearchField::Address) && !(field.is_none() && whole_phone))
                .then(|| Prefix::new(Tag::Address, word)),
        };
        let mixed = field.is_none() && query.phone.is_none() && query.tokens.len() > 1;
        let by_words = field.is_none_or(|field| matches!(field, SearchField::Name | SearchField::Address));
        // What holds an @ is an email address, not the words it is made of.
        let is_words = |token: &Token| by_words && (field.is_some() || !token.text.contains('@'));
        let token = |token: &Token| PlannedToken {
            words: token.words.iter().filter(|_| is_words(token)).map(word).collect(),
            values: if mixed { values_of_token(token, codes) } else { Vec::new() },
        };
        let meant = |token: &PlannedToken| !token.words.is_empty() || !token.values.is_empty();
        Self {
            everybody: query.is_empty(),
            tokens: query.tokens.iter().map(token).filter(meant).collect(),
            whole: values_of_query(query, codes),
            word_count: query.word_count,
        }
    }

    /// How well a customer meets the query, of which `has` says whether a term begins with a prefix.
    pub(crate) fn rank(&self, has: impl Fn(&Prefix) -> bool) -> Option<Rank> {
        if self.everybody {
            return Some(Rank::default());
        }
        let words = || self.tokens.iter().flat_map(|token| &token.words);
        let names = words().filter(|word| word.name.as_ref().is_some_and(&has)).count();
        let met = |word: &PlannedWord| [&word.name, &word.address].into_iter().flatten().any(&has);
        let by_words = |token: &PlannedToken| !token.words.is_empty() && token.words.iter().all(met);
        let all_tokens = !self.tokens.is_empty()
            && self.tokens.iter().all(|token| token.values.iter().any(&has) || by_words(token));
        let all = all_tokens || self.whole.iter().any(&has);
        let words = if all { self.word_count } else { names };
        (all || names > 0).then_some(Rank { words, names })
    }
}

impl Prefix {
    fn new(tag: Tag, folded: &str) -> Self {
        Self { bytes: tag.term(folded), implied: 0 }
    }
}

fn values_of_query(query: &Query, codes: &CallingCodes) -> Vec<Prefix> {
    let mut values = Vec::new();
    let field = query.field;
    if query.is_empty() {
        return values;
    }
    if field.is_none_or(|field| field == SearchField::Phone) {
        values.extend(query.phone.iter().flat_map(|phone| phone_prefixes(phone, codes)));
    }
    if field == Some(SearchField::Email) || (field.is_none() && query.tokens.len() == 1) {
        values.push(Prefix::new(Tag::Email, &query.text));
    }
    for (tag, own) in [(Tag::Account, SearchField::Account), (Tag::Card, SearchField::Card)] {
        let asked = field == Some(own) && !query.code.is_empty();
        if asked || (field.is_none() && has_digit(&query.code)) {
            values.push(Prefix::new(tag, &query.code));
        }
    }
    values
}

/// Beside words that mean a name, only what looks like a value is one.
fn values_of_token(token: &Token, codes: &CallingCodes) -> Vec<Prefix> {
    let mut values = Vec::new();
    values.extend(token.phone.iter().flat_map(|phone| phone_prefixes(phone, codes)));
    if token.text.contains('@') {
        values.push(Prefix::new(Tag::Email, &token.text));
    }
    if has_digit(&token.code) {
        values.push(Prefix::new(Tag::Account, &token.code));
        values.push(Prefix::new(Tag::Card, &token.code));
    }
    values
}

/// A letter alone would begin every account number there is.
fn has_digit(code: &str) -> bool {
    code.contains(|c: char| c.is_ascii_digit())
}

/// As numbers of any country that occurs are written: with calling code, without, or as dialled at home.
fn phone_prefixes(typed: &Digits, codes: &CallingCodes) -> Vec<Prefix> {
    let digits = typed.digits.as_str();
    let mut prefixes = vec![Prefix::new(Tag::Phone, digits)];
    for (code, trunk) in codes {
        let mut national = |rest: &str, implied| {
            let prefix = Prefix { implied, ..Prefix::new(Tag::Phone, &format!("{code}{rest}")) };
            prefixes.push(prefix);
        };
        if typed.international {
            // +49 (0)30 …: the zero is dialled within the country only.
            let rest = digits.strip_prefix(code).and_then(|rest| rest.strip_prefix('0'));
            if let Some(rest) = rest.filter(|_| *trunk == Some("0")) {
                national(rest, 0);
            }
            continue;
        }
        national(digits, code.len());
        match trunk.map(|trunk| (digits.strip_prefix(trunk), trunk.starts_with(digits))) {
            Some((Some(rest), _)) => national(rest, code.len()),
            Some((None, true)) => national("", code.len()),
            _ => {}
        }
    }
    prefixes
}
