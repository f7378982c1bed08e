//! Codes and field errors in words: the domain's, said with the catalogue's texts.

use crate::Reason;
use kase_domain::{Decimal, ErrorCode, FieldError, NumberRange, Problem, Refusal};
use kase_text::{Catalogue, ErrorCode as Told, Field, Locale, Problem as Said};

/// What a code says.
pub fn detail(locale: Locale, code: ErrorCode) -> String {
    let text = locale.text();
    match Told::parse(&code_name(code)) {
        Some(told) => text.error(told).to_owned(),
        None => text.unknown_error().to_owned(),
    }
}

/// What a reason says.
pub(crate) fn reason(locale: Locale, reason: Reason) -> String {
    match reason {
        Reason::RegisterDeliversOnly => locale.text().register_delivers_only().to_owned(),
        Reason::TooLate => locale.text().too_late().to_owned(),
        Reason::Damaged => locale.text().damaged_on_its_way().to_owned(),
        Reason::StorageFull => locale.text().server_storage_full().to_owned(),
        Reason::NoRescueFile => locale.text().no_rescue_file().to_owned(),
        Reason::RescueFileCutOff => locale.text().rescue_file_cut_off().to_owned(),
        Reason::RescueFileOfAnotherKey => locale.text().rescue_file_of_another_key().to_owned(),
        Reason::RescueFileChanged => locale.text().rescue_file_changed().to_owned(),
    }
}

/// What is wrong with a field, with its label where it has one.
pub fn field_detail(locale: Locale, error: &FieldError) -> String {
    let text = locale.text();
    let field = Field::parse(&error.field);
    if let Problem::OutOfRange(outside) = &error.problem
        && let Some(range) = range(text, **outside)
    {
        return field.map_or_else(|| range.clone(), |field| format!("{}: {range}", text.field(field)));
    }
    let said = said(&error.problem, &error.field);
    match field {
        Some(field) => text.field_problem(field, said),
        None => text.problem(said),
    }
}

/// A refusal by its code alone.
pub fn refusal(locale: Locale, code: ErrorCode, field: Option<String>) -> Refusal {
    Refusal { code, detail: detail(locale, code), field }
}

/// A refusal of a field.
pub fn field_refusal(locale: Locale, error: &FieldError) -> Refusal {
    Refusal { code: error.code(), detail: field_detail(locale, error), field: Some(error.field.clone()) }
}

/// The code as JSON writes it.
pub(crate) fn code_name(code: ErrorCode) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::from("internal"),
    }
}

fn range(text: &dyn Catalogue, range: NumberRange) -> Option<String> {
    let number = |decimal: Decimal| text.decimal(&decimal.to_string());
    match (range.least.map(number), range.most.map(number)) {
        (Some(least), Some(most)) => Some(text.out_of_range(&least, &most)),
        (Some(least), None) => Some(text.at_least(&least)),
        (None, Some(most)) => Some(text.at_most(&most)),
        (None, None) => None,
    }
}

fn said(problem: &Problem, field: &str) -> Said {
    let limited = |limit: usize| u64::try_from(limit).unwrap_or(u64::MAX);
    match problem {
        Problem::Required if field == "first_name" => Said::NameRequired,
        Problem::Required if field == "organization_name" => Said::OrganizationNameRequired,
        Problem::Required => Said::Required,
        Problem::TooLong { limit } => Said::TooLong { limit: limited(*limit) },
        Problem::TooMany { limit } => Said::TooMany { limit: limited(*limit) },
        Problem::ControlCharacter => Said::ControlCharacter,
        Problem::EmailNeedsAt => Said::EmailWithoutAt,
        Problem::EmailNeedsDomain => Said::EmailWithoutDomain,
        Problem::EmailBadCharacter => Said::EmailCharacter,
        Problem::PhoneNotDigits => Said::PhoneCharacter,
        Problem::PhoneTooShort => Said::PhoneTooShort,
        Problem::PhoneTooLong => Said::PhoneTooLong,
        Problem::PhoneUnknownCallingCode => Said::PhoneUnknownCallingCode,
        Problem::SecondPrimary => Said::MoreThanOnePrimary,
        Problem::UnknownValue => Said::UnknownValue,
        Problem::NotAWholeNumber => Said::NotAWholeNumber,
        Problem::NotANumber => Said::NotANumber,
        Problem::TooManyDigits { limit } => Said::TooManyDigits { limit: limited(*limit) },
        Problem::OutOfRange(_) => Said::OutOfRange,
        Problem::RepeatedId | Problem::Invalid => Said::NotPossible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_outside_its_range_is_told_the_range() {
        let said = |least: Option<i32>, most: Option<i32>| {
            let range = NumberRange { least: least.map(Decimal::from), most: most.map(Decimal::from) };
            let problem = Problem::OutOfRange(Box::new(range));
            field_detail(Locale::Lv, &FieldError::new("attributes.size", problem))
        };
        assert_eq!(said(Some(15), Some(55)), "Atribūti: No 15 līdz 55");
        assert_eq!(said(None, Some(20_000)), "Atribūti: Ne vairāk kā 20\u{a0}000");
    }

    #[test]
    fn a_code_of_the_contract_has_its_own_words() {
        assert_ne!(detail(Locale::En, ErrorCode::CustomerPendingEdit), Locale::En.text().unknown_error());
        assert_ne!(
            detail(Locale::En, ErrorCode::CustomerPendingEdit),
            detail(Locale::Lv, ErrorCode::CustomerPendingEdit)
        );
    }
}
