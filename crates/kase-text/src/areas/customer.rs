//! The customer's fields and their choices (behaviour.md, "Customer").

use crate::catalogue::{choices, messages};

choices! {
    /// A field of a customer, an address or a contact.
    enum Field {
        Kind, Title, FirstName, MiddleName, LastName, OrganizationName, Email, Phone,
        Contacts, SecondaryEmail, SecondaryPhone, MarketingConsent,
        Addresses, Purpose, Country, PostalCode, State, County, City, Street, Building,
        AttentionTo, ContactName, ContactPhone, PrimaryAddress,
        Language, Currency, CustomerGroup, ReceiptPreference, ReceiptEmail,
        TaxExemptNumber, VatNumber, IdentificationNumber, Affiliations, Attributes, PrivacyOptOuts,
        LoyaltyCard,
    }
}

impl Field {
    /// The field of a JSON name or path, as errors carry it: `email`, `addresses[0].city`, `/contacts/1/value`.
    pub fn parse(path: &str) -> Option<Self> {
        let is_name = |part: &&str| part.starts_with(|first: char| first.is_ascii_lowercase());
        let mut parts = path.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(is_name);
        let outer = parts.next()?;
        let name = parts.next_back().unwrap_or(outer);
        match (outer, name) {
            ("attributes", _) => Some(Self::Attributes),
            ("contacts", "kind" | "value") => Some(Self::Contacts),
            _ => Self::ALL.iter().copied().find(|field| field.json_name() == name),
        }
    }

    /// The name in the API's JSON.
    pub fn json_name(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Title => "title",
            Self::FirstName => "first_name",
            Self::MiddleName => "middle_name",
            Self::LastName => "last_name",
            Self::OrganizationName => "organization_name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Contacts => "contacts",
            Self::SecondaryEmail => "secondary_email",
            Self::SecondaryPhone => "secondary_phone",
            Self::MarketingConsent => "marketing_consent",
            Self::Addresses => "addresses",
            Self::Purpose => "purpose",
            Self::Country => "country",
            Self::PostalCode => "postal_code",
            Self::State => "state",
            Self::County => "county",
            Self::City => "city",
            Self::Street => "street",
            Self::Building => "building",
            Self::AttentionTo => "attention_to",
            Self::ContactName => "contact_name",
            Self::ContactPhone => "contact_phone",
            Self::PrimaryAddress => "primary",
            Self::Language => "language",
            Self::Currency => "currency",
            Self::CustomerGroup => "customer_group",
            Self::ReceiptPreference => "receipt_preference",
            Self::ReceiptEmail => "receipt_email",
            Self::TaxExemptNumber => "tax_exempt_number",
            Self::VatNumber => "vat_number",
            Self::IdentificationNumber => "identification_number",
            Self::Affiliations => "affiliations",
            Self::Attributes => "attributes",
            Self::PrivacyOptOuts => "privacy_opt_outs",
            Self::LoyaltyCard => "card_number",
        }
    }
}

choices! {
    /// A part of the form that folds out.
    enum Section { Address, ReceiptsAndLanguage, MoreAboutTheCustomer, MoreContacts, Attributes, Privacy }
}

choices! {
    /// Person or organization.
    enum CustomerKind { Person, Organization }
}

choices! {
    /// What an address is for.
    enum AddressPurpose { Home, Office, Business, PostBox, Other }
}

choices! {
    /// How a customer wants receipts.
    enum ReceiptPreference { None, Paper, Email, Both }
}

choices! {
    /// What a customer may opt out of.
    enum OptOut { Marketing, Personalization, ActivityTracking }
}

choices! {
    /// Why someone may be the same customer.
    enum DuplicateOf { SamePhone, SameEmail, SimilarName }
}

messages! {
    /// Labels and hints of the customer form.
    trait CustomerText {
        fn field(&self, field: Field) -> &'static str;
        fn section(&self, section: Section) -> &'static str;
        fn customer_kind(&self, kind: CustomerKind) -> &'static str;
        fn address_purpose(&self, purpose: AddressPurpose) -> &'static str;
        /// As a choice in the form.
        fn receipt_preference(&self, preference: ReceiptPreference) -> &'static str;
        /// As a value on the details page.
        fn receipt_given(&self, preference: ReceiptPreference) -> &'static str;
        fn opt_out(&self, opt_out: OptOut) -> &'static str;
        fn marketing_consent_hint(&self) -> &'static str;
        fn not_chosen(&self) -> &'static str;
        fn store_default(&self) -> &'static str;
        fn add_email(&self) -> &'static str;
        fn add_phone(&self) -> &'static str;
        fn remove_named(&self, what: &str) -> String;
        fn duplicates_label(&self) -> &'static str;
        /// Follows the other customer's name, which stands first, set strong.
        fn duplicate_after_name(&self, reference: &str, of: DuplicateOf) -> String;
        fn use_this_one(&self) -> &'static str;
    }
}
