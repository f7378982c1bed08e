//! How an operation of the list stands, in words: what has happened to it, and what comes next or is to be done.

use kase_domain::{OperationKind, Stage, Timestamp};
use kase_register::{Connection, Progress, WaitingOperation, stuck};
use kase_text::{Catalogue, StageDetail};
use kase_ui::{Chip, ChipTone, use_text};
use leptos::prelude::*;

use crate::components::operation_row::refusal;
use crate::components::stage_line::detail;
use crate::components::words;
use crate::state::use_state;

/// A chip, and below it a sentence.
#[component]
pub(crate) fn OperationState(
    /// The operation.
    operation: Signal<Option<WaitingOperation>>,
) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let needs_a_person = Memo::new(move |_| operation.read().as_ref().and_then(refusal).is_some());
    let chip = Memo::new(move |_| operation.read().as_ref().map(|operation| chip(operation, text.get())));
    let tone = move || if needs_a_person.get() { ChipTone::Refused } else { ChipTone::Waiting };
    let sentence = Memo::new(move |_| {
        let connection = state.connection.get().unwrap_or(Connection::Offline);
        let standing = Standing { connection, tries: state.tries.get(), now: state.now.get() };
        operation.read().as_ref().map(|operation| sentence(operation, standing, text.get()))
    });
    view! {
        <div class="operation-state">
            <Chip text=move || chip.get().unwrap_or_default() tone=Signal::derive(tone)/>
            <p>{move || sentence.get()}</p>
        </div>
    }
}

/// What the sentence depends on besides the operation.
#[derive(Debug, Clone, Copy)]
struct Standing {
    connection: Connection,
    tries: u32,
    now: Timestamp,
}

fn chip(operation: &WaitingOperation, text: &dyn Catalogue) -> String {
    match &operation.progress {
        Progress::Delivered(Stage::Discarded(refusal)) => {
            let written = !refusal.detail.trim().is_empty();
            let reason = if written { refusal.detail.clone() } else { words::reason(refusal, text) };
            text.discarded_because(&reason)
        }
        progress => match progress.refusal() {
            Some(refusal) => text.refused_because(&words::reason(refusal, text)),
            None => text.pending_sync().to_owned(),
        },
    }
}

fn sentence(operation: &WaitingOperation, standing: Standing, text: &dyn Catalogue) -> String {
    let Standing { connection, tries, now } = standing;
    let meaning = match &operation.progress {
        Progress::Delivered(Stage::Discarded(_)) => return text.discarded_meaning().to_owned(),
        Progress::Refused(refusal) | Progress::Delivered(Stage::Refused(refusal)) => {
            return words::kept_remedy(refusal, text);
        }
        Progress::Held => StageDetail::WaitingForAccountNumber,
        Progress::Ready if operation.behind_refused => StageDetail::BehindRefusedChange,
        Progress::Ready => detail(&Stage::OnRegister, connection),
        // Headquarters takes it at once, unless a person has to look at it.
        Progress::Delivered(Stage::AtHeadquarters | Stage::NumberAssigned)
            if operation.has_account_number && operation.kind != OperationKind::CreateCustomer =>
        {
            StageDetail::HeldForReview
        }
        Progress::Delivered(stage) => detail(stage, connection),
    };
    let mut said = vec![text.stage_meaning(meaning).to_owned()];
    if operation.progress == Progress::Ready && tries > 0 {
        said.push(text.tried(u64::from(tries)));
    }
    said.extend(
        stuck(operation, connection, tries, now).map(|stuck| text.stuck(words::stuck(stuck)).to_owned()),
    );
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use kase_domain::{CustomerId, CustomerKind, ErrorCode, OperationId, Refusal};
    use kase_text::Locale;
    use uuid::Uuid;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    const STANDING: Standing = Standing { connection: Connection::Online, tries: 0, now: Timestamp(0) };

    fn operation(progress: Progress) -> WaitingOperation {
        WaitingOperation {
            id: OperationId(Uuid::from_u128(1)),
            customer_id: CustomerId(Uuid::from_u128(1)),
            kind: OperationKind::CreateCustomer,
            customer_kind: CustomerKind::Person,
            name: String::new(),
            label: String::new(),
            recorded_at: Timestamp(0),
            progress,
            since: Timestamp(0),
            has_account_number: false,
            behind_refused: false,
        }
    }

    fn refused(code: ErrorCode, detail: &str) -> Refusal {
        Refusal { code, detail: detail.into(), field: None }
    }

    #[test]
    fn every_refusal_says_what_happened_and_what_becomes_of_it() {
        for locale in Locale::ALL {
            let text = locale.text();
            for code in ALL_CODES {
                let operation = operation(Progress::Delivered(Stage::Refused(refused(*code, "raw detail"))));
                let (chip, sentence) = (chip(&operation, text), sentence(&operation, STANDING, text));
                assert!(
                    !chip.contains("raw detail") && !chip.contains(text.unknown_error()),
                    "{code:?}: {chip}"
                );
                assert!(sentence.ends_with('.'), "{code:?}: {sentence}");
            }
        }
    }

    const ALL_CODES: &[ErrorCode] = &[
        ErrorCode::CustomerPendingEdit,
        ErrorCode::CustomerPendingLoyalty,
        ErrorCode::CustomerPendingField,
        ErrorCode::OfflineCreationExcluded,
        ErrorCode::HeadquartersUnreachable,
        ErrorCode::FeaturePrerequisite,
        ErrorCode::InvalidField,
        ErrorCode::TooLong,
        ErrorCode::UnknownCustomer,
        ErrorCode::IdempotencyMismatch,
        ErrorCode::LoyaltyBlocked,
        ErrorCode::LoyaltyCardTaken,
        ErrorCode::Unauthenticated,
        ErrorCode::SessionExpired,
        ErrorCode::Forbidden,
        ErrorCode::RateLimited,
        ErrorCode::PayloadTooLarge,
        ErrorCode::UnsupportedVersion,
        ErrorCode::NotFound,
        ErrorCode::BadRequest,
        ErrorCode::Internal,
    ];

    #[test]
    fn what_headquarters_gave_up_says_so_with_its_reason() {
        let text = Locale::En.text();
        let discarded = Stage::Discarded(refused(ErrorCode::Forbidden, "made twice"));
        let operation = operation(Progress::Delivered(discarded));
        assert_eq!(chip(&operation, text), "Discarded · made twice");
        assert_eq!(sentence(&operation, STANDING, text), text.discarded_meaning());
    }

    #[test]
    fn what_headquarters_holds_of_a_synced_customer_waits_for_no_account_number() {
        let text = Locale::En.text();
        let pending = WaitingOperation {
            kind: OperationKind::EditCustomer,
            ..operation(Progress::Delivered(Stage::AtHeadquarters))
        };
        let said = |operation| sentence(operation, STANDING, text);
        assert_eq!(said(&pending), text.stage_meaning(StageDetail::WaitingForAccountNumber));
        let synced = WaitingOperation { has_account_number: true, ..pending.clone() };
        assert_eq!(said(&synced), text.stage_meaning(StageDetail::HeldForReview));
    }

    #[test]
    fn what_is_stuck_says_so_after_what_has_happened() {
        let text = Locale::En.text();
        let waits = operation(Progress::Ready);
        let said = |standing| sentence(&waits, standing, text);
        assert_eq!(said(STANDING), text.stage_meaning(StageDetail::BeingSent));
        assert!(said(Standing { tries: 2, ..STANDING }).contains(&text.tried(2)));
        let stuck = said(Standing { now: Timestamp(3_600_000), ..STANDING });
        assert!(stuck.ends_with(text.stuck(kase_text::Stuck::NotTaken)), "{stuck}");
        let behind = WaitingOperation { behind_refused: true, ..operation(Progress::Ready) };
        assert_eq!(sentence(&behind, STANDING, text), text.stage_meaning(StageDetail::BehindRefusedChange));
    }
}
