//! What every catalogue must keep: nothing empty, nothing untranslated, nothing half filled in.

use std::collections::HashMap;

use crate::areas::{
    activation, customer, details, error, headquarters, loss, loyalty, saving, search, settings, shell,
    sign_in, sync,
};
use crate::{Catalogue, Direction, Field, Locale, Moment, Plural, Problem};

/// Values of a parameter with which a message is tried.
pub(crate) trait Sample: Sized {
    /// At least one.
    fn samples() -> Vec<Self>;
}

impl Sample for u64 {
    fn samples() -> Vec<Self> {
        vec![0, 1, 2, 5, 10, 11, 21, 90, 4_000, 100_000, 2_100_000_000]
    }
}

impl Sample for &str {
    fn samples() -> Vec<Self> {
        vec!["Jānis & <b>Мария</b>"]
    }
}

impl Sample for Problem {
    fn samples() -> Vec<Self> {
        Self::SAMPLES.to_vec()
    }
}

/// Every message with every sample, in the same order for each language.
fn all(locale: Locale) -> Vec<(&'static str, String)> {
    let text: &dyn Catalogue = locale.text();
    let mut found = Vec::new();
    let visit: &mut dyn FnMut(&'static str, String) = &mut |name, said| found.push((name, said));
    for walk in [
        shell::walk,
        activation::walk,
        sign_in::walk,
        search::walk,
        customer::walk,
        saving::walk,
        details::walk,
        loyalty::walk,
        sync::walk,
        settings::walk,
        error::walk,
        loss::walk,
        headquarters::walk,
    ] {
        walk(text, visit);
    }
    found
}

#[test]
fn every_message_says_something() {
    for locale in Locale::ALL {
        let messages = all(*locale);
        assert!(messages.len() > 400, "only {} messages", messages.len());
        for (name, said) in messages {
            assert!(!said.trim().is_empty(), "{name} is empty in {}", locale.tag());
            assert_eq!(said.trim(), said, "{name} has space around it in {}", locale.tag());
            assert!(!said.contains("  "), "{name} has a double space in {}", locale.tag());
        }
    }
}

#[test]
fn no_placeholder_is_left_and_every_value_is_said() {
    for locale in Locale::ALL {
        for (name, said) in all(*locale) {
            assert!(!said.contains(['{', '}', '\\']), "{name} in {}: {said}", locale.tag());
            assert!(!said.to_lowercase().contains("todo"), "{name} in {}: {said}", locale.tag());
        }
        let text = locale.text();
        assert!(text.no_customer_matches("qwe").contains("qwe"));
        assert!(text.nobody_matches("qwe").contains("qwe"));
        assert!(text.saved_with_account_number("C-0004008").contains("C-0004008"));
        assert!(text.reference("R1-0042").contains("R1-0042"));
        assert!(text.held_fields("Title").contains("Title"));
        assert!(text.problem(Problem::TooLong { limit: 100 }).contains("100"));
    }
}

#[test]
fn nothing_is_left_in_english() {
    // The product's name, and what Latvian writes the same way.
    const SAME: &[&str] = &["app_name", "pin"];
    // A job's number is its name everywhere.
    const NUMBERS: &[&str] = &["P-0001"];
    for locale in Locale::ALL.iter().filter(|locale| **locale != Locale::En) {
        for ((name, english), (_, said)) in all(Locale::En).into_iter().zip(all(*locale)) {
            let is_same = SAME.contains(&name) || NUMBERS.contains(&said.as_str());
            assert!(english != said || is_same, "{name} in {} is English: {said}", locale.tag());
        }
    }
}

#[test]
fn one_language_has_as_many_messages_as_another() {
    let english: Vec<_> = all(Locale::En).into_iter().map(|(name, _)| name).collect();
    for locale in Locale::ALL {
        let names: Vec<_> = all(*locale).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, english);
    }
}

#[test]
fn choices_read_differently_from_each_other() {
    for locale in Locale::ALL {
        let text = locale.text();
        let mut seen: HashMap<&str, Field> = HashMap::new();
        for field in Field::ALL {
            let other = seen.insert(text.field(*field), *field);
            assert_eq!(other, None, "{field:?} reads like another field in {}", locale.tag());
        }
    }
}

#[test]
fn names_that_people_and_tests_rely_on_stand() {
    let text = Locale::En.text();
    let named = [
        text.activate(),
        text.sign_in(),
        text.new_customer(),
        text.save(),
        text.add_address(),
        text.issue_loyalty_card(),
        text.edit(),
        text.retry_now(),
        text.export(),
        text.search_customers(),
        text.register(),
        text.activation_code(),
        text.operator(),
        text.pin(),
        text.field(Field::FirstName),
        text.field(Field::LastName),
        text.field(Field::Email),
        text.field(Field::Phone),
        text.page(crate::Page::Customers),
        text.page(crate::Page::SyncStatus),
        text.page(crate::Page::Settings),
        text.connection_label(),
        text.connection(crate::Connection::Online),
        text.connection(crate::Connection::HeadquartersOutOfReach),
        text.connection(crate::Connection::Offline),
        text.pending_sync(),
    ];
    assert_eq!(
        named.join("|"),
        "Activate|Sign in|New customer|Save|Add address|Issue loyalty card|Edit|Retry now|Export|Search customers|\
         Register|Activation code|Operator|PIN|First name|Last name|Email|Phone|Customers|Sync status|Settings|\
         Connection|Online|Headquarters out of reach|Offline|Pending sync"
    );
    assert_eq!(Locale::Lv.text().pending_sync(), "Gaida sinhronizāciju");
}

#[test]
fn a_count_takes_the_plural_of_its_language() {
    let lv = Locale::Lv.text();
    for count in [0, 10, 11, 12, 19, 20, 100, 111, 1_000, 1_011] {
        assert_eq!(lv.plural(count), Plural::Zero, "{count}");
    }
    for count in [1, 21, 31, 101, 121, 1_001] {
        assert_eq!(lv.plural(count), Plural::One, "{count}");
    }
    for count in [2, 9, 22, 29, 102, 1_009] {
        assert_eq!(lv.plural(count), Plural::Other, "{count}");
    }
    let said = [0, 1, 2, 11, 21].map(|count| lv.customers_match(count)).join("|");
    assert_eq!(
        said,
        "0 klientu atbilst|1 klients atbilst|2 klienti atbilst|11 klientu atbilst|21 klients atbilst"
    );
    let en = Locale::En.text();
    let said = [0, 1, 2, 11, 21].map(|count| en.customers_match(count)).join("|");
    assert_eq!(
        said,
        "0 customers match|1 customer matches|2 customers match|11 customers match|21 customers match"
    );
}

#[test]
fn numbers_and_sizes_take_the_form_of_their_language() {
    let (en, lv) = (Locale::En.text(), Locale::Lv.text());
    assert_eq!([0, 999, 2_000, 1_234_567].map(|n| en.number(n)).join("|"), "0|999|2,000|1,234,567");
    assert_eq!(
        [999, 2_000, 12_000, 1_234_567].map(|n| lv.number(n)).join("|"),
        "999|2000|12\u{a0}000|1\u{a0}234\u{a0}567"
    );
    assert_eq!(
        [0, 999, 1_000, 840_000_000, 2_100_000_000, 60_000_000_000].map(|n| en.size(n)).join("|"),
        "0\u{a0}B|999\u{a0}B|1\u{a0}kB|840\u{a0}MB|2.1\u{a0}GB|60\u{a0}GB"
    );
    assert_eq!(lv.size(2_100_000_000), "2,1\u{a0}GB");
    assert!(!en.size(u64::MAX).is_empty());
    let plain = ["12.5", "12345.678", "-0.25", "43", "1e30", ""];
    assert_eq!(plain.map(|n| en.decimal(n)).join("|"), "12.5|12,345.678|\u{2212}0.25|43|1e30|");
    assert_eq!(plain.map(|n| lv.decimal(n)).join("|"), "12,5|12\u{a0}345,678|\u{2212}0,25|43|1e30|");
    assert_eq!(
        [&[][..], &["a"], &["a", "b"], &["a", "b", "c"]].map(|items| lv.list(items)).join("|"),
        "|a|a un b|a, b un c"
    );
}

#[test]
fn times_are_human() {
    let (en, lv) = (Locale::En.text(), Locale::Lv.text());
    let ages = [0, 59, 60, 150, 3_600, 86_400, 2 * 86_400, 11 * 86_400, 21 * 86_400];
    assert_eq!(
        ages.map(|age| en.ago(age)).join("|"),
        "just now|just now|1 min ago|2 min ago|1 h ago|1 day ago|2 days ago|11 days ago|21 days ago"
    );
    assert_eq!(
        ages.map(|age| lv.ago(age)).join("|"),
        "tikko|tikko|pirms 1 min|pirms 2 min|pirms 1 h|pirms 1 dienas|pirms 2 dienām|pirms 11 dienām|pirms 21 dienas"
    );
    let moment = Moment { year: 2026, month: 11, day: 22, hour: 9, minute: 5, second: 7 };
    assert_eq!(en.exact_time(moment), "22 November 2026, 09:05:07");
    assert_eq!(lv.exact_time(moment), "2026. gada 22. novembris, 09:05:07");
    assert_eq!(en.clock(moment), "09:05");
    // A clock that is set to nonsense must not end the app.
    assert!(
        !en.date(Moment { month: 0, ..moment }).is_empty()
            && !lv.date(Moment { month: 13, ..moment }).is_empty()
    );
}

#[test]
fn a_locale_is_found_by_its_tag_or_a_list_of_wishes() {
    for (tag, expected) in [
        ("lv", Some(Locale::Lv)),
        ("lv-LV", Some(Locale::Lv)),
        ("EN_us", Some(Locale::En)),
        ("de", None),
        ("", None),
    ] {
        assert_eq!(Locale::parse(tag), expected, "{tag}");
    }
    for (header, expected) in [
        ("lv-LV,lv;q=0.9,en;q=0.8", Locale::Lv),
        ("en;q=0.5, lv;q=0.9", Locale::Lv),
        ("de, ru;q=0.9, lv;q=0.1", Locale::Lv),
        ("lv;q=0, en", Locale::En),
        ("en;q=0.75, lv;q=0.8", Locale::Lv),
        ("en;q=1.000, lv;q=0.999", Locale::En),
        ("lv;q=1.5, en;q=0.001", Locale::En),
        ("de", Locale::En),
        ("", Locale::En),
        (";;,q=x,lv;q=abc", Locale::En),
        ("en, lv", Locale::En),
    ] {
        assert_eq!(Locale::from_accept_language(header), expected, "{header}");
    }
    for locale in Locale::ALL {
        assert_eq!(Locale::parse(locale.tag()), Some(*locale));
        assert_eq!(locale.direction(), Direction::LeftToRight);
    }
}

#[test]
fn a_field_is_found_by_its_json_path() {
    for (path, expected) in [
        ("email", Some(Field::Email)),
        ("addresses[0].city", Some(Field::City)),
        ("/contacts/1/value", Some(Field::Contacts)),
        ("contacts[1].marketing_consent", Some(Field::MarketingConsent)),
        ("attributes.shoe_size", Some(Field::Attributes)),
        ("addresses", Some(Field::Addresses)),
        ("nonsense", None),
        ("", None),
    ] {
        assert_eq!(Field::parse(path), expected, "{path}");
    }
    for code in crate::ErrorCode::ALL {
        assert_eq!(crate::ErrorCode::parse(code.as_str()), Some(*code));
    }
}

#[test]
fn latvian_counts_what_was_refused() {
    let lv = Locale::Lv.text();
    let said = [0, 1, 2, 11, 21].map(|count| lv.refused_counted(count));
    assert_eq!(said, ["Noraidīti", "Noraidīts", "Noraidīti", "Noraidīti", "Noraidīts"]);
}
