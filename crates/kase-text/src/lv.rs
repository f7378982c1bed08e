//! Latvian. Long because a catalogue is one thing that one translator holds in mind.
//!
//! Words kept throughout: account number is *klienta numurs* (a bare *konts* would mean a bank's), register
//! *kase*, headquarters *galvenais birojs*, channel *kanāls*, receipt *čeks*; people are addressed formally.

use crate::language::{Span, grouped, listed};
use crate::*;

/// The Latvian catalogue.
pub(crate) struct Lv;

impl Catalogue for Lv {}

impl Language for Lv {
    fn tag(&self) -> &'static str {
        "lv"
    }
    fn own_name(&self) -> &'static str {
        "Latviešu"
    }
    fn direction(&self) -> Direction {
        Direction::LeftToRight
    }
    fn plural(&self, count: u64) -> Plural {
        match (count % 10, count % 100) {
            (0, _) | (_, 11..=19) => Plural::Zero,
            (1, _) => Plural::One,
            _ => Plural::Other,
        }
    }
    fn number(&self, number: u64) -> String {
        // CLDR: Latvian groups from five digits on.
        if number < 10_000 { number.to_string() } else { grouped(number, '\u{a0}') }
    }
    fn decimal_separator(&self) -> char {
        ','
    }
    fn list(&self, items: &[&str]) -> String {
        listed(items, "un")
    }
    fn duration(&self, seconds: u64) -> String {
        match Span::of(seconds) {
            Span::Seconds(count) => format!("{count} s"),
            Span::Minutes(count) => format!("{count} min"),
            Span::Hours(count) => format!("{count} h"),
            Span::Days(count) => self.counted(count, "dienu", "diena", "dienas"),
        }
    }
    fn ago(&self, seconds: u64) -> String {
        match Span::of(seconds) {
            Span::Seconds(_) => "tikko".to_owned(),
            Span::Days(count) => format!("pirms {}", self.counted(count, "dienām", "dienas", "dienām")),
            _ => format!("pirms {}", self.duration(seconds)),
        }
    }
    fn date(&self, moment: Moment) -> String {
        const MONTHS: [&str; 12] = [
            "janvāris",
            "februāris",
            "marts",
            "aprīlis",
            "maijs",
            "jūnijs",
            "jūlijs",
            "augusts",
            "septembris",
            "oktobris",
            "novembris",
            "decembris",
        ];
        let month = MONTHS.get(usize::from(moment.month).wrapping_sub(1)).copied().unwrap_or_default();
        format!("{}. gada {}. {month}", moment.year, moment.day)
    }
}

impl Lv {
    /// `10 klientu`, `21 klients`, `2 klienti`.
    fn counted(&self, count: u64, zero: &str, one: &str, other: &str) -> String {
        let noun = match self.plural(count) {
            Plural::Zero => zero,
            Plural::One => one,
            _ => other,
        };
        format!("{} {noun}", self.number(count))
    }
}

impl Shell for Lv {
    fn app_name(&self) -> &'static str {
        "Kase"
    }
    fn page_title(&self, page: Page) -> String {
        format!("{} · Kase", self.page(page))
    }
    fn page(&self, page: Page) -> &'static str {
        match page {
            Page::Activation => "Aktivizācija",
            Page::SignIn => "Pierakstīšanās",
            Page::Customers => "Klienti",
            Page::SyncStatus => "Sinhronizācija",
            Page::Settings => "Iestatījumi",
        }
    }
    fn navigation(&self) -> &'static str {
        "Galvenā izvēlne"
    }
    fn skip_to_content(&self) -> &'static str {
        "Pāriet uz saturu"
    }
    fn waiting_badge(&self, waiting: u64) -> String {
        format!("gaida {}", self.number(waiting))
    }
    fn refused_badge(&self, refused: u64) -> String {
        self.counted(refused, "noraidītu", "noraidīts", "noraidīti")
    }
    fn connection_label(&self) -> &'static str {
        "Savienojums"
    }
    fn connection(&self, connection: Connection) -> &'static str {
        match connection {
            Connection::Online => "Tiešsaistē",
            Connection::HeadquartersOutOfReach => "Galvenais birojs nav sasniedzams",
            Connection::Offline => "Bezsaistē",
        }
    }
    fn connection_meaning(&self, connection: Connection) -> &'static str {
        match connection {
            Connection::Online => "Veikala serveris un galvenais birojs atbild.",
            Connection::HeadquartersOutOfReach => {
                "Veikala serveris atbild, galvenais birojs ne. Jaunie klienti tiek saglabāti veikalā."
            }
            Connection::Offline => {
                "Veikala serveris neatbild. Saglabātais paliek šajā kasē, līdz savienojums atjaunojas."
            }
        }
    }
    fn pending_sync(&self) -> &'static str {
        "Gaida sinhronizāciju"
    }
    fn account_number(&self) -> &'static str {
        "Klienta numurs"
    }
    fn save(&self) -> &'static str {
        "Saglabāt"
    }
    fn cancel(&self) -> &'static str {
        "Atcelt"
    }
    fn close(&self) -> &'static str {
        "Aizvērt"
    }
    fn back(&self) -> &'static str {
        "Atpakaļ"
    }
    fn open(&self) -> &'static str {
        "Atvērt"
    }
    fn yes(&self) -> &'static str {
        "Jā"
    }
    fn no(&self) -> &'static str {
        "Nē"
    }
    fn remove(&self) -> &'static str {
        "Noņemt"
    }
    fn dismiss(&self) -> &'static str {
        "Paslēpt"
    }
    fn loading(&self) -> &'static str {
        "Ielādē…"
    }
    fn notifications(&self) -> &'static str {
        "Paziņojumi"
    }
    fn update_ready(&self) -> &'static str {
        "Gatava jauna versija"
    }
    fn update_ready_detail(&self) -> &'static str {
        "Viss, kas šajā kasē gaida, tajā arī paliek."
    }
    fn reload(&self) -> &'static str {
        "Pārlādēt"
    }
    fn needs_https(&self) -> &'static str {
        "Šai lapai ir vajadzīgs HTTPS"
    }
    fn needs_https_detail(&self) -> &'static str {
        "Bez HTTPS pārlūks neļauj sākt darbu bezsaistē un droši glabāt datus, tāpēc neko nevarētu saglabāt. \
         Atveriet to pašu adresi ar https:// sākumā vai jautājiet servera uzturētājam."
    }
    fn no_store_title(&self) -> &'static str {
        "Kase šajā pārlūkā neko nevar glabāt"
    }
    fn no_store_unavailable(&self) -> &'static str {
        "Pārlūks nedod krātuvi, tāpēc neko nevarētu droši saglabāt. Izejiet no privātās pārlūkošanas vai atļaujiet šai \
         lapai krātuvi un pārlādējiet to."
    }
    fn no_store_newer(&self) -> &'static str {
        "Šeit glabātos datus rakstījusi jaunāka Kases versija. Pārlādējiet lapu, lai to iegūtu; gaidošais saglabājas."
    }
    fn no_store_failed(&self) -> &'static str {
        "Pārlūka krātuvi nevar atvērt. Pārlādējiet lapu; ja tas nepalīdz, restartējiet pārlūku. Nekas nav izdzēsts."
    }
    fn no_store_corrupt(&self) -> &'static str {
        "Šajā pārlūkā glabātos kases datus nevar nolasīt. Nekas nav izdzēsts. Pārlādējiet lapu; ja tas nepalīdz, \
         eksportējiet gaidošo un sazinieties ar galveno biroju."
    }
    fn page_not_found(&self) -> &'static str {
        "Tādas lapas nav"
    }
    fn go_to_customers(&self) -> &'static str {
        "Doties uz klientiem"
    }
}

impl Activation for Lv {
    fn activate_heading(&self) -> &'static str {
        "Aktivizējiet šo kasi"
    }
    fn activate_explanation(&self) -> &'static str {
        "Vienu reizi, ar kodu, ko vadītājs saņem no galvenā biroja. Pēc tam šī ierīce strādā arī bez tīkla."
    }
    fn register(&self) -> &'static str {
        "Kase"
    }
    fn register_hint(&self) -> &'static str {
        "Tās nosaukums, piemēram, RIGA-1"
    }
    fn activation_code(&self) -> &'static str {
        "Aktivizācijas kods"
    }
    fn activation_code_hint(&self) -> &'static str {
        "Derīgs vienu reizi"
    }
    fn activate(&self) -> &'static str {
        "Aktivizēt"
    }
    fn activate_again(&self) -> &'static str {
        "Aktivizēt vēlreiz"
    }
    fn activate_again_explanation(&self, register: &str) -> String {
        format!("{register} patur visu, kas tajā ir. Kods ir vadītājam.")
    }
    fn register_rejected(&self) -> &'static str {
        "Veikala serveris šo kasi vairs nepazīst. Klienti šeit joprojām tiek saglabāti; tie tiks nodoti, kad kase būs \
         aktivizēta vēlreiz."
    }
    fn activation_problem(&self, problem: ActivationProblem) -> &'static str {
        match problem {
            ActivationProblem::WrongCode => {
                "Šis kods nepieder šai kasei vai jau ir izmantots. Pārbaudiet abus vai palūdziet vadītājam jaunu kodu."
            }
            ActivationProblem::Deactivated => "Galvenais birojs šo kasi ir deaktivizējis.",
            ActivationProblem::Kiosk => {
                "Šis ir kiosks. Tas izveido klientus, bet nevienu nerāda, tāpēc tā nav kase. Ievadiet kases nosaukumu."
            }
            ActivationProblem::OtherStore => {
                "Šis kods pieder citam veikalam, bet tas, kas šeit gaida, tam nepieder."
            }
            ActivationProblem::OutOfReach => "Veikala serveris neatbild. Aktivizācijai tas ir vajadzīgs.",
        }
    }
}

impl SignIn for Lv {
    fn sign_in(&self) -> &'static str {
        "Pierakstīties"
    }
    fn register_named(&self, register: &str) -> String {
        format!("Kase {register}")
    }
    fn operator(&self) -> &'static str {
        "Operators"
    }
    fn pin(&self) -> &'static str {
        "PIN"
    }
    fn pin_pad(&self) -> &'static str {
        "PIN cipari"
    }
    fn delete_last_digit(&self) -> &'static str {
        "Dzēst pēdējo ciparu"
    }
    fn clear_pin(&self) -> &'static str {
        "Notīrīt"
    }
    fn operator_missing(&self) -> &'static str {
        "Ievadiet savu operatora numuru."
    }
    fn pin_missing(&self) -> &'static str {
        "Ievadiet savu PIN."
    }
    fn sign_in_problem(&self, problem: SignInProblem) -> &'static str {
        match problem {
            SignInProblem::WrongPin => "PIN nav pareizs.",
            SignInProblem::UnknownOperator => "Šajā veikalā nav operatora ar šādu numuru.",
            SignInProblem::RegisterDeactivated => {
                "Galvenais birojs šo kasi ir deaktivizējis, vai tā ir aktivizēta citā pārlūkā. Tas, kas tajā gaida, tik un \
                 tā tiks nodots."
            }
            SignInProblem::SessionEnded => {
                "Jūsu sesija ir beigusies. Pierakstieties vēlreiz; ievadītais nav zudis."
            }
            SignInProblem::OutOfReach => "Veikala serveris neatbild. Lai pierakstītos, tas ir vajadzīgs.",
        }
    }
    fn too_many_tries_for_now(&self) -> &'static str {
        "Pārāk daudz mēģinājumu. Brīdi pagaidiet un mēģiniet vēlreiz."
    }
    fn create_without_sign_in(&self) -> &'static str {
        "Klientus tikmēr var veidot."
    }
    fn sign_in_needs_network(&self) -> &'static str {
        "Lai pierakstītos, vajadzīgs veikala serveris, bet tas nav sasniedzams. Klientus tikmēr var veidot; tos reģistrē bez \
         operatora."
    }
    fn work_without_sign_in(&self) -> &'static str {
        "Turpināt bez pierakstīšanās"
    }
}

impl Search for Lv {
    fn search_customers(&self) -> &'static str {
        "Meklēt klientus"
    }
    fn search_hint(&self) -> &'static str {
        "Vārds, tālrunis, e-pasts, numurs"
    }
    fn clear_search(&self) -> &'static str {
        "Notīrīt meklējumu"
    }
    fn search_shortcut(&self, field: SearchField) -> &'static str {
        match field {
            SearchField::Name => "vārds",
            SearchField::Phone => "tālrunis",
            SearchField::Email => "epasts",
            SearchField::Card => "karte",
            SearchField::Account => "numurs",
            SearchField::Address => "adrese",
        }
    }
    fn results(&self) -> &'static str {
        "Atrastie klienti"
    }
    fn customers_match(&self, count: u64) -> String {
        format!("{} atbilst", self.customers_here(count))
    }
    fn customers_here(&self, count: u64) -> String {
        self.counted(count, "klientu", "klients", "klienti")
    }
    fn on_this_register(&self) -> &'static str {
        "šajā kasē"
    }
    fn in_all_stores(&self) -> &'static str {
        "visos veikalos"
    }
    fn search_all_stores(&self) -> &'static str {
        "Meklēt visos veikalos"
    }
    fn search_all_too_short(&self) -> &'static str {
        "Lai meklētu visos veikalos, ievadiet vismaz četras rakstzīmes."
    }
    fn search_all_out_of_reach(&self) -> &'static str {
        "Lai meklētu visos veikalos, jābūt sasniedzamam galvenajam birojam."
    }
    fn also(&self) -> &'static str {
        "arī"
    }
    fn no_customer_matches(&self, query: &str) -> String {
        format!("Neviens klients neatbilst „{query}” — nospiediet Enter, lai izveidotu")
    }
    fn nobody_matches(&self, query: &str) -> String {
        format!("Neviens klients neatbilst „{query}”")
    }
    fn no_customer_matches_touch(&self) -> &'static str {
        "Ierakstītais tiks pārnests uz jauno klientu."
    }
    fn create_typed(&self) -> &'static str {
        "Izveidot šo klientu"
    }
    fn no_customers_yet(&self) -> &'static str {
        "Šajā kasē vēl nav neviena klienta"
    }
    fn no_customers_yet_detail(&self) -> &'static str {
        "Tie paši atnāk no galvenā biroja. Jaunu klientu var izveidot jebkurā brīdī, arī bez tīkla."
    }
    fn no_customers_any_more(&self) -> &'static str {
        "Šajā kasē klientus vairs neglabā"
    }
    fn no_customers_kept(&self) -> &'static str {
        "Šis veikals klientus kasēs neglabā. Lai klientu atrastu, meklējiet visos veikalos."
    }
    fn new_customer(&self) -> &'static str {
        "Jauns klients"
    }
    fn show_more(&self) -> &'static str {
        "Rādīt vairāk"
    }
    fn nothing_chosen(&self) -> &'static str {
        "Klients nav izvēlēts"
    }
    fn nothing_chosen_detail(&self) -> &'static str {
        "Izvēlieties to sarakstā vai rakstiet, lai meklētu."
    }
}

impl CustomerText for Lv {
    fn field(&self, field: Field) -> &'static str {
        match field {
            Field::Kind => "Klienta veids",
            Field::Title => "Uzruna",
            Field::FirstName => "Vārds",
            Field::MiddleName => "Otrais vārds",
            Field::LastName => "Uzvārds",
            Field::OrganizationName => "Organizācijas nosaukums",
            Field::Email => "E-pasts",
            Field::Phone => "Tālrunis",
            Field::Contacts => "Citi kontakti",
            Field::SecondaryEmail => "Cits e-pasts",
            Field::SecondaryPhone => "Cits tālrunis",
            Field::MarketingConsent => "Piekrīt mārketingam",
            Field::Addresses => "Adreses",
            Field::Purpose => "Nolūks",
            Field::Country => "Valsts",
            Field::PostalCode => "Pasta indekss",
            Field::State => "Reģions vai province",
            Field::County => "Novads",
            Field::City => "Pilsēta",
            Field::Street => "Iela",
            Field::Building => "Ēka",
            Field::AttentionTo => "Kam nodot",
            Field::ContactName => "Kontaktpersona",
            Field::ContactPhone => "Kontakttālrunis",
            Field::PrimaryAddress => "Galvenā adrese",
            Field::Language => "Valoda",
            Field::Currency => "Valūta",
            Field::CustomerGroup => "Klientu grupa",
            Field::ReceiptPreference => "Čeks",
            Field::ReceiptEmail => "E-pasts čekiem",
            Field::TaxExemptNumber => "Nodokļu atbrīvojuma numurs",
            Field::VatNumber => "PVN numurs",
            Field::IdentificationNumber => "Identifikācijas numurs",
            Field::Affiliations => "Piederība",
            Field::Attributes => "Atribūti",
            Field::PrivacyOptOuts => "Privātums",
            Field::LoyaltyCard => "Lojalitātes karte",
        }
    }
    fn section(&self, section: Section) -> &'static str {
        match section {
            Section::Address => "Adrese",
            Section::ReceiptsAndLanguage => "Čeki un valoda",
            Section::MoreAboutTheCustomer => "Vairāk par klientu",
            Section::MoreContacts => "Citi kontakti",
            Section::Attributes => "Atribūti",
            Section::Privacy => "Privātums",
        }
    }
    fn customer_kind(&self, kind: CustomerKind) -> &'static str {
        match kind {
            CustomerKind::Person => "Persona",
            CustomerKind::Organization => "Organizācija",
        }
    }
    fn address_purpose(&self, purpose: AddressPurpose) -> &'static str {
        match purpose {
            AddressPurpose::Home => "Mājas",
            AddressPurpose::Office => "Birojs",
            AddressPurpose::Business => "Uzņēmums",
            AddressPurpose::PostBox => "Abonenta kastīte",
            AddressPurpose::Other => "Cits",
        }
    }
    fn receipt_preference(&self, preference: ReceiptPreference) -> &'static str {
        match preference {
            ReceiptPreference::None => "Nav vajadzīgs",
            ReceiptPreference::Paper => "Papīra",
            ReceiptPreference::Email => "E-pastā",
            ReceiptPreference::Both => "Papīra un e-pastā",
        }
    }
    fn receipt_given(&self, preference: ReceiptPreference) -> &'static str {
        match preference {
            ReceiptPreference::None => "Bez čeka",
            ReceiptPreference::Paper => "Uz papīra",
            ReceiptPreference::Email => "E-pastā",
            ReceiptPreference::Both => "Uz papīra un e-pastā",
        }
    }
    fn opt_out(&self, opt_out: OptOut) -> &'static str {
        match opt_out {
            OptOut::Marketing => "Bez mārketinga",
            OptOut::Personalization => "Bez personiskiem ieteikumiem",
            OptOut::ActivityTracking => "Bez darbību izsekošanas",
        }
    }
    fn marketing_consent_hint(&self) -> &'static str {
        "Tikai tad, ja klients to ir teicis."
    }
    fn not_chosen(&self) -> &'static str {
        "Nav izvēlēts"
    }
    fn store_default(&self) -> &'static str {
        "Kā veikalā noteikts"
    }
    fn add_email(&self) -> &'static str {
        "Pievienot e-pastu"
    }
    fn add_phone(&self) -> &'static str {
        "Pievienot tālruni"
    }
    fn remove_named(&self, what: &str) -> String {
        format!("Noņemt: {what}")
    }
    fn duplicates_label(&self) -> &'static str {
        "Varbūt tas pats klients"
    }
    fn duplicate_after_name(&self, reference: &str, of: DuplicateOf) -> String {
        let same = match of {
            DuplicateOf::SamePhone => "tas pats tālrunis",
            DuplicateOf::SameEmail => "tas pats e-pasts",
            DuplicateOf::SimilarName => "līdzīgs vārds un tas pats pasta indekss",
        };
        format!(", {reference}: {same}.")
    }
    fn use_this_one(&self) -> &'static str {
        "Izmantot šo"
    }
}

impl Saving for Lv {
    fn save_route(&self, route: SaveRoute) -> &'static str {
        match route {
            SaveRoute::AtHeadquarters => "Klienta numurs būs uzreiz.",
            SaveRoute::InStore => "Saglabās veikalā, klienta numurs būs vēlāk.",
            SaveRoute::InStoreHeadquartersOut => {
                "Galvenais birojs nav sasniedzams: saglabās veikalā, klienta numurs būs vēlāk."
            }
            SaveRoute::OnRegister => "Bezsaistē: saglabās šajā kasē, klienta numurs būs vēlāk.",
            SaveRoute::Excluded => "Bezsaistē: šis veikals klientus veido tikai tiešsaistē.",
        }
    }
    fn saving(&self) -> &'static str {
        "Saglabā…"
    }
    fn saved_with_account_number(&self, account_number: &str) -> String {
        format!("Saglabāts. Klienta numurs {account_number}")
    }
    fn saved_on_register(&self) -> &'static str {
        "Saglabāts šajā kasē. Klienta numurs tiks piešķirts, kad atjaunosies savienojums."
    }
    fn saved_in_store(&self) -> &'static str {
        "Saglabāts veikalā. Klienta numurs atnāks pats."
    }
    fn saved_in_store_headquarters_out(&self) -> &'static str {
        "Saglabāts veikalā. Klienta numurs tiks piešķirts, kad galvenais birojs atkal būs sasniedzams."
    }
    fn saved_on_register_sending(&self) -> &'static str {
        "Saglabāts šajā kasē. Veikala serveris vēl nav atbildējis; tas tiks nosūtīts vēlreiz bez jūsu palīdzības."
    }
    fn held_fields(&self, fields: &str) -> String {
        format!("Šie lauki gaida klienta numuru: {fields}.")
    }
    fn not_saved(&self, problem: StorageProblem) -> &'static str {
        match problem {
            StorageProblem::Full => {
                "Nav saglabāts: šajā ierīcē vairs nav vietas. Atbrīvojiet vietu un saglabājiet vēlreiz; ievadītais \
                 joprojām ir šeit."
            }
            StorageProblem::Refused => {
                "Nav saglabāts: pārlūks atteicās to glabāt. Saglabājiet vēlreiz; ievadītais joprojām ir šeit."
            }
            StorageProblem::Unavailable => {
                "Nav saglabāts: šis pārlūks Kasei nedod krātuvi. Izejiet no privātās pārlūkošanas vai atļaujiet šai \
                 lapai glabāt datus; ievadītais joprojām ir šeit."
            }
            StorageProblem::Closed => {
                "Nav saglabāts: pārlūks aizvēra krātuvi. Saglabājiet vēlreiz vai pārlādējiet lapu; ievadītais \
                 joprojām ir šeit."
            }
            StorageProblem::Deleted => {
                "Nav saglabāts: pārlūks izdzēsa krātuvi. Saglabājiet vēlreiz; ievadītais joprojām ir šeit."
            }
        }
    }
    fn store_fault(&self, problem: StorageProblem) -> &'static str {
        match problem {
            StorageProblem::Full => {
                "Šajā ierīcē vairs nav vietas, tāpēc tajā neko nevar saglabāt. Atbrīvojiet vietu; gaidošais joprojām ir šeit."
            }
            StorageProblem::Refused => {
                "Pārlūka krātuve nedarbojas. Saglabātais ir drošībā; pārlādējiet lapu."
            }
            StorageProblem::Unavailable => "Pārlūks Kasei vairs nedod krātuvi. Atļaujiet šai lapai krātuvi.",
            StorageProblem::Closed => {
                "Pārlūks aizvēra krātuvi. Pārlādējiet lapu; gaidošais joprojām ir šeit."
            }
            StorageProblem::Deleted => {
                "Pārlūks izdzēsa visu, kas bija šajā kasē. Klienti, kas vēl nebija nonākuši veikala serverī, ir zuduši. \
                 Pārlādējiet lapu un aktivizējiet kasi vēlreiz."
            }
        }
    }
    fn not_known_whether_saved(&self) -> &'static str {
        "Veikala serveris laikus neatbildēja. Saglabājiet vēlreiz: tas tiks saglabāts tikai vienu reizi, un ievadītais joprojām ir šeit."
    }
    fn register_not_ready(&self) -> &'static str {
        "Nav saglabāts: šī kase vēl nav saņēmusi sava veikala iestatījumus. Tai vienreiz vajag veikala serveri; ievadītais \
         joprojām ir šeit."
    }
    fn not_saved_refused(&self, reason: &str) -> String {
        format!("Nav saglabāts. Galvenais birojs to noraidīja: {reason}")
    }
    fn not_saved_check_fields(&self, fields: u64) -> String {
        format!("Vēl nav saglabāts: jālabo {}.", self.counted(fields, "lauku", "lauks", "lauki"))
    }
    fn creation_excluded(&self) -> &'static str {
        "Šeit klientus nevar veidot bezsaistē"
    }
    fn creation_excluded_detail(&self) -> &'static str {
        "Šis veikals klientus kasēs neglabā, tāpēc ir jāatbild veikala serverim. Pārbaudiet tīklu vai izmantojiet citu \
         kasi; ievadītais paliek šeit, un to varēs saglabāt, kad savienojums atjaunosies."
    }
    fn creation_closed_register_deactivated(&self) -> &'static str {
        "Šī kase tikai nodod to, kas tajā gaida, un klientus neveido. Izmantojiet citu."
    }
    fn discard_question(&self) -> &'static str {
        "Vai atmest ievadīto?"
    }
    fn discard_detail(&self) -> &'static str {
        "Nekas no tā vēl nav saglabāts."
    }
    fn discard(&self) -> &'static str {
        "Atmest"
    }
    fn keep_editing(&self) -> &'static str {
        "Turpināt ievadīt"
    }
}

impl Details for Lv {
    fn contact(&self) -> &'static str {
        "Kontakti"
    }
    fn address(&self) -> &'static str {
        "Adrese"
    }
    fn addresses(&self) -> &'static str {
        "Adreses"
    }
    fn groups(&self) -> &'static str {
        "Grupas"
    }
    fn other_data(&self) -> &'static str {
        "Citi dati"
    }
    fn edit(&self) -> &'static str {
        "Labot"
    }
    fn edit_customer(&self) -> &'static str {
        "Labot klienta datus"
    }
    fn add_address(&self) -> &'static str {
        "Pievienot adresi"
    }
    fn issue_loyalty_card(&self) -> &'static str {
        "Izsniegt lojalitātes karti"
    }
    fn reference(&self, short_reference: &str) -> String {
        format!("Atsauce {short_reference}")
    }
    fn address_heading(&self, purpose: AddressPurpose) -> String {
        self.address_purpose(purpose).to_owned()
    }
    fn primary_address_heading(&self, purpose: AddressPurpose) -> String {
        format!("{}, galvenā", self.address_purpose(purpose))
    }
    fn nothing_entered(&self) -> &'static str {
        "Nekas nav ievadīts"
    }
    fn pending_closes(&self) -> &'static str {
        "Labot un izsniegt lojalitātes karti varēs, kad būs klienta numurs."
    }
    fn closed(&self, reason: Closed) -> &'static str {
        match reason {
            Closed::PendingEdit => "Šī klienta datus varēs labot, kad būs klienta numurs.",
            Closed::PendingLoyalty => "Lojalitātes karti varēs izsniegt, kad būs klienta numurs.",
            Closed::PendingAddress => "Vēl vienu adresi varēs pievienot, kad būs klienta numurs.",
            Closed::PendingField => "Šo lauku varēs aizpildīt, kad būs klienta numurs.",
            Closed::PendingAddressContent => "Šo adresi varēs labot, kad tā būs galvenajā birojā.",
            Closed::NeedsAsyncAddresses => {
                "Galvenajā birojā jāieslēdz iestatījums „Klientu adrešu asinhrona izveide”."
            }
            Closed::NeedsEnhancedCreation => {
                "Galvenajā birojā jāieslēdz iestatījums „Paplašinātā klientu asinhronā izveide”."
            }
            Closed::NeedsAsyncEditing => {
                "Galvenajā birojā jāieslēdz iestatījums „Klientu labošana asinhronajā režīmā”."
            }
            Closed::EditNeedsHeadquarters => {
                "Labošanai vajadzīgs galvenais birojs, bet tas pašlaik nav sasniedzams."
            }
            Closed::AddressNeedsHeadquarters => {
                "Lai pievienotu adresi, vajadzīgs galvenais birojs, bet tas pašlaik nav sasniedzams."
            }
            Closed::LoyaltyNeedsHeadquarters => {
                "Lai izsniegtu lojalitātes karti, vajadzīgs galvenais birojs, bet tas pašlaik nav sasniedzams."
            }
            Closed::EditOffline => "Labošanai vajadzīgs galvenais birojs, bet šī kase ir bezsaistē.",
            Closed::AddressOffline => {
                "Lai pievienotu adresi, vajadzīgs galvenais birojs, bet šī kase ir bezsaistē."
            }
            Closed::LoyaltyOffline => {
                "Lai izsniegtu lojalitātes karti, vajadzīgs galvenais birojs, bet šī kase ir bezsaistē."
            }
            Closed::LoyaltyBlocked => "Šim klientam lojalitātes kartes ir bloķētas.",
            Closed::CustomerRefused => {
                "Galvenais birojs šo klientu noraidīja. Darbības atvērsies, kad tas būs izlabots."
            }
            Closed::CustomerDiscarded => {
                "Galvenais birojs no šī klienta ir atteicies. Neko tam pievienot nevar."
            }
            Closed::RegisterDeactivated => "Šī kase tikai nodod to, kas tajā gaida.",
            Closed::NotAtThisRegister => "Šī kase klientus veido, bet nerāda.",
        }
    }
    fn customer_gone(&self) -> &'static str {
        "Šajā kasē šāda klienta nav."
    }
    fn edit_saved(&self) -> &'static str {
        "Izmaiņas saglabātas."
    }
    fn edit_waits(&self) -> &'static str {
        "Izmaiņas saglabātas šajā kasē. Galvenais birojs tās saņems bez jūsu palīdzības."
    }
    fn edit_waits_in_store(&self) -> &'static str {
        "Izmaiņas saglabātas veikalā. Galvenais birojs tās saņems bez jūsu palīdzības."
    }
    fn change_held(&self) -> &'static str {
        "Vēl nav mainīts: to pašu ir mainījis kāds cits. Galvenajā birojā ir abas vērtības, un tur izlems."
    }
    fn edit_unchanged(&self) -> &'static str {
        "Nekas netika mainīts."
    }
    fn address_saved(&self) -> &'static str {
        "Adrese saglabāta."
    }
    fn address_waits(&self) -> &'static str {
        "Adrese saglabāta šajā kasē. Galvenais birojs to saņems bez jūsu palīdzības."
    }
    fn address_waits_in_store(&self) -> &'static str {
        "Adrese saglabāta veikalā. Galvenais birojs to saņems bez jūsu palīdzības."
    }
    fn account_number_arrived(&self, name: &str, account_number: &str) -> String {
        format!("{name}: piešķirts klienta numurs {account_number}.")
    }
}

impl Loyalty for Lv {
    fn loyalty_cards(&self) -> &'static str {
        "Lojalitātes kartes"
    }
    fn no_loyalty_card(&self) -> &'static str {
        "Lojalitātes kartes nav"
    }
    fn card_number(&self) -> &'static str {
        "Kartes numurs"
    }
    fn card_number_hint(&self) -> &'static str {
        "Noskenējiet karti vai ierakstiet tās numuru"
    }
    fn card_number_generated(&self) -> &'static str {
        "Kartes numuru piešķirs galvenais birojs."
    }
    fn card_issued(&self, card_number: &str) -> String {
        format!("Lojalitātes karte {card_number} izsniegta.")
    }
    fn loyalty_problem(&self, problem: LoyaltyProblem) -> &'static str {
        match problem {
            LoyaltyProblem::Taken => "Šis kartes numurs jau pieder kādam citam.",
            LoyaltyProblem::Blocked => "Šim klientam lojalitātes kartes ir bloķētas.",
            LoyaltyProblem::NeedsAccountNumber => "Lojalitātes karti varēs izsniegt, kad būs klienta numurs.",
            LoyaltyProblem::OutOfReach => {
                "Lai izsniegtu lojalitātes karti, vajadzīgs galvenais birojs, bet tas pašlaik nav sasniedzams."
            }
            LoyaltyProblem::NumberMissing => "Ievadiet kartes numuru.",
            LoyaltyProblem::NumberNotPossible => "Kartes numurā ir tikai burti, cipari un defises.",
        }
    }
}

impl SyncStatus for Lv {
    fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::OnThisRegister => "Šajā kasē",
            Stage::OnItsRegister => "Savā kasē",
            Stage::InTheChannel => "Kanālā",
            Stage::AtHeadquarters => "Galvenajā birojā",
            Stage::AccountNumberAssigned => "Klienta numurs piešķirts",
            Stage::Synced => "Sinhronizēts",
            Stage::Refused => "Noraidīts",
        }
    }
    fn refused_counted(&self, refused: u64) -> &'static str {
        match self.plural(refused) {
            Plural::One => self.stage(Stage::Refused),
            _ => "Noraidīti",
        }
    }
    fn stages_label(&self) -> &'static str {
        "Ceļš līdz klienta numuram"
    }
    fn stage_done(&self) -> &'static str {
        "paveikts"
    }
    fn stage_now(&self) -> &'static str {
        "pašlaik šeit"
    }
    fn stage_ahead(&self) -> &'static str {
        "vēl priekšā"
    }
    fn stage_detail(&self, detail: StageDetail) -> &'static str {
        match detail {
            StageDetail::WaitingForNetwork => "gaida tīklu",
            StageDetail::BeingSent => "tiek sūtīts",
            StageDetail::WaitingForHeadquarters => "gaida galveno biroju",
            StageDetail::WaitingForJob => "gaida savu darbu",
            StageDetail::JobPaused => "tā darbs ir apturēts",
            StageDetail::WaitingForAccountNumber => "gaida klienta numuru",
            StageDetail::ComingToThisRegister => "ceļā uz šo kasi",
            StageDetail::BehindEarlierChange => "pēc agrākas izmaiņas",
            StageDetail::BehindRefusedChange => "aiz noraidītas izmaiņas",
            StageDetail::HeldForReview => "aizturēts pārskatīšanai galvenajā birojā",
            StageDetail::NeedsAPerson => "vajadzīgs cilvēks",
        }
    }
    fn stage_meaning(&self, detail: StageDetail) -> &'static str {
        match detail {
            StageDetail::WaitingForNetwork => {
                "Saglabāts šajā kasē. Virzīsies tālāk pats, kad veikala serveris atkal atbildēs."
            }
            StageDetail::BeingSent => "Saglabāts šajā kasē un tiek sūtīts veikala serverim.",
            StageDetail::WaitingForHeadquarters => {
                "Tas ir veikala serverī. Virzīsies tālāk pats, kad galvenais birojs atkal atbildēs."
            }
            StageDetail::WaitingForJob => {
                "Tas ir veikala serverī. Uz galveno biroju tas dosies nākamajā sava darba izpildē."
            }
            StageDetail::JobPaused => {
                "Tas ir veikala serverī. Tā darbs ir apturēts: jautājiet galvenajam birojam, kad to atsāks."
            }
            StageDetail::WaitingForAccountNumber => "Virzīsies tālāk pats, kad būs klienta numurs.",
            StageDetail::ComingToThisRegister => "Klienta numurs ir piešķirts un ir ceļā uz šo kasi.",
            StageDetail::BehindEarlierChange => "Vispirms iet šī klienta agrāka izmaiņa. Šī sekos pati.",
            StageDetail::BehindRefusedChange => {
                "Šī klienta agrāka izmaiņa ir noraidīta. Skatiet, kas vajadzīgs tai; šī sekos."
            }
            StageDetail::HeldForReview => {
                "Tas ir galvenajā birojā un tiks izskatīts, pirms stāsies spēkā. Šeit nekas nav jādara."
            }
            StageDetail::NeedsAPerson => "Par to lemj cilvēks galvenajā birojā.",
        }
    }
    fn stuck(&self, stuck: Stuck) -> &'static str {
        match stuck {
            Stuck::Offline => {
                "Tas ir neparasti ilgi. Pārbaudiet tīklu; pirms šī ierīce kaut kur aizceļo, eksportējiet gaidošo."
            }
            Stuck::NotTaken => {
                "Tas ir neparasti ilgi. Nospiediet „Mēģināt tūlīt”; ja nekas nemainās, sakiet veikala servera uzturētājam."
            }
            Stuck::HeadquartersOutOfReach => {
                "Tas ir neparasti ilgi. Sakiet tam, kas rūpējas par savienojumu ar galveno biroju; veikalā viss tiek glabāts."
            }
            Stuck::InChannel => {
                "Tas ir neparasti ilgi. Jautājiet galvenajam birojam, vai darbs P-0001 nav apturēts un vai tas izdodas."
            }
            Stuck::AtHeadquarters => {
                "Tas ir neparasti ilgi. Palūdziet galvenajam birojam to apskatīt klientu sinhronizācijas statusa lapā."
            }
        }
    }
    fn job(&self, job: Job) -> &'static str {
        match job {
            Job::Push => "P-0001",
            Job::Synchronize => "Klientu un kanālu pieprasījumu sinhronizēšana",
            Job::Customers => "1010 Klienti",
        }
    }
    fn job_trouble(&self, job: Job, trouble: JobTrouble, waiting: u64) -> String {
        let (state, remedy) = match trouble {
            JobTrouble::Paused => ("ir apturēts", "Jautājiet galvenajam birojam, kad tas atsāksies."),
            JobTrouble::Failing => {
                ("neizdodas", "Tas tiks mēģināts vēlreiz; ja tā paliek, ziņojiet galvenajam birojam.")
            }
            JobTrouble::Overdue => ("kavējas", "Lūdziet galveno biroju to pārbaudīt."),
        };
        let waiting = self.counted(waiting, "ierakstu", "ieraksts", "ieraksti");
        format!("Darbs „{}” {state}: uz to gaida {waiting} no šīs kases. {remedy}", self.job(job))
    }
    fn age_and_detail(&self, age_seconds: u64, detail: StageDetail) -> String {
        format!("{}, {}", self.ago(age_seconds), self.stage_detail(detail))
    }
    fn waiting(&self) -> &'static str {
        "Gaida"
    }
    fn oldest_waiting(&self, age_seconds: u64) -> String {
        format!("vecākais ierakstīts {}", self.ago(age_seconds))
    }
    fn last_exchange(&self, clock: &str) -> String {
        format!("pēdējā apmaiņa {clock}")
    }
    fn no_exchange_yet(&self) -> &'static str {
        "apmaiņas vēl nav bijis"
    }
    fn nothing_waits(&self) -> &'static str {
        "Nekas negaida"
    }
    fn nothing_waits_detail(&self) -> &'static str {
        "Viss šajā kasē ierakstītais ir nonācis galā."
    }
    fn operation(&self, kind: OperationKind) -> &'static str {
        match kind {
            OperationKind::CreateCustomer => "Jauns klients",
            OperationKind::EditCustomer => "Labots klients",
            OperationKind::AddAddress => "Jauna adrese",
            OperationKind::EditAddress => "Labota adrese",
            OperationKind::AddContact => "Jauns kontakts",
            OperationKind::AddAffiliation => "Jauna piederība",
            OperationKind::RemoveAffiliation => "Noņemta piederība",
            OperationKind::IssueLoyaltyCard => "Lojalitātes karte",
            OperationKind::Erase => "Dzēsti dati",
            OperationKind::Other => "Izmaiņa",
        }
    }
    fn tried(&self, tries: u64) -> String {
        format!("Līdz šim {}.", self.counted(tries, "mēģinājumu", "mēģinājums", "mēģinājumi"))
    }
    fn retry_now(&self) -> &'static str {
        "Mēģināt tūlīt"
    }
    fn retry_not_possible_offline(&self) -> &'static str {
        "Veikala serveris joprojām neatbild."
    }
    fn refused_because(&self, reason: &str) -> String {
        format!("Noraidīts · {reason}")
    }
    fn discarded_because(&self, reason: &str) -> String {
        format!("Atmests · {reason}")
    }
    fn discarded_meaning(&self) -> &'static str {
        "Galvenais birojs no tā ir atteicies šī iemesla dēļ: klienta numura nebūs. Ierakstītais glabājas galvenajā birojā."
    }
    fn remove_from_list(&self) -> &'static str {
        "Noņemt no saraksta"
    }
    fn still_waits(&self) -> &'static str {
        "Tas paliek sarakstā: nevienam citam tā vēl nav."
    }
    fn export(&self) -> &'static str {
        "Eksportēt"
    }
    fn exported(&self, operations: u64) -> String {
        let waiting =
            self.counted(operations, "gaidošiem ierakstiem", "gaidošu ierakstu", "gaidošiem ierakstiem");
        format!("Izveidota aizzīmogota datne ar {waiting}. Atvērt to var tikai galvenais birojs.")
    }
    fn not_exported(&self, operations: u64) -> String {
        let changes = self.counted(operations, "ieraksta", "ieraksts", "ieraksti");
        format!("Datnē nav: {changes}, ko šeit nevar izlasīt. Kas no tā ir, paliek šajā kasē.")
    }
    fn export_without_key(&self) -> &'static str {
        "Galvenais birojs vēl nav izveidojis glābšanas atslēgu. Bez tās nekas netiek rakstīts, jo to varētu izlasīt jebkurš."
    }
    fn export_failed(&self) -> &'static str {
        "Datni neizdevās izveidot. Viss gaidošais joprojām ir šajā kasē."
    }
    fn storage(&self) -> &'static str {
        "Krātuve"
    }
    fn storage_persistent(&self) -> &'static str {
        "Krātuve ir pastāvīga. Pārlūks neizdzēsīs to, kas gaida."
    }
    fn storage_not_persistent(&self) -> &'static str {
        "Pārlūks var izdzēst to, kas šeit gaida, ja ierīcē beigsies vieta vai vairākas nedēļas neviens to neatvērs. \
         Instalējiet lietotni vai lūdziet pārlūkam to paturēt."
    }
    fn storage_unknown(&self) -> &'static str {
        "Pārlūks neatklāj, vai paturēs to, kas gaida."
    }
    fn storage_at_risk(&self, only_here: u64) -> String {
        format!("Tikai šajā kasē ir {}.", self.counted(only_here, "ierakstu", "ieraksts", "ieraksti"))
    }
    fn storage_asked_in_vain(&self) -> &'static str {
        "Pārlūks nepiekrita. Instalējiet lietotni vai pievienojiet šo lapu grāmatzīmēm un lūdziet vēlreiz; līdz tam \
         pirms aiziešanas nogādājiet vai eksportējiet to, kas gaida."
    }
    fn storage_ask(&self) -> &'static str {
        "Lūgt pārlūkam to paturēt"
    }
    fn storage_used(&self, used_bytes: u64, total_bytes: u64) -> String {
        format!("Aizņemti {} no {}.", self.size(used_bytes), self.size(total_bytes))
    }
    fn storage_nearly_full(&self) -> &'static str {
        "Vietas palicis maz. Atbrīvojiet to laikus: kad tā beigsies, bezsaistē nevarēs saglabāt nevienu klientu."
    }
    fn passed_over(&self, records: u64) -> String {
        let records = self.counted(
            records,
            "galvenā biroja ierakstu",
            "galvenā biroja ierakstu",
            "galvenā biroja ierakstus",
        );
        format!(
            "Šī Kases versija nevar nolasīt {records}. Jaunāka versija tos saņems pati; viss pārējais turpinās."
        )
    }
    fn unreadable_operations(&self, operations: u64) -> String {
        let waiting = self.counted(operations, "gaidošu ierakstu", "gaidošu ierakstu", "gaidošus ierakstus");
        format!(
            "Šī Kases versija nevar nolasīt {waiting}. Nekas nav izdzēsts: pārlādējiet lapu vai eksportējiet gaidošo un \
             nododiet datni galvenajam birojam."
        )
    }
}

impl Settings for Lv {
    fn appearance(&self) -> &'static str {
        "Izskats"
    }
    fn interface_language(&self) -> &'static str {
        "Valoda"
    }
    fn theme_label(&self) -> &'static str {
        "Motīvs"
    }
    fn theme(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::System => "Kā ierīcē",
            Theme::Light => "Gaišs",
            Theme::Dark => "Tumšs",
        }
    }
    fn text_size_label(&self) -> &'static str {
        "Teksta lielums"
    }
    fn text_size(&self, size: TextSize) -> &'static str {
        match size {
            TextSize::Normal => "Parasts",
            TextSize::Large => "Liels",
            TextSize::ExtraLarge => "Ļoti liels",
        }
    }
    fn this_register(&self) -> &'static str {
        "Šī kase"
    }
    fn store(&self) -> &'static str {
        "Veikals"
    }
    fn signed_in_as(&self, operator: &str) -> String {
        format!("Operators: {operator}")
    }
    fn not_signed_in(&self) -> &'static str {
        "Neviens nav pierakstījies"
    }
    fn sign_out(&self) -> &'static str {
        "Izrakstīties"
    }
    fn sign_out_keeps(&self) -> &'static str {
        "Izrakstoties nekas netiek dzēsts: gaidošais paliek šajā kasē un turpina savu ceļu."
    }
    fn sign_out_offline(&self) -> &'static str {
        "Kase ir bezsaistē: līdz savienojums atjaunosies, neviens nevarēs pierakstīties. Klientus var veidot arī bez \
         pierakstīšanās."
    }
    fn forget_register(&self) -> &'static str {
        "Aizmirst šo kasi"
    }
    fn forget_explanation(&self) -> &'static str {
        "Izdzēš visu, kas šajā pārlūkā glabājas par kasi. Tas, kas ir veikala serverī, paliek. Lai šeit atkal strādātu, \
         būs vajadzīgs aktivizācijas kods."
    }
    fn forget_nothing_waits(&self) -> &'static str {
        "Tikai šajā kasē nekas negaida: nekas nezustu."
    }
    fn forget_warning(&self, waiting: u64) -> String {
        let waits = self.counted(waiting, "ierakstu", "ieraksts", "ieraksti");
        let lost = if self.plural(waiting) == Plural::One { "tas zustu" } else { "tie zustu" };
        format!(
            "Tikai šajā kasē gaida {waits}, un {lost}. Ļaujiet kasei visu nogādāt vai vispirms eksportējiet gaidošo."
        )
    }
    fn forget_confirmation(&self, register: &str) -> String {
        format!("Lai apstiprinātu, ierakstiet {register}")
    }
    fn forget_now(&self) -> &'static str {
        "Izdzēst visu šeit"
    }
    fn forget_failed(&self) -> &'static str {
        "Pārlūks to nevarēja izdzēst. Viss ir tā, kā bija."
    }
    fn version(&self, version: &str) -> String {
        format!("Versija {version}")
    }
}

impl Errors for Lv {
    fn error(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::CustomerPendingEdit => "Klientam vēl nav numura, tāpēc tā datus nevar labot.",
            ErrorCode::CustomerPendingLoyalty => {
                "Klientam vēl nav numura, tāpēc lojalitātes karti nevar izsniegt."
            }
            ErrorCode::CustomerPendingField => "Šo lauku nevar aizpildīt, kamēr nav klienta numura.",
            ErrorCode::OfflineCreationExcluded => "Šis veikals klientus bezsaistē neveido.",
            ErrorCode::HeadquartersUnreachable => "Galvenais birojs nav sasniedzams.",
            ErrorCode::FeaturePrerequisite => "Vispirms jāmaina cits iestatījums.",
            ErrorCode::InvalidField => "Kādā laukā ir neiespējama vērtība.",
            ErrorCode::TooLong => "Kāds lauks ir par garu.",
            ErrorCode::UnknownCustomer => "Šāda klienta nav.",
            ErrorCode::IdempotencyMismatch => "Tas jau ir ierakstīts ar citu saturu.",
            ErrorCode::LoyaltyBlocked => "Klientam lojalitātes kartes ir bloķētas.",
            ErrorCode::LoyaltyCardTaken => "Kartes numurs jau pieder kādam citam.",
            ErrorCode::Unauthenticated => "Neviens nav pierakstījies.",
            ErrorCode::SessionExpired => "Sesija ir beigusies.",
            ErrorCode::Forbidden => "Tas šeit nav atļauts.",
            ErrorCode::RateLimited => "Īsā laikā ir bijis pārāk daudz pieprasījumu.",
            ErrorCode::PayloadTooLarge => "Vienā pieprasījumā ir pārāk daudz datu.",
            ErrorCode::UnsupportedVersion => "Šīs lietotnes un servera versijas nesader.",
            ErrorCode::NotFound => "Pieprasītā nav.",
            ErrorCode::BadRequest => "Serveris to nevarēja nolasīt.",
            ErrorCode::Internal => "Serverī radās kļūme.",
        }
    }
    fn remedy(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::CustomerPendingEdit
            | ErrorCode::CustomerPendingLoyalty
            | ErrorCode::CustomerPendingField => "Mēģiniet vēlreiz, kad būs klienta numurs.",
            ErrorCode::OfflineCreationExcluded => "Pārbaudiet tīklu vai izmantojiet citu kasi.",
            ErrorCode::HeadquartersUnreachable => "Nekas nav jādara: tiks mēģināts vēlreiz.",
            ErrorCode::FeaturePrerequisite => "Palūdziet galvenajam birojam pārbaudīt funkciju pārvaldību.",
            ErrorCode::InvalidField | ErrorCode::TooLong => "Izlabojiet lauku un saglabājiet vēlreiz.",
            ErrorCode::UnknownCustomer => "Sameklējiet klientu vēlreiz.",
            ErrorCode::IdempotencyMismatch => "Tas ir saglabāts. Palūdziet galvenajam birojam to apskatīt.",
            ErrorCode::LoyaltyBlocked => "Jautājiet galvenajam birojam, vai bloķēšanu var atcelt.",
            ErrorCode::LoyaltyCardTaken => "Pārbaudiet numuru vai ņemiet citu karti.",
            ErrorCode::Unauthenticated | ErrorCode::SessionExpired => {
                "Pierakstieties vēlreiz; ievadītais nav zudis."
            }
            ErrorCode::Forbidden => "Jautājiet vadītājam.",
            ErrorCode::RateLimited => "Brīdi pagaidiet; tiks mēģināts vēlreiz.",
            ErrorCode::PayloadTooLarge => "Saīsiniet ievadīto.",
            ErrorCode::UnsupportedVersion => {
                "Pārlādējiet lapu, lai iegūtu jauno versiju. Viss gaidošais paliek."
            }
            ErrorCode::NotFound => "Ejiet atpakaļ un meklējiet vēlreiz.",
            ErrorCode::BadRequest => "Pārlādējiet lapu un mēģiniet vēlreiz. Viss gaidošais paliek.",
            ErrorCode::Internal => "Pēc brīža mēģiniet vēlreiz; saglabātais ir drošībā.",
        }
    }
    fn kept_remedy(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::CustomerPendingEdit
            | ErrorCode::CustomerPendingLoyalty
            | ErrorCode::CustomerPendingField => {
                "Tas tiek glabāts. Galvenais birojs var to atļaut, vai arī dariet to vēlreiz, kad būs klienta numurs."
            }
            ErrorCode::HeadquartersUnreachable | ErrorCode::OfflineCreationExcluded => {
                "Tas tiek glabāts. Bija vajadzīga tūlītēja galvenā biroja atbilde: tagad birojs var to atļaut."
            }
            ErrorCode::FeaturePrerequisite => {
                "Tas tiek glabāts. Palūdziet galvenajam birojam pārbaudīt funkciju pārvaldību."
            }
            ErrorCode::InvalidField | ErrorCode::TooLong => {
                "Tas tiek glabāts. Galvenais birojs var lauku izlabot; pasakiet klienta vārdu un atsauci."
            }
            ErrorCode::UnknownCustomer => {
                "Tas tiek glabāts. Vispirms jābūt klientam: skatiet, kas noticis ar klienta izveidi."
            }
            ErrorCode::IdempotencyMismatch => {
                "Ar to pašu id tur jau ir kas cits. Eksportējiet gaidošo, lai galvenais birojs abus salīdzina."
            }
            ErrorCode::LoyaltyBlocked => {
                "Tas tiek glabāts. Jautājiet galvenajam birojam, vai bloķēšanu var atcelt."
            }
            ErrorCode::LoyaltyCardTaken => "Izsniedziet citu karti; no šīs galvenais birojs var atteikties.",
            ErrorCode::Unauthenticated | ErrorCode::SessionExpired | ErrorCode::Forbidden => {
                "Tas tiek glabāts. Vai to atļaut, lemj galvenais birojs."
            }
            ErrorCode::RateLimited => "Tas tiks nosūtīts vēlreiz.",
            ErrorCode::PayloadTooLarge => {
                "Tas tiek glabāts. Eksportējiet gaidošo galvenajam birojam un ievadiet to vēlreiz pa daļām."
            }
            ErrorCode::UnsupportedVersion => {
                "Tas tiek glabāts un tiks nosūtīts vēlreiz, kad veikala serveris būs atjaunināts."
            }
            ErrorCode::NotFound | ErrorCode::BadRequest => {
                "Tas tiek glabāts, kā ierakstīts. Pasakiet galvenajam birojam klienta vārdu un atsauci."
            }
            ErrorCode::Internal => "Tas tiek glabāts. Palūdziet galvenajam birojam to sinhronizēt vēlreiz.",
        }
    }
    fn unknown_error(&self) -> &'static str {
        "Radās kļūda."
    }
    fn problem(&self, problem: Problem) -> String {
        let text = match problem {
            Problem::Required => "Aizpildiet šo lauku",
            Problem::NameRequired => "Ievadiet vārdu vai uzvārdu",
            Problem::OrganizationNameRequired => "Ievadiet organizācijas nosaukumu",
            Problem::TooLong { limit } => {
                let characters = self.counted(limit, "rakstzīmju", "rakstzīme", "rakstzīmes");
                return format!("Par garu: ne vairāk kā {characters}");
            }
            Problem::ControlCharacter => "Tajā ir neredzama vadības rakstzīme; ierakstiet vēlreiz",
            Problem::NotWellFormed => "Tajā ir bojāta rakstzīme; ierakstiet vēlreiz",
            Problem::EmailWithoutAt => "E-pasta adresē ir @, piemēram, anna@inbox.lv",
            Problem::EmailWithoutName => "Trūkst daļas pirms @",
            Problem::EmailWithoutDomain => "Aiz @ vajadzīgs domēns, piemēram, inbox.lv",
            Problem::EmailCharacter => "E-pasta adresē nav atstarpju, komatu un otra @",
            Problem::PhoneTooShort => "Par īsu šīs valsts tālruņa numuram",
            Problem::PhoneTooLong => "Par garu šīs valsts tālruņa numuram",
            Problem::PhoneUnknownCallingCode => "Šāda valsts koda nav nevienai valstij",
            Problem::PhoneCharacter => "Tālruņa numurā ir tikai cipari, atstarpes, defises un iekavas",
            Problem::TooMany { limit } => return format!("Par daudz: ne vairāk kā {}", self.number(limit)),
            Problem::UnknownValue => "Izvēlieties vienu no piedāvātajām vērtībām",
            Problem::MoreThanOnePrimary => "Galvenā var būt tikai viena adrese",
            Problem::NotAWholeNumber => "Ievadiet veselu skaitli",
            Problem::NotANumber => "Ievadiet skaitli",
            Problem::TooManyDigits { limit } => {
                return format!(
                    "Par garu: ne vairāk kā {}",
                    self.counted(limit, "ciparu", "cipars", "cipari")
                );
            }
            Problem::OutOfRange => "Ārpus atļautajām robežām",
            Problem::NotPossible => "Šeit tas nav iespējams",
        };
        text.to_owned()
    }
    fn field_problem(&self, field: Field, problem: Problem) -> String {
        format!("{}: {}", self.field(field), self.problem(problem))
    }
    fn out_of_range(&self, least: &str, most: &str) -> String {
        format!("No {least} līdz {most}")
    }
    fn register_delivers_only(&self) -> &'static str {
        "Šī kase ir deaktivizēta, vai tās vietā strādā cita pārlūkprogramma. Tā drīkst tikai nodot to, kas tajā glabājas."
    }
    fn too_late(&self) -> &'static str {
        "Tas aizņēma pārāk ilgu laiku. Mēģiniet vēlreiz."
    }
    fn damaged_on_its_way(&self) -> &'static str {
        "Nosūtītais pienāca bojāts. Mēģiniet vēlreiz."
    }
    fn server_storage_full(&self) -> &'static str {
        "Serverī vairs nav vietas, tāpēc tur nekas netika saglabāts. Vieta jāatbrīvo; pēc tam mēģiniet vēlreiz."
    }
    fn no_rescue_file(&self) -> &'static str {
        "Šī nav kases glābšanas datne."
    }
    fn rescue_file_cut_off(&self) -> &'static str {
        "Glābšanas datnei trūkst beigu. Nokopējiet to vēlreiz."
    }
    fn rescue_file_of_another_key(&self) -> &'static str {
        "Glābšanas datne ir aizzīmogota ar cita uzņēmuma atslēgu vai ar tādu, kuras galvenajā birojā vairs nav."
    }
    fn rescue_file_changed(&self) -> &'static str {
        "Glābšanas datne ir mainīta pēc tam, kad kase to aizzīmogoja. Nokopējiet to vēlreiz."
    }
    fn at_least(&self, least: &str) -> String {
        format!("Vismaz {least}")
    }
    fn at_most(&self, most: &str) -> String {
        format!("Ne vairāk kā {most}")
    }
}

impl Losses for Lv {
    fn loss_title(&self) -> &'static str {
        "Šis pārlūks ir izdzēsis savu datubāzi"
    }
    fn loss_of_nothing(&self, recorded: u64) -> String {
        let recorded = self.counted(recorded, "ierakstu", "ieraksts", "ieraksti");
        format!("Šeit bija {recorded}. Viss ir veikala serverī: nekas nav zudis.")
    }
    fn loss(&self, recorded: u64, arrived: u64, lost: u64, times: &str) -> String {
        let recorded = self.counted(recorded, "ierakstu", "ieraksts", "ieraksti");
        let verb = if self.plural(lost) == Plural::One { "ir zudis" } else { "ir zuduši" };
        let times = if times.is_empty() { String::new() } else { format!(" (ierakstīts {times})") };
        format!(
            "Šeit bija {recorded}. Veikala serverī no tiem ir {}; {} {verb}{times}.",
            self.number(arrived),
            self.number(lost)
        )
    }
    fn loss_advice(&self) -> &'static str {
        "Zudušo ievadiet vēlreiz."
    }
    fn loss_unasked(&self, recorded: u64, waiting: u64) -> String {
        let recorded = self.counted(recorded, "ierakstu", "ieraksts", "ieraksti");
        format!(
            "Šeit bija {recorded}; cik šis pārlūks zināja, {} no tiem vēl nebija nogādāti. Kas ir zudis, veikala serveris \
             pateiks, kad šo pārlūku atkal aktivizēs.",
            self.number(waiting)
        )
    }
    fn loss_asked_soon(&self, recorded: u64, waiting: u64) -> String {
        let recorded = self.counted(recorded, "ierakstu", "ieraksts", "ieraksti");
        format!(
            "Šeit bija {recorded}; cik šis pārlūks zināja, {} no tiem vēl nebija nogādāti. Kas ir zudis, veikala serveris \
             pateiks, tiklīdz tas atbildēs.",
            self.number(waiting)
        )
    }
    fn loss_not_told(&self, recorded: u64, waiting: u64) -> String {
        let recorded = self.counted(recorded, "ierakstu", "ieraksts", "ieraksti");
        format!(
            "Šeit bija {recorded}; cik šis pārlūks zināja, {} no tiem vēl nebija nogādāti. Veikala serveris nevarēja \
             pateikt, kas no tā tam ir: meklējiet sadaļā „Klienti”, kā trūkst.",
            self.number(waiting)
        )
    }
    fn loss_elsewhere_title(&self) -> &'static str {
        "Šīs kases agrākais pārlūks nav visu nogādājis"
    }
    fn loss_elsewhere(&self, heard: &str, recorded: u64, lost: u64, times: &str) -> String {
        let recorded = self.counted(recorded, "ierakstiem", "ieraksta", "ierakstiem");
        let verb = if self.plural(lost) == Plural::One { "nav saņemts" } else { "nav saņemti" };
        let times = if times.is_empty() { String::new() } else { format!(" (ierakstīts {times})") };
        format!(
            "Pēdējo reizi tas bija dzirdams {heard}. No tā {recorded} {} {verb}{times}.",
            self.number(lost)
        )
    }
    fn loss_elsewhere_advice(&self) -> &'static str {
        "Ja tas pārlūks vēl darbojas, pārējo tas nogādās pats. Ja tā dati ir izdzēsti, pārējais ir zudis: ievadiet to \
         vēlreiz."
    }
    fn understood(&self) -> &'static str {
        "Sapratu"
    }
    fn waits_for_tabs(&self) -> &'static str {
        "Citā cilnē vēl darbojas vecāka Kases versija. Aizveriet pārējās cilnes vai pārlādējiet tās."
    }
}

impl Headquarters for Lv {
    fn store_warning(&self, warning: StoreWarning) -> &'static str {
        match warning {
            StoreWarning::DefaultCustomerReceiptEmail => {
                "Noklusējuma klientam ir čeku e-pasts: to saņems katrs jauns klients, kam nav sava, un līdz ar to svešus čekus."
            }
        }
    }
}
