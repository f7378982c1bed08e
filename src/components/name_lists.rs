//! The countries, languages and currencies that a form offers, named in the language in force. Named once per
//! language, since asking the browser for 250 names takes some milliseconds.

use kase_ui::{Choice, NameOf, name_of, use_locale};
use leptos::prelude::*;

/// ISO 3166-1 alpha-2.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
    FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT \
    JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP \
    MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE \
    RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV \
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// BCP 47; the languages that receipts and letters are likely to be wanted in.
const LANGUAGES: &str = "ar bg cs da de el en es et fi fr ga he hr hu is it ja ko lt lv mt nb nl pl pt ro ru sk sl sq sr sv tr uk zh";

/// ISO 4217; the currencies that a European store is likely to meet.
const CURRENCIES: &str = "AED AUD BGN BRL CAD CHF CNY CZK DKK EUR GBP GEL HUF ILS INR ISK JPY KRW KZT MDL NOK NZD PLN RON RSD SAR SEK TRY UAH USD";

/// The lists. Copy them wherever a form needs them.
#[derive(Clone, Copy)]
pub(crate) struct NameLists {
    /// Of countries, by name.
    pub(crate) countries: Memo<Vec<Choice>>,
    /// Of languages, by name.
    pub(crate) languages: Memo<Vec<Choice>>,
    /// Of currencies, by name.
    pub(crate) currencies: Memo<Vec<Choice>>,
}

/// Makes the lists; nothing is named before a form asks.
pub(crate) fn provide_name_lists() {
    provide_context(NameLists {
        countries: list(NameOf::Country, COUNTRIES),
        languages: list(NameOf::Language, LANGUAGES),
        currencies: list(NameOf::Currency, CURRENCIES),
    });
}

/// The lists from the context.
#[expect(clippy::expect_used, reason = "at start-up only: the app provides them before it mounts a page")]
pub(crate) fn use_name_lists() -> NameLists {
    use_context().expect("the app provides the lists before it mounts a page")
}

fn list(what: NameOf, codes: &'static str) -> Memo<Vec<Choice>> {
    let locale = use_locale();
    Memo::new(move |_| {
        let locale = locale.get();
        let mut choices: Vec<Choice> = codes
            .split_ascii_whitespace()
            .map(|code| Choice::new(code, capitalized(&name_of(what, code, locale))))
            .collect();
        choices.sort_by_cached_key(|choice| choice.label.to_lowercase());
        choices
    })
}

/// Many languages write the names of languages small; at the beginning of a line they are not.
pub(crate) fn capitalized(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The list with `first` before it, and the value in force even where the list has it not.
pub(crate) fn offered(list: &[Choice], first: Choice, in_force: &str) -> Vec<Choice> {
    let known = in_force.is_empty() || list.iter().any(|choice| choice.value == in_force);
    let other = (!known).then(|| Choice::new(in_force, in_force));
    std::iter::once(first).chain(other).chain(list.iter().cloned()).collect()
}
