//! Whatever is taken in and forgotten, in whatever order, the index finds what looking through everybody finds.

mod people;

use std::collections::BTreeMap;

use kase_search::{Index, Query, Shortcuts};
use people::{Person, id};
use proptest::prelude::*;

const NAMES: [&str; 14] = [
    "Anna",
    "Ana",
    "Annija",
    "Jānis",
    "Jana",
    "Bērziņš",
    "Bērziņa",
    "Bērzs",
    "Семён",
    "Семенов",
    "محمد",
    "Õnne",
    "Øst",
    "Ann",
];
const CITIES: [&str; 5] = ["Rīga", "Rīgas rajons", "Tartu", "Annas ciems", "Jānciems"];

/// The rules said as plainly as they can be, over what a customer shows.
fn scan<'a>(people: impl Iterator<Item = &'a Person>, typed: &str) -> Vec<u128> {
    let words: Vec<String> = typed.split_whitespace().map(plain).collect();
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let is_phone = !digits.is_empty() && typed.chars().all(|c| c.is_ascii_digit() || " +".contains(c));
    let mut found: Vec<_> = people
        .filter_map(|person| {
            let name = plain(&person.customer.display_name());
            let begins =
                |text: &str, word: &String| text.split(' ').any(|own| own.starts_with(word.as_str()));
            let names = words.iter().filter(|word| begins(&name, word)).count();
            let cities: Vec<String> = person
                .customer
                .addresses
                .iter()
                .filter_map(|a| a.record().city.as_deref())
                .map(plain)
                .collect();
            let all =
                words.iter().all(|word| begins(&name, word) || cities.iter().any(|city| begins(city, word)));
            let e164 = person.customer.phone.as_ref().map(|phone| phone.e164()[1..].to_owned());
            let phone = e164.is_some_and(|e164| {
                e164.starts_with(&digits)
                    || (!typed.contains('+') && e164["371".len()..].starts_with(&digits))
            });
            let whole = (all && !words.is_empty()) || (is_phone && phone);
            let met = if whole { words.len() } else { names };
            (whole || names > 0).then(|| (met, names, name, person.id.0.as_u128()))
        })
        .collect();
    found.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then((&a.2, a.3).cmp(&(&b.2, b.3))));
    found.into_iter().map(|(.., id)| id).collect()
}

/// Only for the letters used here.
fn plain(text: &str) -> String {
    let other = |c: char| match c {
        'ā' => 'a',
        'ē' => 'e',
        'ī' => 'i',
        'ņ' => 'n',
        'š' => 's',
        'ё' => 'е',
        'õ' | 'ø' => 'o',
        _ => c,
    };
    text.to_lowercase().chars().map(other).collect()
}

#[derive(Debug, Clone)]
enum Step {
    Take(u128, Box<Person>),
    TakeMany(Vec<Person>),
    Forget(u128),
}

fn person(ids: u128) -> impl Strategy<Value = Person> {
    let name = || proptest::sample::select(&NAMES[..]);
    let phone = proptest::option::of(0u32..400);
    let city = proptest::option::of(proptest::sample::select(&CITIES[..]));
    (0..ids, name(), name(), phone, city).prop_map(|(n, first, last, phone, city)| {
        let person = Person::named(n, &format!("{first} {last}"));
        let person = match phone {
            Some(phone) => person.phone(&format!("2{:07}", phone * 7_919)),
            None => person,
        };
        match city {
            Some(city) => person.living("-", city, "-"),
            None => person,
        }
    })
}

fn steps(ids: u128, count: usize) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        8 => person(ids).prop_map(|person| Step::Take(person.id.0.as_u128(), Box::new(person))),
        1 => proptest::collection::vec(person(ids), 0..40).prop_map(Step::TakeMany),
        2 => (0..ids).prop_map(Step::Forget),
    ];
    proptest::collection::vec(step, count)
}

fn queries() -> impl Strategy<Value = Vec<String>> {
    let word = prop_oneof![
        4 => (proptest::sample::select(&NAMES[..]), 1usize..9).prop_map(|(name, n)| name.chars().take(n).collect()),
        2 => proptest::sample::select(&CITIES[..]).prop_map(str::to_owned),
    ];
    let words = proptest::collection::vec(word, 1..4).prop_map(|words: Vec<String>| words.join(" "));
    let phone = prop_oneof!["2[0-9]{0,4}", r"\+3712[0-9]{0,3}", "371 2[0-9]{0,3}"];
    proptest::collection::vec(prop_oneof![3 => words, 1 => phone], 12)
}

fn check(steps: Vec<Step>, queries: &[String]) {
    let mut index = Index::default();
    let mut people: BTreeMap<u128, Person> = BTreeMap::new();
    for step in steps {
        match step {
            Step::Take(n, person) => {
                index.upsert(&person.entry());
                people.insert(n, *person);
            }
            Step::TakeMany(many) => {
                index.extend(many.iter().map(Person::entry));
                people.extend(many.into_iter().map(|person| (person.id.0.as_u128(), person)));
            }
            Step::Forget(n) => assert_eq!(index.remove(id(n)), people.remove(&n).is_some()),
        }
    }
    assert_eq!(index.len(), people.len());
    for typed in queries {
        let expected = scan(people.values(), typed);
        for limit in [0, 1, 7, usize::MAX] {
            let found = index.search(&Query::parse(typed, &Shortcuts::ENGLISH), limit);
            let ids: Vec<u128> = found.hits.iter().map(|hit| hit.customer_id.0.as_u128()).collect();
            assert_eq!(found.total, expected.len(), "{typed}");
            assert_eq!(ids, expected[..limit.min(expected.len())], "{typed}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_small_index_finds_what_a_scan_finds(steps in steps(40, 80), queries in queries()) {
        check(steps, &queries);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn an_index_of_many_merged_segments_finds_what_a_scan_finds(steps in steps(4_000, 6_000), queries in queries()) {
        check(steps, &queries);
    }

    #[test]
    fn customers_that_come_again_and_again_are_found_once(steps in steps(700, 6_000), queries in queries()) {
        check(steps, &queries);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_query_is_too_odd(typed in any::<String>(), name in "\\PC{1,20}") {
        let mut index = Index::default();
        let record = kase_domain::CustomerRecord { first_name: Some(name), ..Default::default() };
        if let Ok(customer) = kase_domain::Customer::parse(&record, &people::latvia()) {
            let person = Person { customer, ..Person::named(1, "Anna") };
            index.upsert(&person.entry());
            let whole = Query::parse(&person.customer.display_name(), &Shortcuts::ENGLISH);
            for found in whole.matched_in(&person.entry()) {
                found.ranges.iter().for_each(|range| assert!(found.value.get(range.clone()).is_some()));
            }
        }
        index.search(&Query::parse(&typed, &Shortcuts::ENGLISH), 10);
    }
}
