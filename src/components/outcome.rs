//! What came of saving, in words.

use kase_domain::{Closed, CustomerAction, FieldError, Permission, Refusal, Switch};
use kase_register::{Answer, Connection, Saved};
use kase_text::{self as say, Catalogue};
use kase_ui::NoticeTone;

use crate::components::words;
use crate::state::State;

/// What came of saving.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// It is saved.
    Saved(Saved),
    /// Fields are wrong.
    Fields(Vec<FieldError>),
    /// Somebody said no.
    Refused(Refusal),
    /// It came to nothing, and why.
    Failed(String),
}

/// Reads an answer to `action`.
pub(crate) fn outcome(answer: Answer, action: CustomerAction, text: &dyn Catalogue) -> Outcome {
    Outcome::Failed(match answer {
        Answer::Saved(saved) => return Outcome::Saved(saved),
        Answer::Invalid(errors) => return Outcome::Fields(errors),
        Answer::Refused(refusal) => return Outcome::Refused(refusal),
        Answer::Closed(reason) => text.closed(closed(reason)).to_owned(),
        Answer::Excluded => format!("{}. {}", text.creation_excluded(), text.creation_excluded_detail()),
        Answer::NeedsHeadquarters => {
            text.closed(out_of_reach(action, Connection::HeadquartersOutOfReach)).to_owned()
        }
        Answer::NotKnown => text.not_known_whether_saved().to_owned(),
        Answer::StoreFailed(error) => text.not_saved(words::storage_problem(&error)).to_owned(),
        Answer::UnderWay => text.saving().to_owned(),
        Answer::Deactivated => text.closed(say::Closed::RegisterDeactivated).to_owned(),
        Answer::Removed | Answer::StillWaits => text.still_waits().to_owned(),
        Answer::NotReady => text.register_not_ready().to_owned(),
    })
}

/// What there is to say of a change that was saved.
pub(crate) struct SaidOfChange {
    /// It waits on this register.
    pub(crate) waits: &'static str,
    /// It waits in the store, since nothing may stay on this register.
    pub(crate) waits_in_store: &'static str,
    /// It is done.
    pub(crate) done: &'static str,
}

/// Which of it is said, or that a person at headquarters decides.
pub(crate) fn said_of_change(
    permission: Permission,
    saved: &Saved,
    state: State,
    said: &SaidOfChange,
    text: &dyn Catalogue,
) -> (NoticeTone, &'static str) {
    if permission == Permission::Recorded {
        (NoticeTone::Done, if state.keeps_customers() { said.waits } else { said.waits_in_store })
    } else if saved.account.is_pending() {
        (NoticeTone::Waiting, text.change_held())
    } else {
        (NoticeTone::Done, said.done)
    }
}

/// Why the permission table closes something.
pub(crate) fn closed(reason: Closed) -> say::Closed {
    match reason {
        Closed::PendingLoyalty => say::Closed::PendingLoyalty,
        Closed::Pending { needs: Switch::AsyncEditing } => say::Closed::PendingEdit,
        Closed::Pending { needs: Switch::AsyncAddresses } => say::Closed::PendingAddress,
        Closed::Pending { needs: Switch::EnhancedCreation } => say::Closed::PendingField,
    }
}

/// Why a real-time call cannot be made.
pub(crate) fn out_of_reach(action: CustomerAction, connection: Connection) -> say::Closed {
    let offline = connection == Connection::Offline;
    match action {
        CustomerAction::IssueLoyaltyCard if offline => say::Closed::LoyaltyOffline,
        CustomerAction::IssueLoyaltyCard => say::Closed::LoyaltyNeedsHeadquarters,
        CustomerAction::AddAddress if offline => say::Closed::AddressOffline,
        CustomerAction::AddAddress => say::Closed::AddressNeedsHeadquarters,
        _ if offline => say::Closed::EditOffline,
        _ => say::Closed::EditNeedsHeadquarters,
    }
}
