//! Add address: one further address of a customer.

use std::sync::Arc;

use kase_domain::{Address, AddressPurpose, CustomerAction, CustomerKind, FieldError, Problem, permit};
use kase_register::standing;
use kase_replication::CustomerState;
use kase_ui::{use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::address_fields::AddressFields;
use crate::components::checks::{Checks, focus_first_error};
use crate::components::customer_checks::use_country;
use crate::components::draft_address::DraftAddress;
use crate::components::finder::use_finder;
use crate::components::form_sheet::{FormSheet, Saving};
use crate::components::outcome::{Outcome, SaidOfChange, outcome, said_of_change};
use crate::runtime::use_runtime;
use crate::state::use_state;

/// Closed from outside when the customer shown is another one.
#[component]
pub(crate) fn AddressSheet(
    /// The customer as it is seen now.
    seen: Arc<CustomerState>,
    /// Why it cannot be saved now; it may change while somebody types.
    #[prop(into)]
    closed: Signal<Option<String>>,
    /// The sheet is to go.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (text, state, runtime, toasts) = (use_text(), use_state(), use_runtime(), use_toasts());
    let finder = use_finder();
    let address = DraftAddress::new(runtime.address_id());
    let usual_purpose = match seen.customer.kind() {
        CustomerKind::Person => AddressPurpose::Home,
        CustomerKind::Organization => AddressPurpose::Business,
    };
    let checks = checks(address, usual_purpose);
    let saving = Saving::new();
    let operation_id = runtime.operation_id();
    let save = move |()| {
        if !checks.pass() {
            return focus_first_error();
        }
        if !saving.begin() {
            return;
        }
        let (seen, record) = (CustomerState::clone(&seen), untrack(|| address.record()));
        let switches = state.settings.get_untracked().map(|settings| settings.switches).unwrap_or_default();
        let permission = permit(CustomerAction::AddAddress, standing(&seen.account), switches);
        spawn_local(async move {
            let answer = runtime.add_address(operation_id, seen, record).await;
            let text = text.get_untracked();
            match outcome(answer, CustomerAction::AddAddress, text) {
                Outcome::Saved(saved) => {
                    saving.end(None);
                    saved.customer.iter().for_each(|customer| finder.hear(customer));
                    let said = SaidOfChange {
                        waits: text.address_waits(),
                        waits_in_store: text.address_waits_in_store(),
                        done: text.address_saved(),
                    };
                    let (tone, said) = said_of_change(permission, &saved, state, &said, text);
                    toasts.show(tone, said);
                    on_close.try_run(());
                }
                other => {
                    saving.end(Some(checks.hear(other, text)));
                }
            }
        });
    };
    view! {
        <FormSheet
            title=text.of(|text| text.add_address())
            save_label=text.of(|text| text.save())
            saving
            wrong=checks.said()
            typed=Signal::derive(move || !address.is_blank())
            note=closed
            closed
            on_save=save
            on_close
        >
            <form class="form" novalidate on:submit=|event| event.prevent_default()>
                <AddressFields address path=String::new() checks usual_purpose autofocus=true/>
            </form>
        </FormSheet>
    }
}

/// By the domain's parser; an address in which nothing was typed is none.
fn checks(address: DraftAddress, usual_purpose: AddressPurpose) -> Checks {
    let country = use_country();
    let find = move || {
        if address.is_blank() {
            return vec![FieldError::new("street", Problem::Required)];
        }
        let Some(country) = country.get() else { return Vec::new() };
        let mut errors =
            Address::parse(&address.record(), "", &country, usual_purpose).err().unwrap_or_default();
        for error in &mut errors {
            error.field = error.field.trim_start_matches('.').to_owned();
        }
        errors
    };
    Checks::new(find, move || address.lines().to_vec())
}
