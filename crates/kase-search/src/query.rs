//! What a person typed into the search box, read once.

use crate::fold::{fold, fold_code, words};

/// Characters of a query that are read; nobody means more.
const MOST_CHARACTERS: usize = 256;

/// Words of a query that are read.
const MOST_WORDS: usize = 16;

/// A field that can be searched alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchField {
    /// Names of persons and organizations.
    Name,
    /// Phone numbers.
    Phone,
    /// Email addresses.
    Email,
    /// Loyalty cards.
    Card,
    /// Account numbers and short references.
    Account,
    /// Streets, cities and postal codes.
    Address,
}

/// What the interface's language calls the fields: the words before the colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "one word per field of `SearchField`")]
pub struct Shortcuts<'a> {
    pub name: &'a str,
    pub phone: &'a str,
    pub email: &'a str,
    pub card: &'a str,
    pub account: &'a str,
    pub address: &'a str,
}

impl Shortcuts<'static> {
    /// In English, as other programs write them in `GET customers?query=`.
    pub const ENGLISH: Self = Self {
        name: "name",
        phone: "phone",
        email: "email",
        card: "card",
        account: "account",
        address: "address",
    };
}

impl Shortcuts<'_> {
    fn field(&self, word: &str) -> Option<SearchField> {
        let word = fold(word.trim());
        let names = [
            (self.name, SearchField::Name),
            (self.phone, SearchField::Phone),
            (self.email, SearchField::Email),
            (self.card, SearchField::Card),
            (self.account, SearchField::Account),
            (self.address, SearchField::Address),
        ];
        names.into_iter().find(|(name, _)| fold(name) == word).map(|(_, field)| field)
    }
}

/// A query, folded and cut into what is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    pub(crate) field: Option<SearchField>,
    /// What stands between spaces.
    pub(crate) tokens: Vec<Token>,
    /// The whole text folded, as an email address begins.
    pub(crate) text: String,
    /// The whole text's letters and digits, as a number of an account or card begins.
    pub(crate) code: String,
    /// The whole text as the beginning of a phone number, if it can be one.
    pub(crate) phone: Option<Digits>,
    pub(crate) word_count: usize,
    is_empty: bool,
}

/// A part of the query between spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) words: Vec<String>,
    pub(crate) text: String,
    pub(crate) code: String,
    pub(crate) phone: Option<Digits>,
}

/// The beginning of a phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Digits {
    pub(crate) digits: String,
    /// It begins with `+` or `00`.
    pub(crate) international: bool,
}

impl Query {
    /// Reads `typed`. It may begin with a shortcut and a colon (`phone: 2111`).
    pub fn parse(typed: &str, shortcuts: &Shortcuts<'_>) -> Self {
        let typed: String = typed.chars().take(MOST_CHARACTERS).collect();
        let shortcut = typed.split_once([':', '\u{FF1A}']);
        let shortcut = shortcut.and_then(|(word, rest)| Some((shortcuts.field(word)?, rest)));
        let (field, text) = shortcut.map_or((None, typed.as_str()), |(field, rest)| (Some(field), rest));
        Self::of(field, text.trim())
    }

    /// Whether nothing is looked for yet: then every customer is found, in the order of names.
    pub fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// The one field that is searched, when a shortcut said so.
    pub fn field(&self) -> Option<SearchField> {
        self.field
    }

    fn of(field: Option<SearchField>, text: &str) -> Self {
        let mut tokens = Vec::new();
        let mut word_count = 0;
        for part in text.split_whitespace() {
            let mut token = Token::new(part);
            token.words.truncate(MOST_WORDS - word_count);
            word_count += token.words.len();
            tokens.push(token);
            if word_count == MOST_WORDS {
                break;
            }
        }
        Self {
            field,
            tokens,
            text: fold(text),
            code: fold_code(text),
            phone: Digits::parse(text),
            word_count,
            is_empty: text.is_empty(),
        }
    }
}

impl Token {
    fn new(part: &str) -> Self {
        let text = fold(part);
        let words = words(&text).map(|(_, word)| word.to_owned()).collect();
        Self { words, code: fold_code(part), phone: Digits::parse(part), text }
    }
}

impl Digits {
    /// Reads text that holds nothing but digits and what people write between them.
    fn parse(text: &str) -> Option<Self> {
        // Folding makes ASCII of the digits of wide and Arabic keyboards alike.
        let folded: String = text.chars().map(western_digit).collect();
        let folded = fold(&folded);
        let (plus, rest) = folded.strip_prefix('+').map_or((false, folded.as_str()), |rest| (true, rest));
        let mut digits = String::new();
        for c in rest.chars() {
            match c {
                '0'..='9' => digits.push(c),
                _ if c.is_whitespace() || "-()[]./\u{2010}\u{2011}\u{2012}\u{2013}".contains(c) => {}
                _ => return None,
            }
        }
        let zeros = digits.strip_prefix("00").map(str::to_owned);
        let international = plus || zeros.is_some();
        let digits = if plus { digits } else { zeros.unwrap_or(digits) };
        (international || !digits.is_empty()).then_some(Self { digits, international })
    }
}

fn western_digit(c: char) -> char {
    let offset = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06F0}'..='\u{06F9}' => u32::from(c) - 0x06F0,
        _ => return c,
    };
    char::from_digit(offset, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(typed: &str) -> Query {
        let latvian = Shortcuts {
            name: "vārds",
            phone: "tālrunis",
            email: "e-pasts",
            card: "karte",
            account: "konts",
            address: "adrese",
        };
        Query::parse(typed, &latvian)
    }

    #[test]
    fn a_shortcut_is_read_in_the_languages_own_words() {
        assert_eq!(query("vārds: anna").field, Some(SearchField::Name));
        assert_eq!(query("VARDS:anna").field, Some(SearchField::Name));
        assert_eq!(query("e-pasts:anna@").text, "anna@");
        assert_eq!(query("name: anna").field, None);
        assert!(query("vārds: ").is_empty() && query("  ").is_empty() && !query("!").is_empty());
    }

    #[test]
    fn what_can_be_a_phone_is_read_as_one() {
        let digits = |typed: &str| query(typed).phone.map(|phone| (phone.digits, phone.international));
        let national = |digits: &str| Some((digits.to_owned(), false));
        let international = |digits: &str| Some((digits.to_owned(), true));
        assert_eq!(digits("2111-11 (11)"), national("21111111"));
        assert_eq!(digits("+371 21"), international("37121"));
        assert_eq!(digits("00371"), international("371"));
        assert_eq!(digits("٢١١١"), national("2111"));
        assert_eq!(digits("+"), international(""));
        assert_eq!(digits("0"), national("0"));
        assert_eq!(digits("anna"), None);
        assert_eq!(digits("-"), None);
        assert_eq!(digits("R1-0042"), None);
    }

    #[test]
    fn a_long_query_is_read_as_far_as_anybody_means() {
        let long = query(&"anna ".repeat(10_000));
        assert_eq!(long.word_count, MOST_WORDS);
        assert_eq!(query(&"-".repeat(10_000)).word_count, 0);
    }
}
