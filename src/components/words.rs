//! What the domain knows, in the catalogue's terms. It chooses words and decides nothing.

use kase_domain::{
    AddressPurpose, CustomerKind, ErrorCode, OperationKind, Problem, ReceiptPreference, Refusal,
};
use kase_register::{Connection, StoreError, Stuck};
use kase_search::DuplicateOf;
use kase_text::{self as say, Catalogue, StorageProblem};

/// The page of a customer; its label is an account number or a short reference, never an id.
pub(crate) fn customer_path(label: &str) -> String {
    format!("/customers/{label}")
}

/// The label in a page's address.
pub(crate) fn label_in(path: &str) -> Option<&str> {
    path.strip_prefix("/customers/").filter(|label| !label.is_empty())
}

pub(crate) fn connection(connection: Connection) -> say::Connection {
    match connection {
        Connection::Online => say::Connection::Online,
        Connection::HeadquartersOutOfReach => say::Connection::HeadquartersOutOfReach,
        Connection::Offline => say::Connection::Offline,
    }
}

pub(crate) fn storage_problem(error: &StoreError) -> StorageProblem {
    match error {
        StoreError::Full => StorageProblem::Full,
        StoreError::Closed | StoreError::Newer => StorageProblem::Closed,
        StoreError::Deleted => StorageProblem::Deleted,
        StoreError::Unavailable => StorageProblem::Unavailable,
        StoreError::Corrupt(_) | StoreError::Failed(_) => StorageProblem::Refused,
    }
}

pub(crate) fn operation(kind: OperationKind) -> say::OperationKind {
    match kind {
        OperationKind::CreateCustomer => say::OperationKind::CreateCustomer,
        OperationKind::AddAddress => say::OperationKind::AddAddress,
        OperationKind::EditCustomer => say::OperationKind::EditCustomer,
        OperationKind::IssueLoyaltyCard => say::OperationKind::IssueLoyaltyCard,
    }
}

pub(crate) fn customer_kind(kind: say::CustomerKind) -> CustomerKind {
    match kind {
        say::CustomerKind::Person => CustomerKind::Person,
        say::CustomerKind::Organization => CustomerKind::Organization,
    }
}

pub(crate) fn kind_said(kind: CustomerKind) -> say::CustomerKind {
    match kind {
        CustomerKind::Person => say::CustomerKind::Person,
        CustomerKind::Organization => say::CustomerKind::Organization,
    }
}

pub(crate) fn purpose(purpose: AddressPurpose) -> say::AddressPurpose {
    match purpose {
        AddressPurpose::Home => say::AddressPurpose::Home,
        AddressPurpose::Office => say::AddressPurpose::Office,
        AddressPurpose::Business => say::AddressPurpose::Business,
        AddressPurpose::PostBox => say::AddressPurpose::PostBox,
        AddressPurpose::Other => say::AddressPurpose::Other,
    }
}

pub(crate) fn receipt(preference: ReceiptPreference) -> say::ReceiptPreference {
    match preference {
        ReceiptPreference::None => say::ReceiptPreference::None,
        ReceiptPreference::Paper => say::ReceiptPreference::Paper,
        ReceiptPreference::Email => say::ReceiptPreference::Email,
        ReceiptPreference::Both => say::ReceiptPreference::Both,
    }
}

/// Every way in which receipts reach a customer, in the order in which they are offered.
pub(crate) const RECEIPTS: [ReceiptPreference; 4] =
    [ReceiptPreference::None, ReceiptPreference::Paper, ReceiptPreference::Email, ReceiptPreference::Both];

/// Every purpose of an address, in the order in which they are offered.
pub(crate) const PURPOSES: [AddressPurpose; 5] = [
    AddressPurpose::Home,
    AddressPurpose::Office,
    AddressPurpose::Business,
    AddressPurpose::PostBox,
    AddressPurpose::Other,
];

/// For the value of an option.
pub(crate) fn receipt_code(preference: ReceiptPreference) -> &'static str {
    match preference {
        ReceiptPreference::None => "none",
        ReceiptPreference::Paper => "paper",
        ReceiptPreference::Email => "email",
        ReceiptPreference::Both => "both",
    }
}

/// The way of a code.
pub(crate) fn receipt_of(code: &str) -> Option<ReceiptPreference> {
    RECEIPTS.into_iter().find(|preference| receipt_code(*preference) == code)
}

/// For the value of an option.
pub(crate) fn purpose_code(purpose: AddressPurpose) -> &'static str {
    match purpose {
        AddressPurpose::Home => "home",
        AddressPurpose::Office => "office",
        AddressPurpose::Business => "business",
        AddressPurpose::PostBox => "post_box",
        AddressPurpose::Other => "other",
    }
}

/// The purpose of a code.
pub(crate) fn purpose_of(code: &str) -> Option<AddressPurpose> {
    PURPOSES.into_iter().find(|purpose| purpose_code(*purpose) == code)
}

/// What a customer opted out of, as the record has it.
pub(crate) fn opt_out_code(opt_out: say::OptOut) -> &'static str {
    match opt_out {
        say::OptOut::Marketing => "marketing",
        say::OptOut::Personalization => "personalization",
        say::OptOut::ActivityTracking => "activity_tracking",
    }
}

pub(crate) fn duplicate(of: DuplicateOf) -> say::DuplicateOf {
    match of {
        DuplicateOf::SamePhone => say::DuplicateOf::SamePhone,
        DuplicateOf::SameEmail => say::DuplicateOf::SameEmail,
        DuplicateOf::SimilarName => say::DuplicateOf::SimilarName,
    }
}

/// What is wrong with the field at `path`.
pub(crate) fn problem(path: &str, problem: &Problem) -> say::Problem {
    let count = |limit: usize| u64::try_from(limit).unwrap_or(u64::MAX);
    match problem {
        Problem::Required if path == "first_name" => say::Problem::NameRequired,
        Problem::Required if path == "organization_name" => say::Problem::OrganizationNameRequired,
        Problem::Required => say::Problem::Required,
        Problem::TooLong { limit } => say::Problem::TooLong { limit: count(*limit) },
        Problem::TooMany { limit } => say::Problem::TooMany { limit: count(*limit) },
        Problem::ControlCharacter => say::Problem::ControlCharacter,
        Problem::EmailNeedsAt => say::Problem::EmailWithoutAt,
        Problem::EmailNeedsDomain => say::Problem::EmailWithoutDomain,
        Problem::EmailBadCharacter => say::Problem::EmailCharacter,
        Problem::PhoneNotDigits => say::Problem::PhoneCharacter,
        Problem::PhoneTooShort => say::Problem::PhoneTooShort,
        Problem::PhoneTooLong => say::Problem::PhoneTooLong,
        Problem::PhoneUnknownCallingCode => say::Problem::PhoneUnknownCallingCode,
        Problem::SecondPrimary => say::Problem::MoreThanOnePrimary,
        Problem::UnknownValue => say::Problem::UnknownValue,
        Problem::NotAWholeNumber => say::Problem::NotAWholeNumber,
        Problem::NotANumber => say::Problem::NotANumber,
        Problem::TooManyDigits { limit } => say::Problem::TooManyDigits { limit: count(*limit) },
        Problem::OutOfRange(_) => say::Problem::OutOfRange,
        Problem::RepeatedId | Problem::Invalid => say::Problem::NotPossible,
    }
}

/// The catalogue's code.
pub(crate) fn error_code(code: ErrorCode) -> say::ErrorCode {
    match code {
        ErrorCode::CustomerPendingEdit => say::ErrorCode::CustomerPendingEdit,
        ErrorCode::CustomerPendingLoyalty => say::ErrorCode::CustomerPendingLoyalty,
        ErrorCode::CustomerPendingField => say::ErrorCode::CustomerPendingField,
        ErrorCode::OfflineCreationExcluded => say::ErrorCode::OfflineCreationExcluded,
        ErrorCode::HeadquartersUnreachable => say::ErrorCode::HeadquartersUnreachable,
        ErrorCode::FeaturePrerequisite => say::ErrorCode::FeaturePrerequisite,
        ErrorCode::InvalidField => say::ErrorCode::InvalidField,
        ErrorCode::TooLong => say::ErrorCode::TooLong,
        ErrorCode::UnknownCustomer => say::ErrorCode::UnknownCustomer,
        ErrorCode::IdempotencyMismatch => say::ErrorCode::IdempotencyMismatch,
        ErrorCode::LoyaltyBlocked => say::ErrorCode::LoyaltyBlocked,
        ErrorCode::LoyaltyCardTaken => say::ErrorCode::LoyaltyCardTaken,
        ErrorCode::Unauthenticated => say::ErrorCode::Unauthenticated,
        ErrorCode::SessionExpired => say::ErrorCode::SessionExpired,
        ErrorCode::Forbidden => say::ErrorCode::Forbidden,
        ErrorCode::RateLimited => say::ErrorCode::RateLimited,
        ErrorCode::PayloadTooLarge => say::ErrorCode::PayloadTooLarge,
        ErrorCode::UnsupportedVersion => say::ErrorCode::UnsupportedVersion,
        ErrorCode::NotFound => say::ErrorCode::NotFound,
        ErrorCode::BadRequest => say::ErrorCode::BadRequest,
        ErrorCode::Internal => say::ErrorCode::Internal,
    }
}

/// Why something was refused, in the language in force; the field is named where one is to blame.
pub(crate) fn reason(refusal: &Refusal, text: &dyn Catalogue) -> String {
    let said = text.error(error_code(refusal.code)).to_owned();
    match refusal.field.as_deref().and_then(say::Field::parse) {
        Some(field) => format!("{}: {said}", text.field(field)),
        None => said,
    }
}

/// What a person can do about a refusal.
pub(crate) fn remedy(refusal: &Refusal, text: &dyn Catalogue) -> String {
    text.remedy(error_code(refusal.code)).to_owned()
}

/// What becomes of what was recorded and then refused, and what a person can do about it.
pub(crate) fn kept_remedy(refusal: &Refusal, text: &dyn Catalogue) -> String {
    text.kept_remedy(error_code(refusal.code)).to_owned()
}

/// What waits longer than it should.
pub(crate) fn stuck(stuck: Stuck) -> say::Stuck {
    match stuck {
        Stuck::Offline => say::Stuck::Offline,
        Stuck::NotTaken => say::Stuck::NotTaken,
        Stuck::HeadquartersOutOfReach => say::Stuck::HeadquartersOutOfReach,
        Stuck::InChannel => say::Stuck::InChannel,
        Stuck::AtHeadquarters => say::Stuck::AtHeadquarters,
    }
}

/// The labels of fields of the customer's JSON, as a list that reads as a sentence does.
pub(crate) fn field_list(keys: &[String], text: &dyn Catalogue) -> String {
    let labels: Vec<&str> =
        keys.iter().filter_map(|key| say::Field::parse(key)).map(|field| text.field(field)).collect();
    text.list(&labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_label_is_read_from_the_address_of_its_page() {
        assert_eq!(label_in(&customer_path("R1-0042")), Some("R1-0042"));
        assert_eq!(label_in("/customers/"), None);
        assert_eq!(label_in("/sync"), None);
    }

    #[test]
    fn held_fields_read_as_a_list() {
        let keys = ["addresses".to_owned(), "contacts".to_owned(), "title".to_owned()];
        assert_eq!(field_list(&keys, say::Locale::En.text()), "Addresses, More contacts and Title");
    }
}
