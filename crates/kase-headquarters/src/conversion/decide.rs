//! Decides what becomes of one operation. The book changes only when the operation takes effect, wholly or, with
//! contested fields held, in part.

use kase_domain::{
    Action, ChannelSettings, Conflict, Country, CustomerId, ErrorCode, FieldError, Operation, Refusal,
    Standing,
};
use kase_service::{field_refusal, refusal};
use kase_text::Locale;

use super::book::RecordedChange;
use super::judge::{Came, judge};
use super::reading::Unreadable;
use super::{Book, Reading, Waiting, attributes, create, edit, loyalty};

/// What becomes of an operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    /// It takes effect.
    Applied,
    /// It takes effect but for these fields, which somebody else changed meanwhile.
    Held(Vec<Conflict>),
    /// It is kept for a person.
    Refused(Refusal),
}

/// What a decision is made with.
pub(crate) struct Case<'a> {
    pub(crate) waiting: &'a Waiting,
    pub(crate) operation: &'a Operation,
    pub(crate) came: Came,
    /// In force now: for defaults and for reading what lacks a country.
    pub(crate) settings: ChannelSettings,
    pub(crate) locale: Locale,
}

impl Case<'_> {
    pub(crate) fn country(&self) -> &Country {
        &self.settings.country
    }

    pub(crate) fn refused(&self, code: ErrorCode, field: Option<&str>) -> Verdict {
        Verdict::Refused(refusal(self.locale, code, field.map(str::to_owned)))
    }

    pub(crate) fn refused_field(&self, errors: &[FieldError]) -> Verdict {
        match errors.first() {
            Some(error) => Verdict::Refused(field_refusal(self.locale, error)),
            None => self.refused(ErrorCode::InvalidField, None),
        }
    }

    /// Whether it had taken effect before a restore, and its customer came back as it was after that.
    pub(crate) fn is_in_copy(&self, book: &Book) -> bool {
        self.waiting.claim.took_effect && book.came_back(self.operation.customer_id)
    }

    /// Writes the changes that took effect into the history.
    pub(crate) fn record(&self, book: &mut Book, id: CustomerId, changes: Vec<kase_domain::FieldChange>) {
        book.changes.extend(changes.into_iter().map(|change| RecordedChange {
            customer_id: id,
            change,
            who: self.operation.operator.as_str().to_owned(),
            operation: self.operation.id,
            channel: self.waiting.channel.clone(),
        }));
    }
}

/// Decides `waiting`.
pub(crate) fn decide(book: &mut Book, waiting: &Waiting, reading: &Reading) -> Verdict {
    let now = book.settings_now(&waiting.channel);
    let language = now.and_then(|settings| settings.default_customer.language.as_ref());
    let locale = language.and_then(|language| Locale::parse(language.as_str())).unwrap_or_default();
    let operation = match reading {
        Ok(operation) => operation,
        Err(Unreadable::Field(error)) => return Verdict::Refused(field_refusal(locale, error)),
        Err(unreadable) => return Verdict::Refused(refusal(locale, unreadable.code(), None)),
    };
    let (Some(settings), Some(recorded_under)) =
        (now.cloned(), book.settings(&waiting.channel, operation.settings_version))
    else {
        return Verdict::Refused(refusal(locale, ErrorCode::Forbidden, None));
    };
    let came = match (waiting.approved, waiting.real_time, waiting.claim.took_effect) {
        (true, _, _) => Came::Approved,
        (false, true, _) => Came::RealTime,
        // It passed here once, before a restore: what was decided then stands.
        (false, false, true) => Came::Approved,
        (false, false, false) => Came::Recorded,
    };
    let known = book.customer(operation.customer_id).is_some();
    let standing = if known { Standing::Synced } else { Standing::Pending };
    let judged = judge(operation, came, standing, recorded_under);
    let unfit = attributes::errors(operation, came, recorded_under, &settings);
    let case = Case { waiting, operation, came, settings, locale };
    if !known && !matches!(operation.action, Action::CreateCustomer { .. }) {
        return of_nobody(book, &case, judged.is_err());
    }
    if let Err(not_allowed) = judged {
        return case.refused(not_allowed.code, not_allowed.field.as_deref());
    }
    if !unfit.is_empty() {
        return case.refused_field(&unfit);
    }
    match &operation.action {
        Action::CreateCustomer { customer, .. } => create::decide(book, &case, customer),
        Action::AddAddress { address } => edit::decide_address(book, &case, address),
        Action::EditCustomer { changes } => edit::decide(book, &case, changes),
        Action::IssueLoyaltyCard { number } => loyalty::decide(book, &case, number.as_ref()),
    }
}

/// An operation of a customer that headquarters does not have: either its creation waits here for a person, and
/// the customer is pending, or nobody knows it.
fn of_nobody(book: &Book, case: &Case<'_>, closed: bool) -> Verdict {
    let loyalty = matches!(case.operation.action, Action::IssueLoyaltyCard { .. });
    let code = match (book.creation_is_parked(case.operation.customer_id), loyalty) {
        (true, true) => ErrorCode::CustomerPendingLoyalty,
        (true, false) => ErrorCode::CustomerPendingEdit,
        (false, _) if closed && case.came == Came::Recorded => {
            if loyalty {
                ErrorCode::CustomerPendingLoyalty
            } else {
                ErrorCode::CustomerPendingEdit
            }
        }
        (false, _) => ErrorCode::UnknownCustomer,
    };
    case.refused(code, None)
}
