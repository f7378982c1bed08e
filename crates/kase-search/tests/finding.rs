//! The rules of behaviour.md, "Finding customers", by example.

mod people;

use kase_domain::ContactKind;
use kase_search::{Index, MatchedField, Query, Shortcuts};
use people::{Person, id};

const LATVIAN: Shortcuts<'_> = Shortcuts {
    name: "vārds",
    phone: "tālrunis",
    email: "e-pasts",
    card: "karte",
    account: "konts",
    address: "adrese",
};

fn shop() -> Vec<Person> {
    vec![
        Person::named(1, "Anna Bērziņa")
            .phone("2111 1111")
            .email("Anna@Kalnina.LV")
            .account("C-0004007")
            .living("Brīvības iela 12", "Rīga", "LV-1010"),
        Person::named(2, "Jānis Bērziņš").phone("+372 5123 4567").account("C-0004008").card("9000-1234-5678"),
        Person::named(3, "Anna-Marija Kalniņa-Ozoliņa")
            .also(ContactKind::Phone, "2999 8888")
            .also(ContactKind::Email, "birojs@ozolina.lv")
            .living("Annas iela 3", "Jūrmala", "LV-2015"),
        Person::named(4, "Семён Йорданов").phone("+7 812 123 45 67"),
        Person::named(5, "محمد أحمد").reference(42),
        Person::named(6, "Õnne Äärmaa").phone("+49 30 901820").living("Rīgas iela 5", "Tartu", "50090"),
        Person::named(7, "Patrick O'Neil").reference(7).account("C-0005000"),
    ]
}

fn found(typed: &str) -> Vec<u128> {
    let shop = shop();
    let mut index = Index::default();
    shop.iter().for_each(|person| index.upsert(&person.entry()));
    let found = index.search(&Query::parse(typed, &LATVIAN), 50);
    assert_eq!(found.total, found.hits.len());
    found.hits.iter().map(|hit| hit.customer_id.0.as_u128()).collect()
}

#[track_caller]
fn check(typed: &str, expected: &[u128]) {
    assert_eq!(found(typed), expected, "{typed}");
}

#[test]
fn names_are_found_without_case_and_diacritics_by_their_beginnings() {
    check("berzins", &[2]);
    check("BĒRZIŅ", &[1, 2]);
    check("ber", &[1, 2]);
    check("marija", &[3]);
    check("ozolina", &[3]);
    check("семен", &[4]);
    check("иорданов", &[4]);
    check("Йорд", &[4]);
    check("احمد", &[5]);
    check("أحمد", &[5]);
    check("onne", &[6]);
    check("aarmaa", &[6]);
    check("oneil", &[7]);
    check("O’Ne", &[7]);
    check("erzi", &[]);
}

#[test]
fn those_that_match_most_words_come_first_in_any_order_of_words() {
    check("anna berzina", &[1, 3]);
    check("berzina anna", &[1, 3]);
    check("janis berz", &[2, 1]);
    check("anna patrick", &[1, 3, 7]);
    check("anna nobody", &[1, 3]);
}

#[test]
fn phones_are_found_by_their_beginning_with_or_without_calling_code() {
    for typed in
        ["21111111", "2111-11", "(2111) 1111", "+371 2111", "00371 2111", "37121111", "+371 21 11 11"]
    {
        check(typed, &[1]);
    }
    check("tālrunis: 8 812 123", &[4]);
    check("812 123", &[4]);
    check("+7812", &[4]);
    check("030 90", &[6]);
    check("+49 (0)30", &[6]);
    check("tālrunis: 0", &[6]);
    check("1111 1111", &[]);
    check("2999", &[3]);
    check("tālrunis: anna", &[]);
}

#[test]
fn values_are_found_by_their_beginning_without_case() {
    check("anna@k", &[1]);
    check("ANNA@KALNINA.lv", &[1]);
    check("birojs", &[3]);
    check("kalnina.lv", &[3]);
    check("c-0004007", &[1]);
    check("C00040", &[1, 2]);
    check("0004007", &[]);
    check("9000 1234", &[2]);
    check("R1-0042", &[5]);
    check("r1", &[5]);
}

#[test]
fn addresses_are_found_by_the_beginnings_of_all_words() {
    check("riga", &[1, 6]);
    check("brivibas iela 12", &[1]);
    check("lv-1010", &[1]);
    check("50090", &[6]);
    check("adrese: anna", &[3]);
    check("anna riga", &[1, 3]);
    check("riga anna", &[1, 3]);
}

#[test]
fn a_letter_alone_is_no_account_number() {
    check("c", &[]);
    check("konts: c", &[1, 2, 7]);
}

#[test]
fn a_shortcut_searches_one_field_in_the_interfaces_language() {
    check("vārds: anna", &[1, 3]);
    check("vards:riga", &[]);
    check("e-pasts: anna", &[1]);
    check("karte: 9000", &[2]);
    check("konts: c-0004008", &[2]);
    check("konts: R1", &[5]);
    check("adrese: rīga", &[1, 6]);
    check("name: anna", &[1, 3]);
}

#[test]
fn a_name_and_a_value_together_find_the_one() {
    check("anna 21111111", &[1, 3]);
    check("patrick c-0005", &[7]);
}

#[test]
fn nothing_typed_finds_everybody_in_the_order_of_names() {
    check("", &[1, 3, 2, 6, 7, 4, 5]);
    check("vārds: ", &[1, 3, 2, 6, 7, 4, 5]);
    check("!?", &[]);
}

#[test]
fn a_customer_is_found_as_it_is_now_and_once() {
    let mut index = Index::default();
    index.upsert(&Person::named(1, "Anna Bērziņa").reference(1).entry());
    index.upsert(&Person::named(1, "Anna Liepa").account("C-1").entry());
    let search = |index: &Index, typed| index.search(&Query::parse(typed, &Shortcuts::ENGLISH), 5).total;
    assert_eq!((search(&index, "anna"), search(&index, "berzina"), search(&index, "R1-0001")), (1, 0, 0));
    assert_eq!((search(&index, "liepa"), search(&index, "C-1"), index.len()), (1, 1, 1));
    assert!(index.remove(id(1)) && !index.remove(id(1)) && index.is_empty());
    assert_eq!(search(&index, "anna"), 0);
}

#[track_caller]
fn check_marked(person: &Person, typed: &str, expected: &[(MatchedField, &str)]) {
    let matches = Query::parse(typed, &LATVIAN).matched_in(&person.entry());
    let marked: Vec<(MatchedField, String)> = matches
        .iter()
        .map(|found| {
            let mut value = found.value.clone();
            for range in found.ranges.iter().rev() {
                value.insert(range.end, ']');
                value.insert(range.start, '[');
            }
            (found.field, value)
        })
        .collect();
    let expected: Vec<(MatchedField, String)> =
        expected.iter().map(|(field, value)| (*field, (*value).to_owned())).collect();
    assert_eq!(marked, expected, "{typed}");
}

#[test]
fn a_result_says_which_value_matched_and_where() {
    let shop = shop();
    let address = shop[0].customer.addresses[0].id();
    check_marked(&shop[0], "berz", &[(MatchedField::Name, "Anna [Bērz]iņa")]);
    check_marked(&shop[0], "berzina ann", &[(MatchedField::Name, "[Ann]a [Bērziņa]")]);
    check_marked(&shop[0], "2111", &[(MatchedField::Phone, "+371 [2111] 1111")]);
    check_marked(&shop[0], "+371 21", &[(MatchedField::Phone, "[+371 21]11 1111")]);
    check_marked(&shop[0], "anna@k", &[(MatchedField::Email, "[Anna@K]alnina.LV")]);
    check_marked(&shop[0], "c-00", &[(MatchedField::AccountNumber, "[C-00]04007")]);
    check_marked(
        &shop[0],
        "anna rig",
        &[(MatchedField::Name, "[Anna] Bērziņa"), (MatchedField::City(address), "[Rīg]a")],
    );
    check_marked(&shop[0], "lv-10", &[(MatchedField::PostalCode(address), "[LV]-[10]10")]);
    check_marked(&shop[1], "karte:90001", &[(MatchedField::LoyaltyCard, "[90001]2345678")]);
    check_marked(&shop[2], "2999", &[(MatchedField::SecondaryPhone, "+371 [2999] 8888")]);
    check_marked(&shop[2], "birojs@", &[(MatchedField::SecondaryEmail, "[birojs@]ozolina.lv")]);
    check_marked(&shop[4], "r1-0", &[(MatchedField::Reference, "[R1-0]042")]);
    check_marked(&shop[6], "one", &[(MatchedField::Name, "Patrick [O'Ne]il")]);
    check_marked(&shop[6], "nobody", &[]);
}
