//! Invented customers: names, phones and addresses put together from small lists, the same for the same number.
//! Nobody here lives.

use kase_domain::{
    AddressId, AddressPurpose, AddressRecord, ContactKind, ContactRecord, Country, Customer, CustomerId,
    CustomerKind, CustomerRecord, ReceiptPreference,
};

use super::chain::AFFILIATIONS;
use super::demo_id;
use crate::HeadquartersError;

/// One in so many is an organization.
const ORGANIZATION_EVERY: u32 = 10;

/// A name, and how its owner spells it in an email address.
type Spelled = (&'static str, &'static str);

/// Names of one language: first names of women and of men, last names of women and of men.
struct Tongue {
    language: &'static str,
    women: &'static [Spelled],
    men: &'static [Spelled],
    last_women: &'static [Spelled],
    last_men: &'static [Spelled],
}

#[rustfmt::skip]
const LATVIAN: Tongue = Tongue {
    language: "lv",
    women: &[("Anna", "anna"), ("Kristīne", "kristine"), ("Līga", "liga"), ("Ilze", "ilze"), ("Inese", "inese"), ("Zane", "zane"), ("Dace", "dace"), ("Elīna", "elina"), ("Agnese", "agnese"), ("Sanita", "sanita"), ("Evija", "evija"), ("Māra", "mara"), ("Žanete", "zanete"), ("Rūta", "ruta")],
    men: &[("Jānis", "janis"), ("Andris", "andris"), ("Juris", "juris"), ("Edgars", "edgars"), ("Mārtiņš", "martins"), ("Kārlis", "karlis"), ("Pēteris", "peteris"), ("Aivars", "aivars"), ("Gatis", "gatis"), ("Uldis", "uldis"), ("Raivis", "raivis"), ("Ģirts", "girts"), ("Ņikita", "nikita"), ("Guntis", "guntis")],
    last_women: &[("Bērziņa", "berzina"), ("Kalniņa", "kalnina"), ("Ozoliņa", "ozolina"), ("Jansone", "jansone"), ("Liepiņa", "liepina"), ("Krūmiņa", "krumina"), ("Balode", "balode"), ("Eglīte", "eglite"), ("Zariņa", "zarina"), ("Pētersone", "petersone"), ("Vītola", "vitola"), ("Kļaviņa", "klavina"), ("Kārkliņa", "karklina"), ("Šteina", "steina"), ("Vilciņa-Ķēniņa", "vilcina")],
    last_men: &[("Bērziņš", "berzins"), ("Kalniņš", "kalnins"), ("Ozoliņš", "ozolins"), ("Jansons", "jansons"), ("Liepiņš", "liepins"), ("Krūmiņš", "krumins"), ("Balodis", "balodis"), ("Eglītis", "eglitis"), ("Zariņš", "zarins"), ("Pētersons", "petersons"), ("Vītols", "vitols"), ("Kļaviņš", "klavins"), ("Kārkliņš", "karklins"), ("Šteins", "steins"), ("Vilciņš-Ķēniņš", "vilcins")],
};

#[rustfmt::skip]
const ESTONIAN: Tongue = Tongue {
    language: "et",
    women: &[("Kadri", "kadri"), ("Õie", "oie"), ("Liis", "liis"), ("Maarja", "maarja"), ("Ülle", "ulle"), ("Tiina", "tiina"), ("Kätlin", "katlin"), ("Piret", "piret")],
    men: &[("Jüri", "juri"), ("Tõnu", "tonu"), ("Märt", "mart"), ("Kristjan", "kristjan"), ("Rein", "rein"), ("Ülo", "ulo"), ("Toomas", "toomas"), ("Väino", "vaino")],
    last_women: &[("Tamm", "tamm"), ("Mägi", "magi"), ("Sepp", "sepp"), ("Kask", "kask"), ("Põld", "pold"), ("Kõiv", "koiv"), ("Rätsep", "ratsep"), ("Õunapuu", "ounapuu"), ("Järvesalu", "jarvesalu")],
    last_men: &[("Tamm", "tamm"), ("Mägi", "magi"), ("Sepp", "sepp"), ("Kask", "kask"), ("Põld", "pold"), ("Kõiv", "koiv"), ("Rätsep", "ratsep"), ("Õunapuu", "ounapuu"), ("Järvesalu", "jarvesalu")],
};

#[rustfmt::skip]
const RUSSIAN: Tongue = Tongue {
    language: "ru",
    women: &[("Ольга", "olga"), ("Наталья", "natalja"), ("Татьяна", "tatjana"), ("Ирина", "irina"), ("Алёна", "aljona"), ("Светлана", "svetlana")],
    men: &[("Сергей", "sergej"), ("Алексей", "aleksej"), ("Фёдор", "fjodor"), ("Дмитрий", "dmitrij"), ("Игорь", "igor"), ("Семён", "semjon")],
    last_women: &[("Иванова", "ivanova"), ("Соловьёва", "solovjova"), ("Кузнецова", "kuznecova"), ("Попова", "popova"), ("Королёва", "koroljova"), ("Щукина", "scukina")],
    last_men: &[("Иванов", "ivanov"), ("Соловьёв", "solovjov"), ("Кузнецов", "kuznecov"), ("Попов", "popov"), ("Королёв", "koroljov"), ("Щукин", "scukin")],
};

#[rustfmt::skip]
const ENGLISH: Tongue = Tongue {
    language: "en",
    women: &[("Zoë", "zoe"), ("Emma", "emma"), ("Charlotte", "charlotte"), ("Siobhán", "siobhan")],
    men: &[("James", "james"), ("Oliver", "oliver"), ("Seán", "sean"), ("William", "william")],
    last_women: &[("Smith", "smith"), ("O'Neill", "oneill"), ("Brontë", "bronte"), ("Taylor-Jones", "taylor")],
    last_men: &[("Smith", "smith"), ("O'Neill", "oneill"), ("Brontë", "bronte"), ("Taylor-Jones", "taylor")],
};

#[rustfmt::skip]
const LATVIAN_PLACES: [(&str, &str, &[&str]); 5] = [
    ("Rīga", "LV-10", &["Brīvības iela", "Čaka iela", "Krišjāņa Barona iela", "Ģertrūdes iela", "Miera iela"]),
    ("Jūrmala", "LV-20", &["Jomas iela", "Kāpu iela"]),
    ("Cēsis", "LV-41", &["Rīgas iela", "Lenču iela"]),
    ("Daugavpils", "LV-54", &["Saules iela", "Viestura iela"]),
    ("Liepāja", "LV-34", &["Lielā iela", "Kūrmājas prospekts"]),
];

#[rustfmt::skip]
const ESTONIAN_PLACES: [(&str, &str, &[&str]); 4] = [
    ("Tartu", "51", &["Riia tänav", "Võru tänav", "Küüni tänav"]),
    ("Tallinn", "10", &["Pärnu maantee", "Tööstuse tänav"]),
    ("Pärnu", "80", &["Rüütli tänav"]),
    ("Võru", "65", &["Jüri tänav"]),
];

#[rustfmt::skip]
const TRADES: [Spelled; 8] = [("Būve", "buve"), ("Ķīmija", "kimija"), ("Maiznīca", "maiznica"), ("Tehnika", "tehnika"), ("Kohvik", "kohvik"), ("Ehitus", "ehitus"), ("Dārzs", "darzs"), ("Mööbel", "moobel")];
#[rustfmt::skip]
const MARKS: [Spelled; 10] = [("Ābele", "abele"), ("Zīle", "zile"), ("Põhjatäht", "pohjataht"), ("Saulgrieži", "saulgriezi"), ("Vējš", "vejs"), ("Amber", "amber"), ("Dzintars", "dzintars"), ("Tõrv", "torv"), ("Lāse", "lase"), ("Rasa", "rasa")];

/// Draws choices of one customer: a small generator (SplitMix64) seeded with its number.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or(0) % bound.max(1)
    }

    fn one<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

/// The `nth` invented customer.
pub(super) fn customer(nth: u32) -> Result<(CustomerId, Customer), HeadquartersError> {
    let mut draw = Draw(u64::from(nth));
    let estonian = draw.below(10) < 3;
    let country = if estonian { "EE" } else { "LV" };
    let mut record = CustomerRecord {
        currency: Some("EUR".to_owned()),
        customer_group: Some("retail".to_owned()),
        receipt_preference: Some(ReceiptPreference::Paper),
        phone: Some(phone(nth, estonian)),
        ..CustomerRecord::default()
    };
    if nth.is_multiple_of(ORGANIZATION_EVERY) {
        organization(&mut record, &mut draw, nth, estonian);
    } else {
        person(&mut record, &mut draw, nth, estonian);
    }
    if draw.below(10) < 7 {
        record.addresses.push(address(&mut draw, nth, estonian));
    }
    if draw.below(12) == 0 {
        record.affiliations.push(AFFILIATIONS[draw.below(AFFILIATIONS.len())].0.to_owned());
    }
    if draw.below(15) == 0 {
        record.contacts.push(ContactRecord {
            kind: ContactKind::Phone,
            value: phone(nth + 500_000, estonian),
            typed: None,
            marketing_consent: draw.below(2) == 0,
        });
    }
    let stored = |error: String| HeadquartersError::Stored(format!("invented customer {nth}: {error}"));
    let country = Country::parse(country).map_err(|error| stored(error.to_string()))?;
    let customer = Customer::parse(&record, &country).map_err(|errors| stored(format!("{errors:?}")))?;
    Ok((demo_id(1, nth), customer))
}

fn person(record: &mut CustomerRecord, draw: &mut Draw, nth: u32, estonian: bool) {
    let tongue = match (estonian, draw.below(100)) {
        (_, 0..15) => &RUSSIAN,
        (_, 15..20) => &ENGLISH,
        (true, _) => &ESTONIAN,
        (false, _) => &LATVIAN,
    };
    let woman = draw.below(2) == 0;
    let (first, first_ascii) = draw.one(if woman { tongue.women } else { tongue.men });
    let (last, last_ascii) = draw.one(if woman { tongue.last_women } else { tongue.last_men });
    record.kind = Some(CustomerKind::Person);
    record.first_name = Some(first.to_owned());
    record.last_name = Some(last.to_owned());
    record.language = Some(tongue.language.to_owned());
    if draw.below(5) > 0 {
        let domain = draw.one(if estonian {
            &["example.ee", "mail.example.ee"]
        } else {
            &["example.lv", "pasts.example.lv"]
        });
        record.email = Some(format!("{first_ascii}.{last_ascii}{nth}@{domain}"));
    }
}

fn organization(record: &mut CustomerRecord, draw: &mut Draw, nth: u32, estonian: bool) {
    let (trade, trade_ascii) = draw.one(&TRADES);
    let (mark, mark_ascii) = draw.one(&MARKS);
    record.kind = Some(CustomerKind::Organization);
    record.organization_name =
        Some(if estonian { format!("{mark} {trade} OÜ") } else { format!("SIA \"{mark} {trade}\"") });
    record.language = Some(if estonian { "et" } else { "lv" }.to_owned());
    let domain = if estonian { "example.ee" } else { "example.lv" };
    record.email = Some(format!("info{nth}@{mark_ascii}-{trade_ascii}.{domain}"));
    record.vat_number = Some(if estonian { format!("EE10{nth:07}") } else { format!("LV4000{nth:07}") });
}

/// A mobile number that looks like nobody else's.
fn phone(nth: u32, estonian: bool) -> String {
    // A prime step spreads the numbers over the range without a repeat.
    let spread = u64::from(nth) * 7_654_321 % 9_999_991;
    if estonian { format!("+3725{spread:07}") } else { format!("+3712{spread:07}") }
}

fn address(draw: &mut Draw, nth: u32, estonian: bool) -> AddressRecord {
    let (city, postal, streets) =
        if estonian { draw.one(&ESTONIAN_PLACES) } else { draw.one(&LATVIAN_PLACES) };
    let mut address = AddressRecord::new(AddressId(demo_id(2, nth).0));
    let house = draw.below(120) + 1;
    let flat = draw.below(60) + 1;
    address.purpose = Some(if nth.is_multiple_of(ORGANIZATION_EVERY) {
        AddressPurpose::Business
    } else {
        AddressPurpose::Home
    });
    address.country = Some(if estonian { "EE" } else { "LV" }.to_owned());
    address.postal_code = Some(if estonian {
        format!("{postal}{:03}", draw.below(1_000))
    } else {
        format!("{postal}{:02}", draw.below(100))
    });
    address.city = Some(city.to_owned());
    address.street = Some(format!("{} {house}–{flat}", draw.one(streets)));
    address.primary = true;
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn invented_customers_are_the_same_each_time_and_no_two_share_a_phone() {
        let mut phones = HashSet::new();
        let mut organizations = 0;
        for nth in 1..=super::super::DEMO_CUSTOMERS {
            let (id, customer) = customer(nth).unwrap();
            assert_eq!(customer, super::customer(nth).unwrap().1);
            assert_eq!(id.0.get_version_num(), 7);
            assert!(phones.insert(customer.phone.as_ref().unwrap().e164().to_owned()), "{nth}");
            organizations += usize::from(customer.kind() == CustomerKind::Organization);
        }
        assert_eq!(organizations, 200);
    }
}
