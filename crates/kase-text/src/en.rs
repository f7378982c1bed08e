//! English. Long because a catalogue is one thing that one translator holds in mind.

use crate::language::{Span, grouped, listed};
use crate::*;

/// The English catalogue.
pub(crate) struct En;

impl Catalogue for En {}

impl Language for En {
    fn tag(&self) -> &'static str {
        "en"
    }
    fn own_name(&self) -> &'static str {
        "English"
    }
    fn direction(&self) -> Direction {
        Direction::LeftToRight
    }
    fn plural(&self, count: u64) -> Plural {
        if count == 1 { Plural::One } else { Plural::Other }
    }
    fn number(&self, number: u64) -> String {
        grouped(number, ',')
    }
    fn decimal_separator(&self) -> char {
        '.'
    }
    fn list(&self, items: &[&str]) -> String {
        listed(items, "and")
    }
    fn duration(&self, seconds: u64) -> String {
        match Span::of(seconds) {
            Span::Seconds(count) => format!("{count} s"),
            Span::Minutes(count) => format!("{count} min"),
            Span::Hours(count) => format!("{count} h"),
            Span::Days(1) => "1 day".to_owned(),
            Span::Days(count) => format!("{} days", self.number(count)),
        }
    }
    fn ago(&self, seconds: u64) -> String {
        match Span::of(seconds) {
            Span::Seconds(_) => "just now".to_owned(),
            _ => format!("{} ago", self.duration(seconds)),
        }
    }
    fn date(&self, moment: Moment) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS.get(usize::from(moment.month).wrapping_sub(1)).copied().unwrap_or_default();
        format!("{} {month} {}", moment.day, moment.year)
    }
}

impl En {
    /// `1 customer`, `2,000 customers`.
    fn counted(&self, count: u64, one: &str, other: &str) -> String {
        let noun = if self.plural(count) == Plural::One { one } else { other };
        format!("{} {noun}", self.number(count))
    }
}

impl Shell for En {
    fn app_name(&self) -> &'static str {
        "Kase"
    }
    fn page_title(&self, page: Page) -> String {
        format!("{} · Kase", self.page(page))
    }
    fn page(&self, page: Page) -> &'static str {
        match page {
            Page::Activation => "Activation",
            Page::SignIn => "Sign in",
            Page::Customers => "Customers",
            Page::SyncStatus => "Sync status",
            Page::Settings => "Settings",
        }
    }
    fn navigation(&self) -> &'static str {
        "Main"
    }
    fn skip_to_content(&self) -> &'static str {
        "Skip to the content"
    }
    fn waiting_badge(&self, waiting: u64) -> String {
        format!("{} waiting", self.number(waiting))
    }
    fn refused_badge(&self, refused: u64) -> String {
        format!("{} refused", self.number(refused))
    }
    fn connection_label(&self) -> &'static str {
        "Connection"
    }
    fn connection(&self, connection: Connection) -> &'static str {
        match connection {
            Connection::Online => "Online",
            Connection::HeadquartersOutOfReach => "Headquarters out of reach",
            Connection::Offline => "Offline",
        }
    }
    fn connection_meaning(&self, connection: Connection) -> &'static str {
        match connection {
            Connection::Online => "The store’s server and headquarters answer.",
            Connection::HeadquartersOutOfReach => {
                "The store’s server answers, headquarters does not. New customers are saved in the store."
            }
            Connection::Offline => {
                "The store’s server does not answer. What is saved stays on this register until it does."
            }
        }
    }
    fn pending_sync(&self) -> &'static str {
        "Pending sync"
    }
    fn account_number(&self) -> &'static str {
        "Account number"
    }
    fn save(&self) -> &'static str {
        "Save"
    }
    fn cancel(&self) -> &'static str {
        "Cancel"
    }
    fn close(&self) -> &'static str {
        "Close"
    }
    fn back(&self) -> &'static str {
        "Back"
    }
    fn open(&self) -> &'static str {
        "Open"
    }
    fn yes(&self) -> &'static str {
        "Yes"
    }
    fn no(&self) -> &'static str {
        "No"
    }
    fn remove(&self) -> &'static str {
        "Remove"
    }
    fn dismiss(&self) -> &'static str {
        "Dismiss"
    }
    fn loading(&self) -> &'static str {
        "Loading…"
    }
    fn notifications(&self) -> &'static str {
        "News"
    }
    fn update_ready(&self) -> &'static str {
        "A new version is ready"
    }
    fn update_ready_detail(&self) -> &'static str {
        "What waits on this register stays on it."
    }
    fn reload(&self) -> &'static str {
        "Reload"
    }
    fn needs_https(&self) -> &'static str {
        "This page needs HTTPS"
    }
    fn needs_https_detail(&self) -> &'static str {
        "Over plain HTTP the browser offers no offline start and no safe storage, so nothing could be kept. \
         Open the same address with https:// at its front, or ask whoever runs the server."
    }
    fn no_store_title(&self) -> &'static str {
        "Kase cannot keep anything in this browser"
    }
    fn no_store_unavailable(&self) -> &'static str {
        "The browser gives Kase no storage, so nothing could be saved safely. Leave private browsing, or allow storage for \
         this page, and reload it."
    }
    fn no_store_newer(&self) -> &'static str {
        "What is stored here was written by a newer version of Kase. Reload the page to get that version; what waits is kept."
    }
    fn no_store_failed(&self) -> &'static str {
        "The browser’s storage cannot be opened. Reload the page; if it stays so, restart the browser. Nothing was deleted."
    }
    fn no_store_corrupt(&self) -> &'static str {
        "What this browser holds of the register cannot be read. Nothing was deleted. Reload the page; if it stays so, \
         export what waits and call headquarters."
    }
    fn page_not_found(&self) -> &'static str {
        "There is no such page"
    }
    fn go_to_customers(&self) -> &'static str {
        "Go to Customers"
    }
}

impl Activation for En {
    fn activate_heading(&self) -> &'static str {
        "Activate this register"
    }
    fn activate_explanation(&self) -> &'static str {
        "Once, with the code that a manager gets from headquarters. After that this device works without a network too."
    }
    fn register(&self) -> &'static str {
        "Register"
    }
    fn register_hint(&self) -> &'static str {
        "Its name, such as RIGA-1"
    }
    fn activation_code(&self) -> &'static str {
        "Activation code"
    }
    fn activation_code_hint(&self) -> &'static str {
        "It works once"
    }
    fn activate(&self) -> &'static str {
        "Activate"
    }
    fn activate_again(&self) -> &'static str {
        "Activate again"
    }
    fn activate_again_explanation(&self, register: &str) -> String {
        format!("{register} keeps everything it holds. A manager has the code.")
    }
    fn register_rejected(&self) -> &'static str {
        "The store’s server does not know this register any more. Customers are still saved here; they are delivered \
         once it is activated again."
    }
    fn activation_problem(&self, problem: ActivationProblem) -> &'static str {
        match problem {
            ActivationProblem::WrongCode => {
                "This code does not belong to this register, or it has been used. Check both, or ask a manager for a \
                 new code."
            }
            ActivationProblem::Deactivated => "Headquarters has deactivated this register.",
            ActivationProblem::Kiosk => {
                "This is a kiosk. It creates customers and shows none, so it is no point of sale. Enter the name of a \
                 register."
            }
            ActivationProblem::OtherStore => {
                "This code belongs to another store, and what waits here does not."
            }
            ActivationProblem::OutOfReach => "The store’s server does not answer. Activation needs it.",
        }
    }
}

impl SignIn for En {
    fn sign_in(&self) -> &'static str {
        "Sign in"
    }
    fn register_named(&self, register: &str) -> String {
        format!("Register {register}")
    }
    fn operator(&self) -> &'static str {
        "Operator"
    }
    fn pin(&self) -> &'static str {
        "PIN"
    }
    fn pin_pad(&self) -> &'static str {
        "Number pad"
    }
    fn delete_last_digit(&self) -> &'static str {
        "Delete the last digit"
    }
    fn clear_pin(&self) -> &'static str {
        "Clear"
    }
    fn operator_missing(&self) -> &'static str {
        "Enter your operator number."
    }
    fn pin_missing(&self) -> &'static str {
        "Enter your PIN."
    }
    fn sign_in_problem(&self, problem: SignInProblem) -> &'static str {
        match problem {
            SignInProblem::WrongPin => "The PIN is wrong.",
            SignInProblem::UnknownOperator => "No operator of this store has this number.",
            SignInProblem::RegisterDeactivated => {
                "Headquarters has deactivated this register, or it was activated in another browser. What waits on it is \
                 still delivered."
            }
            SignInProblem::SessionEnded => "Your session has ended. Sign in again; nothing typed is lost.",
            SignInProblem::OutOfReach => "The store’s server does not answer. Signing in needs it.",
        }
    }
    fn too_many_tries_for_now(&self) -> &'static str {
        "Too many tries. Wait a little and try again."
    }
    fn create_without_sign_in(&self) -> &'static str {
        "Customers can be created meanwhile."
    }
    fn sign_in_needs_network(&self) -> &'static str {
        "Signing in needs the store's server, which is out of reach. Customers can be created meanwhile; they are recorded \
         without an operator."
    }
    fn work_without_sign_in(&self) -> &'static str {
        "Go on without signing in"
    }
}

impl Search for En {
    fn search_customers(&self) -> &'static str {
        "Search customers"
    }
    fn search_hint(&self) -> &'static str {
        "Name, phone, email or number"
    }
    fn clear_search(&self) -> &'static str {
        "Clear the search"
    }
    fn search_shortcut(&self, field: SearchField) -> &'static str {
        match field {
            SearchField::Name => "name",
            SearchField::Phone => "phone",
            SearchField::Email => "email",
            SearchField::Card => "card",
            SearchField::Account => "account",
            SearchField::Address => "address",
        }
    }
    fn results(&self) -> &'static str {
        "Customers found"
    }
    fn customers_match(&self, count: u64) -> String {
        let verb = if self.plural(count) == Plural::One { "matches" } else { "match" };
        format!("{} {verb}", self.counted(count, "customer", "customers"))
    }
    fn customers_here(&self, count: u64) -> String {
        self.counted(count, "customer", "customers")
    }
    fn on_this_register(&self) -> &'static str {
        "on this register"
    }
    fn in_all_stores(&self) -> &'static str {
        "in all stores"
    }
    fn search_all_stores(&self) -> &'static str {
        "Search all stores"
    }
    fn search_all_too_short(&self) -> &'static str {
        "Type at least four characters to search all stores."
    }
    fn search_all_out_of_reach(&self) -> &'static str {
        "Searching all stores needs headquarters in reach."
    }
    fn also(&self) -> &'static str {
        "also"
    }
    fn no_customer_matches(&self, query: &str) -> String {
        format!("No customer matches “{query}” — press Enter to create")
    }
    fn nobody_matches(&self, query: &str) -> String {
        format!("No customer matches “{query}”")
    }
    fn no_customer_matches_touch(&self) -> &'static str {
        "What you typed is carried into the new customer."
    }
    fn create_typed(&self) -> &'static str {
        "Create this customer"
    }
    fn no_customers_yet(&self) -> &'static str {
        "No customers on this register yet"
    }
    fn no_customers_yet_detail(&self) -> &'static str {
        "They come from headquarters by themselves. A new one can be created at any time, without a network too."
    }
    fn no_customers_any_more(&self) -> &'static str {
        "No customers are kept here any more"
    }
    fn no_customers_kept(&self) -> &'static str {
        "This store keeps none on its registers. Search all stores to find a customer."
    }
    fn new_customer(&self) -> &'static str {
        "New customer"
    }
    fn show_more(&self) -> &'static str {
        "Show more"
    }
    fn nothing_chosen(&self) -> &'static str {
        "No customer chosen"
    }
    fn nothing_chosen_detail(&self) -> &'static str {
        "Choose one from the list, or type to search."
    }
}

impl CustomerText for En {
    fn field(&self, field: Field) -> &'static str {
        match field {
            Field::Kind => "Type of customer",
            Field::Title => "Title",
            Field::FirstName => "First name",
            Field::MiddleName => "Middle name",
            Field::LastName => "Last name",
            Field::OrganizationName => "Organization name",
            Field::Email => "Email",
            Field::Phone => "Phone",
            Field::Contacts => "More contacts",
            Field::SecondaryEmail => "Another email",
            Field::SecondaryPhone => "Another phone",
            Field::MarketingConsent => "Agrees to marketing",
            Field::Addresses => "Addresses",
            Field::Purpose => "Purpose",
            Field::Country => "Country",
            Field::PostalCode => "Postal code",
            Field::State => "State or province",
            Field::County => "County",
            Field::City => "City",
            Field::Street => "Street",
            Field::Building => "Building",
            Field::AttentionTo => "Attention to",
            Field::ContactName => "Contact name",
            Field::ContactPhone => "Contact phone",
            Field::PrimaryAddress => "Primary address",
            Field::Language => "Language",
            Field::Currency => "Currency",
            Field::CustomerGroup => "Customer group",
            Field::ReceiptPreference => "Receipt",
            Field::ReceiptEmail => "Email for receipts",
            Field::TaxExemptNumber => "Tax exempt number",
            Field::VatNumber => "VAT number",
            Field::IdentificationNumber => "Identification number",
            Field::Affiliations => "Affiliations",
            Field::Attributes => "Attributes",
            Field::PrivacyOptOuts => "Privacy",
            Field::LoyaltyCard => "Loyalty card",
        }
    }
    fn section(&self, section: Section) -> &'static str {
        match section {
            Section::Address => "Address",
            Section::ReceiptsAndLanguage => "Receipts and language",
            Section::MoreAboutTheCustomer => "More about the customer",
            Section::MoreContacts => "More contacts",
            Section::Attributes => "Attributes",
            Section::Privacy => "Privacy",
        }
    }
    fn customer_kind(&self, kind: CustomerKind) -> &'static str {
        match kind {
            CustomerKind::Person => "Person",
            CustomerKind::Organization => "Organization",
        }
    }
    fn address_purpose(&self, purpose: AddressPurpose) -> &'static str {
        match purpose {
            AddressPurpose::Home => "Home",
            AddressPurpose::Office => "Office",
            AddressPurpose::Business => "Business",
            AddressPurpose::PostBox => "Post box",
            AddressPurpose::Other => "Other",
        }
    }
    fn receipt_preference(&self, preference: ReceiptPreference) -> &'static str {
        match preference {
            ReceiptPreference::None => "None",
            ReceiptPreference::Paper => "Paper",
            ReceiptPreference::Email => "Email",
            ReceiptPreference::Both => "Paper and email",
        }
    }
    fn receipt_given(&self, preference: ReceiptPreference) -> &'static str {
        match preference {
            ReceiptPreference::None => "No receipt",
            ReceiptPreference::Paper => "On paper",
            ReceiptPreference::Email => "By email",
            ReceiptPreference::Both => "On paper and by email",
        }
    }
    fn opt_out(&self, opt_out: OptOut) -> &'static str {
        match opt_out {
            OptOut::Marketing => "No marketing",
            OptOut::Personalization => "No personal recommendations",
            OptOut::ActivityTracking => "No tracking of activity",
        }
    }
    fn marketing_consent_hint(&self) -> &'static str {
        "Only if the customer has said so."
    }
    fn not_chosen(&self) -> &'static str {
        "Not chosen"
    }
    fn store_default(&self) -> &'static str {
        "As the store has it"
    }
    fn add_email(&self) -> &'static str {
        "Add email"
    }
    fn add_phone(&self) -> &'static str {
        "Add phone"
    }
    fn remove_named(&self, what: &str) -> String {
        format!("Remove {what}")
    }
    fn duplicates_label(&self) -> &'static str {
        "Perhaps the same customer"
    }
    fn duplicate_after_name(&self, reference: &str, of: DuplicateOf) -> String {
        let same = match of {
            DuplicateOf::SamePhone => "has this phone",
            DuplicateOf::SameEmail => "has this email",
            DuplicateOf::SimilarName => "has a similar name and the same postal code",
        };
        format!(", {reference}, {same}.")
    }
    fn use_this_one(&self) -> &'static str {
        "Use this one"
    }
}

impl Saving for En {
    fn save_route(&self, route: SaveRoute) -> &'static str {
        match route {
            SaveRoute::AtHeadquarters => "The account number is there at once.",
            SaveRoute::InStore => "Saved in the store, the account number follows.",
            SaveRoute::InStoreHeadquartersOut => {
                "Headquarters out of reach: saved in the store, the account number follows."
            }
            SaveRoute::OnRegister => "Offline: saved on this register, the account number follows.",
            SaveRoute::Excluded => "Offline: this store creates customers only while online.",
        }
    }
    fn saving(&self) -> &'static str {
        "Saving…"
    }
    fn saved_with_account_number(&self, account_number: &str) -> String {
        format!("Saved. Account number {account_number}")
    }
    fn saved_on_register(&self) -> &'static str {
        "Saved on this register. It gets its account number when the connection is back."
    }
    fn saved_in_store(&self) -> &'static str {
        "Saved in the store. The account number follows by itself."
    }
    fn saved_in_store_headquarters_out(&self) -> &'static str {
        "Saved in the store. It gets its account number when headquarters is in reach again."
    }
    fn saved_on_register_sending(&self) -> &'static str {
        "Saved on this register. The store’s server has not answered yet; it is sent again by itself."
    }
    fn held_fields(&self, fields: &str) -> String {
        format!("These wait until the account number is in: {fields}.")
    }
    fn not_saved(&self, problem: StorageProblem) -> &'static str {
        match problem {
            StorageProblem::Full => {
                "Not saved: this device has no room left. Free some room and save again; what you typed is still here."
            }
            StorageProblem::Refused => {
                "Not saved: the browser refused to store it. Save again; what you typed is still here."
            }
            StorageProblem::Unavailable => {
                "Not saved: this browser gives Kase no storage. Leave private browsing, or allow storage for this page; \
                 what you typed is still here."
            }
            StorageProblem::Closed => {
                "Not saved: the browser closed its storage. Save again, or reload the page; what you typed is still here."
            }
            StorageProblem::Deleted => {
                "Not saved: the browser deleted its storage. Save again; what you typed is still here."
            }
        }
    }
    fn store_fault(&self, problem: StorageProblem) -> &'static str {
        match problem {
            StorageProblem::Full => {
                "This device has no room left, so nothing can be saved on it. Free some room; what waits is still there."
            }
            StorageProblem::Refused => {
                "The browser’s storage fails. What was said to be saved is safe; reload the page."
            }
            StorageProblem::Unavailable => {
                "The browser gives Kase no storage any more. Allow storage for this page."
            }
            StorageProblem::Closed => {
                "The browser closed its storage. Reload the page; what waits is still there."
            }
            StorageProblem::Deleted => {
                "The browser deleted what this register held. Customers that had not reached the store’s server are \
                 lost. Reload the page and activate the register again."
            }
        }
    }
    fn not_known_whether_saved(&self) -> &'static str {
        "The store’s server did not answer in time. Save once more: it is saved one time only, and what you typed is still here."
    }
    fn register_not_ready(&self) -> &'static str {
        "Not saved: this register has not yet been told its store’s settings. It needs the store’s server once; what you \
         typed is still here."
    }
    fn not_saved_refused(&self, reason: &str) -> String {
        format!("Not saved. Headquarters refused it: {reason}")
    }
    fn not_saved_check_fields(&self, fields: u64) -> String {
        let verb = if self.plural(fields) == Plural::One { "needs" } else { "need" };
        format!("Not saved yet: {} {verb} a correction.", self.counted(fields, "field", "fields"))
    }
    fn creation_excluded(&self) -> &'static str {
        "Customers cannot be created offline here"
    }
    fn creation_excluded_detail(&self) -> &'static str {
        "This store keeps no customers on its registers, so the store’s server must answer. Check the network or use \
         another register; what you typed stays here and can be saved once the connection is back."
    }
    fn creation_closed_register_deactivated(&self) -> &'static str {
        "This register only delivers what waits on it, and creates no customers. Use another one."
    }
    fn discard_question(&self) -> &'static str {
        "Discard what you typed?"
    }
    fn discard_detail(&self) -> &'static str {
        "None of it has been saved."
    }
    fn discard(&self) -> &'static str {
        "Discard"
    }
    fn keep_editing(&self) -> &'static str {
        "Keep editing"
    }
}

impl Details for En {
    fn contact(&self) -> &'static str {
        "Contact"
    }
    fn address(&self) -> &'static str {
        "Address"
    }
    fn addresses(&self) -> &'static str {
        "Addresses"
    }
    fn groups(&self) -> &'static str {
        "Groups"
    }
    fn other_data(&self) -> &'static str {
        "Other data"
    }
    fn edit(&self) -> &'static str {
        "Edit"
    }
    fn edit_customer(&self) -> &'static str {
        "Edit customer"
    }
    fn add_address(&self) -> &'static str {
        "Add address"
    }
    fn issue_loyalty_card(&self) -> &'static str {
        "Issue loyalty card"
    }
    fn reference(&self, short_reference: &str) -> String {
        format!("Reference {short_reference}")
    }
    fn address_heading(&self, purpose: AddressPurpose) -> String {
        self.address_purpose(purpose).to_owned()
    }
    fn primary_address_heading(&self, purpose: AddressPurpose) -> String {
        format!("{}, primary", self.address_purpose(purpose))
    }
    fn nothing_entered(&self) -> &'static str {
        "Nothing entered"
    }
    fn pending_closes(&self) -> &'static str {
        "Editing and loyalty cards open when the account number is in."
    }
    fn closed(&self, reason: Closed) -> &'static str {
        match reason {
            Closed::PendingEdit => "This customer can be edited when the account number is in.",
            Closed::PendingLoyalty => "A loyalty card can be issued when the account number is in.",
            Closed::PendingAddress => "Another address can be added when the account number is in.",
            Closed::PendingField => "This field can be filled in when the account number is in.",
            Closed::PendingAddressContent => "This address can be changed when headquarters has it.",
            Closed::NeedsAsyncAddresses => {
                "Needs the setting “Enable asynchronous creation for customer addresses” at headquarters."
            }
            Closed::NeedsEnhancedCreation => {
                "Needs the setting “Enable enhanced async customer creation” at headquarters."
            }
            Closed::NeedsAsyncEditing => {
                "Needs the setting “Enable editing customers in asynchronous mode” at headquarters."
            }
            Closed::EditNeedsHeadquarters => "Editing needs headquarters, which is out of reach just now.",
            Closed::AddressNeedsHeadquarters => {
                "Adding an address needs headquarters, which is out of reach just now."
            }
            Closed::LoyaltyNeedsHeadquarters => {
                "Issuing a loyalty card needs headquarters, which is out of reach just now."
            }
            Closed::EditOffline => "Editing needs headquarters, and this register is offline.",
            Closed::AddressOffline => "Adding an address needs headquarters, and this register is offline.",
            Closed::LoyaltyOffline => {
                "Issuing a loyalty card needs headquarters, and this register is offline."
            }
            Closed::LoyaltyBlocked => "This customer is blocked for loyalty enrollment.",
            Closed::CustomerRefused => {
                "Headquarters refused this customer. It opens when that has been corrected."
            }
            Closed::CustomerDiscarded => "Headquarters gave this customer up. Nothing can be added to it.",
            Closed::RegisterDeactivated => "This register only delivers what waits on it.",
            Closed::NotAtThisRegister => "This register creates customers and does not show them.",
        }
    }
    fn customer_gone(&self) -> &'static str {
        "This customer is not on this register."
    }
    fn edit_saved(&self) -> &'static str {
        "Changes saved."
    }
    fn edit_waits(&self) -> &'static str {
        "Changes saved on this register. Headquarters gets them by itself."
    }
    fn edit_waits_in_store(&self) -> &'static str {
        "Changes saved in the store. Headquarters gets them by itself."
    }
    fn change_held(&self) -> &'static str {
        "Not changed yet: somebody else has changed the same. Headquarters has both and decides."
    }
    fn edit_unchanged(&self) -> &'static str {
        "Nothing was changed."
    }
    fn address_saved(&self) -> &'static str {
        "Address saved."
    }
    fn address_waits(&self) -> &'static str {
        "Address saved on this register. Headquarters gets it by itself."
    }
    fn address_waits_in_store(&self) -> &'static str {
        "Address saved in the store. Headquarters gets it by itself."
    }
    fn account_number_arrived(&self, name: &str, account_number: &str) -> String {
        format!("{name} has account number {account_number}.")
    }
}

impl Loyalty for En {
    fn loyalty_cards(&self) -> &'static str {
        "Loyalty cards"
    }
    fn no_loyalty_card(&self) -> &'static str {
        "No loyalty card"
    }
    fn card_number(&self) -> &'static str {
        "Card number"
    }
    fn card_number_hint(&self) -> &'static str {
        "Scan the card or type its number"
    }
    fn card_number_generated(&self) -> &'static str {
        "The card gets its number from headquarters."
    }
    fn card_issued(&self, card_number: &str) -> String {
        format!("Loyalty card {card_number} issued.")
    }
    fn loyalty_problem(&self, problem: LoyaltyProblem) -> &'static str {
        match problem {
            LoyaltyProblem::Taken => "This card number belongs to somebody else.",
            LoyaltyProblem::Blocked => "This customer is blocked for loyalty enrollment.",
            LoyaltyProblem::NeedsAccountNumber => {
                "A loyalty card can be issued when the account number is in."
            }
            LoyaltyProblem::OutOfReach => {
                "Issuing a loyalty card needs headquarters, which is out of reach just now."
            }
            LoyaltyProblem::NumberMissing => "Enter the card’s number.",
            LoyaltyProblem::NumberNotPossible => "A card’s number has letters, digits and hyphens only.",
        }
    }
}

impl SyncStatus for En {
    fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::OnThisRegister => "On this register",
            Stage::OnItsRegister => "On its register",
            Stage::InTheChannel => "In the channel",
            Stage::AtHeadquarters => "At headquarters",
            Stage::AccountNumberAssigned => "Account number assigned",
            Stage::Synced => "Synced",
            Stage::Refused => "Refused",
        }
    }
    fn refused_counted(&self, _refused: u64) -> &'static str {
        self.stage(Stage::Refused)
    }
    fn stages_label(&self) -> &'static str {
        "Way to the account number"
    }
    fn stage_done(&self) -> &'static str {
        "done"
    }
    fn stage_now(&self) -> &'static str {
        "now here"
    }
    fn stage_ahead(&self) -> &'static str {
        "still ahead"
    }
    fn stage_detail(&self, detail: StageDetail) -> &'static str {
        match detail {
            StageDetail::WaitingForNetwork => "waiting for the network",
            StageDetail::BeingSent => "being sent",
            StageDetail::WaitingForHeadquarters => "waiting for headquarters",
            StageDetail::WaitingForJob => "waiting for its job",
            StageDetail::JobPaused => "its job is paused",
            StageDetail::WaitingForAccountNumber => "waiting for the account number",
            StageDetail::ComingToThisRegister => "on its way to this register",
            StageDetail::BehindEarlierChange => "after an earlier change",
            StageDetail::BehindRefusedChange => "behind a refused change",
            StageDetail::HeldForReview => "held for review at headquarters",
            StageDetail::NeedsAPerson => "needs a person",
        }
    }
    fn stage_meaning(&self, detail: StageDetail) -> &'static str {
        match detail {
            StageDetail::WaitingForNetwork => {
                "Saved on this register. It goes on by itself when the store’s server answers again."
            }
            StageDetail::BeingSent => "Saved on this register, and being sent to the store’s server.",
            StageDetail::WaitingForHeadquarters => {
                "The store’s server has it. It goes on by itself when headquarters answers again."
            }
            StageDetail::WaitingForJob => {
                "The store’s server has it. It goes to headquarters with the next run of its job."
            }
            StageDetail::JobPaused => {
                "The store’s server has it. Its job is paused: ask headquarters when it will run again."
            }
            StageDetail::WaitingForAccountNumber => "It goes on by itself when the account number is there.",
            StageDetail::ComingToThisRegister => {
                "The account number is given, and on its way to this register."
            }
            StageDetail::BehindEarlierChange => {
                "An earlier change of this customer goes first. It follows by itself."
            }
            StageDetail::BehindRefusedChange => {
                "An earlier change of this customer was refused. See what that one needs; this one follows."
            }
            StageDetail::HeldForReview => {
                "Headquarters has it and looks at it before it takes effect. Nothing to do here."
            }
            StageDetail::NeedsAPerson => "A person at headquarters decides about it.",
        }
    }
    fn stuck(&self, stuck: Stuck) -> &'static str {
        match stuck {
            Stuck::Offline => {
                "That is unusually long. Check the network; export what waits before this machine goes anywhere."
            }
            Stuck::NotTaken => {
                "That is unusually long. Press Retry now; if nothing moves, tell whoever looks after the store’s server."
            }
            Stuck::HeadquartersOutOfReach => {
                "That is unusually long. Tell whoever looks after the line to headquarters; the store keeps it meanwhile."
            }
            Stuck::InChannel => {
                "That is unusually long. Ask headquarters whether the job P-0001 is paused or failing."
            }
            Stuck::AtHeadquarters => {
                "That is unusually long. Ask headquarters to look at it under Customer synchronization status."
            }
        }
    }
    fn job(&self, job: Job) -> &'static str {
        match job {
            Job::Push => "P-0001",
            Job::Synchronize => "Synchronize customers and channel requests",
            Job::Customers => "1010 Customers",
        }
    }
    fn job_trouble(&self, job: Job, trouble: JobTrouble, waiting: u64) -> String {
        let (state, remedy) = match trouble {
            JobTrouble::Paused => ("is paused", "Ask headquarters when it will run again."),
            JobTrouble::Failing => {
                ("is failing", "It is tried again by itself; tell headquarters if this stays.")
            }
            JobTrouble::Overdue => ("is overdue", "Ask headquarters to look at it."),
        };
        let verb = if self.plural(waiting) == Plural::One { "waits" } else { "wait" };
        let waiting = self.counted(waiting, "change", "changes");
        format!("The job “{}” {state}: {waiting} of this register {verb} for it. {remedy}", self.job(job))
    }
    fn age_and_detail(&self, age_seconds: u64, detail: StageDetail) -> String {
        format!("{}, {}", self.ago(age_seconds), self.stage_detail(detail))
    }
    fn waiting(&self) -> &'static str {
        "Waiting"
    }
    fn oldest_waiting(&self, age_seconds: u64) -> String {
        format!("oldest recorded {}", self.ago(age_seconds))
    }
    fn last_exchange(&self, clock: &str) -> String {
        format!("last exchange {clock}")
    }
    fn no_exchange_yet(&self) -> &'static str {
        "no exchange yet"
    }
    fn nothing_waits(&self) -> &'static str {
        "Nothing waits"
    }
    fn nothing_waits_detail(&self) -> &'static str {
        "Everything recorded on this register has arrived."
    }
    fn operation(&self, kind: OperationKind) -> &'static str {
        match kind {
            OperationKind::CreateCustomer => "New customer",
            OperationKind::EditCustomer => "Changed customer",
            OperationKind::AddAddress => "New address",
            OperationKind::EditAddress => "Changed address",
            OperationKind::AddContact => "New contact",
            OperationKind::AddAffiliation => "New affiliation",
            OperationKind::RemoveAffiliation => "Removed affiliation",
            OperationKind::IssueLoyaltyCard => "Loyalty card",
            OperationKind::Erase => "Erased data",
            OperationKind::Other => "Change",
        }
    }
    fn tried(&self, tries: u64) -> String {
        format!("{} so far.", self.counted(tries, "try", "tries"))
    }
    fn retry_now(&self) -> &'static str {
        "Retry now"
    }
    fn retry_not_possible_offline(&self) -> &'static str {
        "The store’s server still does not answer."
    }
    fn refused_because(&self, reason: &str) -> String {
        format!("Refused · {reason}")
    }
    fn discarded_because(&self, reason: &str) -> String {
        format!("Discarded · {reason}")
    }
    fn discarded_meaning(&self) -> &'static str {
        "Headquarters gave it up, for this reason: no account number will come. Headquarters keeps what was recorded."
    }
    fn remove_from_list(&self) -> &'static str {
        "Remove from list"
    }
    fn still_waits(&self) -> &'static str {
        "It stays on the list: nobody else has it yet."
    }
    fn export(&self) -> &'static str {
        "Export"
    }
    fn exported(&self, operations: u64) -> String {
        let waiting = self.counted(operations, "waiting change", "waiting changes");
        format!("A sealed file with {waiting} was made. Only headquarters can open it.")
    }
    fn not_exported(&self, operations: u64) -> String {
        let changes = self.counted(operations, "change", "changes");
        format!(
            "Not in the file: {changes} that cannot be read here. What is there of it stays on this register."
        )
    }
    fn export_without_key(&self) -> &'static str {
        "Headquarters has made no rescue key yet. Without one nothing is written, since anybody could read it."
    }
    fn export_failed(&self) -> &'static str {
        "The file could not be made. What waits is still on this register."
    }
    fn storage(&self) -> &'static str {
        "Storage"
    }
    fn storage_persistent(&self) -> &'static str {
        "Storage is persistent. The browser will not delete what waits."
    }
    fn storage_not_persistent(&self) -> &'static str {
        "The browser may delete what waits here, when the device runs out of room or nobody comes for some weeks. \
         Install the app, or ask the browser to keep it."
    }
    fn storage_unknown(&self) -> &'static str {
        "The browser does not say whether it keeps what waits."
    }
    fn storage_at_risk(&self, only_here: u64) -> String {
        let verb = if self.plural(only_here) == Plural::One { "is" } else { "are" };
        format!("{} {verb} on this register alone.", self.counted(only_here, "change", "changes"))
    }
    fn storage_asked_in_vain(&self) -> &'static str {
        "The browser did not agree. Install the app or bookmark this page, then ask again; until then, deliver or \
         export what waits before you leave."
    }
    fn storage_ask(&self) -> &'static str {
        "Ask the browser to keep it"
    }
    fn storage_used(&self, used_bytes: u64, total_bytes: u64) -> String {
        format!("{} of {} used.", self.size(used_bytes), self.size(total_bytes))
    }
    fn storage_nearly_full(&self) -> &'static str {
        "There is little room left. Free some before it is full: then no customer could be saved offline."
    }
    fn passed_over(&self, records: u64) -> String {
        let records = self.counted(records, "record", "records");
        format!(
            "This version of Kase cannot read {records} from headquarters. A newer one fetches them by itself; \
             everything else goes on."
        )
    }
    fn unreadable_operations(&self, operations: u64) -> String {
        let waiting = self.counted(operations, "waiting change", "waiting changes");
        format!(
            "This version of Kase cannot read {waiting}. Nothing of it was deleted: reload the page, or export it and \
             give the file to headquarters."
        )
    }
}

impl Settings for En {
    fn appearance(&self) -> &'static str {
        "Appearance"
    }
    fn interface_language(&self) -> &'static str {
        "Language"
    }
    fn theme_label(&self) -> &'static str {
        "Theme"
    }
    fn theme(&self, theme: Theme) -> &'static str {
        match theme {
            Theme::System => "Like the device",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        }
    }
    fn text_size_label(&self) -> &'static str {
        "Text size"
    }
    fn text_size(&self, size: TextSize) -> &'static str {
        match size {
            TextSize::Normal => "Normal",
            TextSize::Large => "Large",
            TextSize::ExtraLarge => "Extra large",
        }
    }
    fn this_register(&self) -> &'static str {
        "This register"
    }
    fn store(&self) -> &'static str {
        "Store"
    }
    fn signed_in_as(&self, operator: &str) -> String {
        format!("Signed in as {operator}")
    }
    fn not_signed_in(&self) -> &'static str {
        "Nobody is signed in"
    }
    fn sign_out(&self) -> &'static str {
        "Sign out"
    }
    fn sign_out_keeps(&self) -> &'static str {
        "Signing out deletes nothing: what waits stays on this register and goes on its way."
    }
    fn sign_out_offline(&self) -> &'static str {
        "The register is offline: nobody can sign in until the connection is back. Customers can be created without signing in."
    }
    fn forget_register(&self) -> &'static str {
        "Forget this register"
    }
    fn forget_explanation(&self) -> &'static str {
        "Deletes everything that this browser holds of the register. What the store’s server has stays there. To work \
         here again, somebody needs an activation code."
    }
    fn forget_nothing_waits(&self) -> &'static str {
        "Nothing waits on this register alone: nothing would be lost."
    }
    fn forget_warning(&self, waiting: u64) -> String {
        let (verb, object) =
            if self.plural(waiting) == Plural::One { ("waits", "it") } else { ("wait", "them") };
        format!(
            "{} {verb} on this register alone and would be lost. Let the register deliver {object}, or export {object} \
             first.",
            self.counted(waiting, "change", "changes")
        )
    }
    fn forget_confirmation(&self, register: &str) -> String {
        format!("Type {register} to confirm")
    }
    fn forget_now(&self) -> &'static str {
        "Delete everything here"
    }
    fn forget_failed(&self) -> &'static str {
        "The browser could not delete it. Everything is as it was."
    }
    fn version(&self, version: &str) -> String {
        format!("Version {version}")
    }
}

impl Errors for En {
    fn error(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::CustomerPendingEdit => "The customer has no account number yet and cannot be edited.",
            ErrorCode::CustomerPendingLoyalty => {
                "The customer has no account number yet and cannot get a loyalty card."
            }
            ErrorCode::CustomerPendingField => {
                "This field cannot be filled in before the account number is there."
            }
            ErrorCode::OfflineCreationExcluded => "This store does not create customers offline.",
            ErrorCode::HeadquartersUnreachable => "Headquarters is out of reach.",
            ErrorCode::FeaturePrerequisite => "Another setting has to be changed first.",
            ErrorCode::InvalidField => "A field holds something that is not possible.",
            ErrorCode::TooLong => "A field is too long.",
            ErrorCode::UnknownCustomer => "There is no such customer.",
            ErrorCode::IdempotencyMismatch => "This was recorded before with other content.",
            ErrorCode::LoyaltyBlocked => "The customer is blocked for loyalty enrollment.",
            ErrorCode::LoyaltyCardTaken => "The card number belongs to somebody else.",
            ErrorCode::Unauthenticated => "Nobody is signed in.",
            ErrorCode::SessionExpired => "The session has ended.",
            ErrorCode::Forbidden => "This is not allowed here.",
            ErrorCode::RateLimited => "Too many requests in a short time.",
            ErrorCode::PayloadTooLarge => "There is too much in one request.",
            ErrorCode::UnsupportedVersion => "This app and the server speak different versions.",
            ErrorCode::NotFound => "What was asked for does not exist.",
            ErrorCode::BadRequest => "The server could not read it.",
            ErrorCode::Internal => "The server had a fault.",
        }
    }
    fn remedy(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::CustomerPendingEdit
            | ErrorCode::CustomerPendingLoyalty
            | ErrorCode::CustomerPendingField => "Try again when the account number is in.",
            ErrorCode::OfflineCreationExcluded => "Check the network, or use another register.",
            ErrorCode::HeadquartersUnreachable => "Nothing to do: it is tried again by itself.",
            ErrorCode::FeaturePrerequisite => "Ask headquarters to look at Feature management.",
            ErrorCode::InvalidField | ErrorCode::TooLong => "Correct the field and save again.",
            ErrorCode::UnknownCustomer => "Search for the customer once more.",
            ErrorCode::IdempotencyMismatch => "It is kept. Ask headquarters to look at it.",
            ErrorCode::LoyaltyBlocked => "Ask headquarters whether the block can be lifted.",
            ErrorCode::LoyaltyCardTaken => "Check the number, or take another card.",
            ErrorCode::Unauthenticated | ErrorCode::SessionExpired => "Sign in again; nothing typed is lost.",
            ErrorCode::Forbidden => "Ask a manager.",
            ErrorCode::RateLimited => "Wait a moment; it is tried again by itself.",
            ErrorCode::PayloadTooLarge => "Shorten what was typed.",
            ErrorCode::UnsupportedVersion => "Reload the page to get the new version. What waits is kept.",
            ErrorCode::NotFound => "Go back and search once more.",
            ErrorCode::BadRequest => "Reload the page and try again. What waits is kept.",
            ErrorCode::Internal => "Try again in a moment; what was saved is safe.",
        }
    }
    fn kept_remedy(&self, code: ErrorCode) -> &'static str {
        match code {
            ErrorCode::CustomerPendingEdit
            | ErrorCode::CustomerPendingLoyalty
            | ErrorCode::CustomerPendingField => {
                "It is kept. Headquarters can let it pass, or you do it again when the account number is in."
            }
            ErrorCode::HeadquartersUnreachable | ErrorCode::OfflineCreationExcluded => {
                "It is kept. It needed headquarters’ answer at once: headquarters can let it pass now."
            }
            ErrorCode::FeaturePrerequisite => "It is kept. Ask headquarters to look at Feature management.",
            ErrorCode::InvalidField | ErrorCode::TooLong => {
                "It is kept. Headquarters can correct the field; tell them the customer’s name and reference."
            }
            ErrorCode::UnknownCustomer => {
                "It is kept. The customer has to be there first: see what became of its creation."
            }
            ErrorCode::IdempotencyMismatch => {
                "Something else stands there under its id. Export what waits, and let headquarters compare the two."
            }
            ErrorCode::LoyaltyBlocked => "It is kept. Ask headquarters whether the block can be lifted.",
            ErrorCode::LoyaltyCardTaken => "Issue another card; headquarters can discard this one.",
            ErrorCode::Unauthenticated | ErrorCode::SessionExpired | ErrorCode::Forbidden => {
                "It is kept. Headquarters decides whether it may pass."
            }
            ErrorCode::RateLimited => "It is sent again by itself.",
            ErrorCode::PayloadTooLarge => {
                "It is kept. Export what waits for headquarters, and enter it again in parts."
            }
            ErrorCode::UnsupportedVersion => {
                "It is kept, and sent again by itself when the store’s server has been brought up to date."
            }
            ErrorCode::NotFound | ErrorCode::BadRequest => {
                "It is kept as it was recorded. Tell headquarters the customer’s name and reference."
            }
            ErrorCode::Internal => "It is kept. Ask headquarters to synchronize it again.",
        }
    }
    fn unknown_error(&self) -> &'static str {
        "Something went wrong."
    }
    fn problem(&self, problem: Problem) -> String {
        let text = match problem {
            Problem::Required => "Fill this in",
            Problem::NameRequired => "Enter a first or a last name",
            Problem::OrganizationNameRequired => "Enter the organization’s name",
            Problem::TooLong { limit } => {
                return format!("Too long: at most {}", self.counted(limit, "character", "characters"));
            }
            Problem::ControlCharacter => "There is an invisible control character in it; type it again",
            Problem::NotWellFormed => "A character in it is broken; type it again",
            Problem::EmailWithoutAt => "An email address has an @, such as anna@inbox.lv",
            Problem::EmailWithoutName => "The part before @ is missing",
            Problem::EmailWithoutDomain => "The part after @ needs a domain, such as inbox.lv",
            Problem::EmailCharacter => "An email address has no spaces, commas or second @",
            Problem::PhoneTooShort => "Too short for a phone number of this country",
            Problem::PhoneTooLong => "Too long for a phone number of this country",
            Problem::PhoneUnknownCallingCode => "No country has this calling code",
            Problem::PhoneCharacter => "A phone number has digits, spaces, hyphens and brackets only",
            Problem::TooMany { limit } => return format!("Too many: at most {}", self.number(limit)),
            Problem::UnknownValue => "Choose one of the values offered",
            Problem::MoreThanOnePrimary => "Only one address can be primary",
            Problem::NotAWholeNumber => "Enter a whole number",
            Problem::NotANumber => "Enter a number",
            Problem::TooManyDigits { limit } => {
                return format!("Too long: at most {}", self.counted(limit, "digit", "digits"));
            }
            Problem::OutOfRange => "Outside the range allowed",
            Problem::NotPossible => "This is not possible here",
        };
        text.to_owned()
    }
    fn field_problem(&self, field: Field, problem: Problem) -> String {
        format!("{}: {}", self.field(field), self.problem(problem))
    }
    fn out_of_range(&self, least: &str, most: &str) -> String {
        format!("Between {least} and {most}")
    }
    fn register_delivers_only(&self) -> &'static str {
        "This register was deactivated, or another browser took its place. It may only deliver what it holds."
    }
    fn too_late(&self) -> &'static str {
        "It took too long. Try again."
    }
    fn damaged_on_its_way(&self) -> &'static str {
        "What was sent arrived damaged. Try again."
    }
    fn server_storage_full(&self) -> &'static str {
        "The server has no room left, so nothing was saved there. Somebody has to free some; then try again."
    }
    fn no_rescue_file(&self) -> &'static str {
        "This is no rescue file of a register."
    }
    fn rescue_file_cut_off(&self) -> &'static str {
        "The end of the rescue file is missing. Copy it once more."
    }
    fn rescue_file_of_another_key(&self) -> &'static str {
        "The rescue file is sealed to the key of another chain, or to one that headquarters does not have any more."
    }
    fn rescue_file_changed(&self) -> &'static str {
        "The rescue file was changed after the register had sealed it. Copy it once more."
    }
    fn at_least(&self, least: &str) -> String {
        format!("At least {least}")
    }
    fn at_most(&self, most: &str) -> String {
        format!("At most {most}")
    }
}

impl Losses for En {
    fn loss_title(&self) -> &'static str {
        "This browser deleted its database"
    }
    fn loss_of_nothing(&self, recorded: u64) -> String {
        format!(
            "{} had been recorded. The store’s server has everything: nothing is lost.",
            self.counted(recorded, "change", "changes")
        )
    }
    fn loss(&self, recorded: u64, arrived: u64, lost: u64, times: &str) -> String {
        let verb = if self.plural(lost) == Plural::One { "is" } else { "are" };
        let times = if times.is_empty() { String::new() } else { format!(" (recorded {times})") };
        format!(
            "{} had been recorded. The store’s server has {} of them; {} {verb} lost{times}.",
            self.counted(recorded, "change", "changes"),
            self.number(arrived),
            self.number(lost)
        )
    }
    fn loss_advice(&self) -> &'static str {
        "Enter what is lost once more."
    }
    fn loss_unasked(&self, recorded: u64, waiting: u64) -> String {
        format!(
            "{} had been recorded; {} of them had not been delivered when this browser last knew. The store’s server \
             says what is lost when this browser is activated again.",
            self.counted(recorded, "change", "changes"),
            self.number(waiting)
        )
    }
    fn loss_asked_soon(&self, recorded: u64, waiting: u64) -> String {
        format!(
            "{} had been recorded; {} of them had not been delivered when this browser last knew. The store’s server \
             says what is lost as soon as it answers.",
            self.counted(recorded, "change", "changes"),
            self.number(waiting)
        )
    }
    fn loss_not_told(&self, recorded: u64, waiting: u64) -> String {
        format!(
            "{} had been recorded; {} of them had not been delivered when this browser last knew. The store’s server \
             could not say what of that it has: look under Customers for whom you miss.",
            self.counted(recorded, "change", "changes"),
            self.number(waiting)
        )
    }
    fn loss_elsewhere_title(&self) -> &'static str {
        "An earlier browser of this register has not delivered everything"
    }
    fn loss_elsewhere(&self, heard: &str, recorded: u64, lost: u64, times: &str) -> String {
        let verb = if self.plural(lost) == Plural::One { "has" } else { "have" };
        let times = if times.is_empty() { String::new() } else { format!(" (recorded {times})") };
        format!(
            "It was last heard of {heard}. Of {} that it had recorded, {} {verb} not arrived{times}.",
            self.counted(recorded, "change", "changes"),
            self.number(lost)
        )
    }
    fn loss_elsewhere_advice(&self) -> &'static str {
        "If that browser still works, it delivers the rest by itself. If its data was deleted, the rest is lost: enter \
         it once more."
    }
    fn understood(&self) -> &'static str {
        "Understood"
    }
    fn waits_for_tabs(&self) -> &'static str {
        "Another tab still runs an older version of Kase. Close the other tabs, or load them again."
    }
}

impl Headquarters for En {
    fn store_warning(&self, warning: StoreWarning) -> &'static str {
        match warning {
            StoreWarning::DefaultCustomerReceiptEmail => {
                "The default customer has a receipt email: every new customer without one of its own gets it, and with it \
                 other people’s receipts."
            }
        }
    }
}
