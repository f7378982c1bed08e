//! What can be done with a customer. The permission table says what is open; what is closed keeps its place and
//! says why in a sentence.

use std::sync::Arc;

use kase_domain::{Account, CustomerAction, Permission, Stage, permit};
use kase_register::{Acceptance, Connection, standing};
use kase_replication::CustomerState;
use kase_text as say;
use kase_ui::{Button, Icon, IconSize, Shape, use_text};
use leptos::prelude::*;

use crate::components::address_sheet::AddressSheet;
use crate::components::card_sheet::CardSheet;
use crate::components::edit_sheet::EditSheet;
use crate::components::outcome::{closed, out_of_reach};
use crate::components::viewed::Viewed;
use crate::state::{State, use_state};

/// A sheet over the details, with the customer as it was seen when it opened.
#[derive(Debug, Clone, PartialEq)]
struct Opened {
    action: CustomerAction,
    seen: Arc<CustomerState>,
}

/// The buttons, the line that says why some are closed, and the sheets they open.
#[component]
pub(crate) fn CustomerActions(
    /// The customer.
    viewed: Viewed,
) -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let opened = RwSignal::new(None::<Opened>);
    let reason = move |action| {
        let reason = Memo::new(move |_| {
            viewed.customer.read().as_ref().and_then(|seen| why_closed(action, seen, state))
        });
        Memo::new(move |_| reason.get().map(|reason| text.get().closed(reason).to_owned()))
    };
    let (edit, card, address) = (
        reason(CustomerAction::Edit),
        reason(CustomerAction::IssueLoyaltyCard),
        reason(CustomerAction::AddAddress),
    );
    let open = move |action| move |()| opened.set(viewed.now().map(|seen| Opened { action, seen }));
    // Another customer took this one's place: what was open was about somebody else.
    let id = Memo::new(move |_| viewed.customer.read().as_ref().map(|state| state.customer_id));
    Effect::watch(move || id.get(), move |_, _, _| opened.set(None), false);
    let pending = viewed.memo(|state| state.account.is_pending());
    let why = move || match (edit.read().is_some(), card.get()) {
        (true, _) => Some(text.get().pending_closes().to_owned()),
        (false, card) => card,
    };
    let why = Memo::new(move |_| if pending.get() { why() } else { None });
    view! {
        <p class="why" hidden=move || why.read().is_none()>
            <Icon shape=Shape::Lock size=IconSize::Small/>
            <span>{move || why.get()}</span>
        </p>
        <div class="actions">
            <Button label=text.of(|text| text.edit()) closed=edit on_press=open(CustomerAction::Edit)/>
            <Button
                label=text.of(|text| text.issue_loyalty_card())
                closed=card
                on_press=open(CustomerAction::IssueLoyaltyCard)
            />
            <Button label=text.of(|text| text.add_address()) closed=address on_press=open(CustomerAction::AddAddress)/>
        </div>
        {move || {
            let Opened { action, seen } = opened.get()?;
            let on_close = move |()| opened.set(None);
            Some(match action {
                CustomerAction::AddAddress => view! { <AddressSheet seen closed=address on_close/> }.into_any(),
                CustomerAction::IssueLoyaltyCard => view! { <CardSheet seen closed=card on_close/> }.into_any(),
                _ => view! { <EditSheet seen closed=edit on_close/> }.into_any(),
            })
        }}
    }
}

/// Asks the table, and the connection where the answer is a real-time call.
fn why_closed(action: CustomerAction, seen: &CustomerState, state: State) -> Option<say::Closed> {
    let switches = state.settings.read().as_ref().map(|settings| settings.switches).unwrap_or_default();
    let connection = state.connection.get().unwrap_or(Connection::Offline);
    if state.acceptance.get() == Acceptance::DeliversOnly {
        return Some(say::Closed::RegisterDeactivated);
    }
    if matches!(seen.account, Account::Pending(Stage::Discarded(_))) {
        return Some(say::Closed::CustomerDiscarded);
    }
    match permit(action, standing(&seen.account), switches) {
        Permission::Closed(_) if matches!(seen.account, Account::Pending(Stage::Refused(_))) => {
            Some(say::Closed::CustomerRefused)
        }
        Permission::Closed(reason) => Some(closed(reason)),
        Permission::RealTime | Permission::Recorded
            if action == CustomerAction::IssueLoyaltyCard && seen.loyalty_blocked =>
        {
            Some(say::Closed::LoyaltyBlocked)
        }
        Permission::RealTime if connection != Connection::Online => Some(out_of_reach(action, connection)),
        // Where nothing may stay on the register, the store's server has to answer.
        Permission::Recorded if connection == Connection::Offline && !state.keeps_customers() => {
            Some(out_of_reach(action, connection))
        }
        Permission::RealTime | Permission::Recorded => None,
    }
}
