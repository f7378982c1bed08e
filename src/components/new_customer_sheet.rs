//! New customer: a sheet over wherever one is. It says beforehand where Save goes, and afterwards where it went.

use kase_domain::{Account, CustomerAction, Stage};
use kase_register::{Connection, Saved};
use kase_text::{Catalogue, SaveRoute};
use kase_ui::{NoticeTone, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};

use crate::components::checks::focus_first_error;
use crate::components::customer_checks::customer_checks;
use crate::components::customer_form::{CustomerForm, Purpose};
use crate::components::draft::{Blanks, Draft};
use crate::components::draft_address::DraftAddress;
use crate::components::duplicates::Duplicates;
use crate::components::finder::use_finder;
use crate::components::form_sheet::{FormSheet, Saving};
use crate::components::outcome::{Outcome, outcome};
use crate::components::save_route::{creation_closed, use_save_route};
use crate::components::words;
use crate::navigation::use_navigation;
use crate::runtime::use_runtime;
use crate::state::use_state;

/// Begins with what was typed into the search box and not found.
#[component]
pub(crate) fn NewCustomerSheet(
    /// What was typed.
    typed: String,
) -> impl IntoView {
    let (text, state, runtime, finder, toasts) =
        (use_text(), use_state(), use_runtime(), use_finder(), use_toasts());
    let carried = !typed.trim().is_empty();
    let settings = state.settings.get_untracked();
    let definitions = settings.as_ref().map(|settings| settings.attributes.as_slice()).unwrap_or_default();
    let draft = Draft::carrying(&typed, settings.as_deref(), &runtime.shortcuts())
        .with_attributes(definitions, text.get_untracked().decimal_separator());
    let address = DraftAddress::new(runtime.address_id());
    address.primary.set(true);
    draft.addresses.set(vec![address]);
    let begun_with = untrack(|| draft.record(Blanks::Dropped));
    let typed = Memo::new(move |_| draft.record(Blanks::Dropped) != begun_with);
    let checks = customer_checks(draft);
    let (saving, route) = (Saving::new(), use_save_route());
    // Made once: every try to save this form is the same customer.
    let ids = runtime.form_ids();
    let close = move |()| finder.creating.set(None);
    let navigation = use_navigation();
    let open = move |label: String| {
        close(());
        navigation.go(&words::customer_path(&label));
    };
    let save = move |()| {
        if !checks.pass() {
            return focus_first_error();
        }
        if !saving.begin() {
            return;
        }
        let record = untrack(|| draft.record(Blanks::Dropped));
        spawn_local(async move {
            let answer = runtime.create_customer(ids, record).await;
            let text = text.get_untracked();
            match outcome(answer, CustomerAction::CreateBasics, text) {
                Outcome::Saved(saved) => {
                    let connection = state.connection.get_untracked().unwrap_or(Connection::Offline);
                    let asynchronous =
                        state.settings.get_untracked().is_some_and(|settings| settings.create_customer_async);
                    toasts.show(NoticeTone::Done, said(&saved, connection, asynchronous, text));
                    saving.end(None);
                    let label = label_of(&saved);
                    if !carried {
                        // What stands in the search box was about somebody else.
                        finder.clear();
                        tick().await;
                    }
                    // With "Filter shared customer data tables" it is not on this register.
                    match runtime.customer(label.clone()).await {
                        Some(_) => open(label),
                        None => close(()),
                    }
                    finder.rest();
                }
                other => saving.end(Some(checks.hear(other, text))),
            }
        });
    };
    let excluded = move || {
        (route.get() == Some(SaveRoute::Excluded)).then(|| text.get().creation_excluded_detail().to_owned())
    };
    let deactivated = creation_closed();
    view! {
        <FormSheet
            title=text.of(|text| text.new_customer())
            save_label=text.of(|text| text.save())
            saving
            wrong=checks.said()
            typed
            closed=Signal::derive(move || deactivated.get().or_else(excluded))
            note=Signal::derive(move || route.get().map(|route| text.get().save_route(route).to_owned()))
            on_save=save
            on_close=close
        >
            <CustomerForm draft checks purpose=Purpose::Create>
                <Duplicates draft on_use=open/>
            </CustomerForm>
        </FormSheet>
    }
}

fn label_of(saved: &Saved) -> String {
    let reference = || saved.reference.as_ref().map(|reference| reference.as_str().to_owned());
    saved.account.number().map(|number| number.as_str().to_owned()).or_else(reference).unwrap_or_default()
}

/// Where it was saved, and what waits.
fn said(saved: &Saved, connection: Connection, asynchronous: bool, text: &dyn Catalogue) -> String {
    let place = match (&saved.account, connection) {
        (Account::Synced(number), _) => text.saved_with_account_number(number.as_str()),
        (Account::Pending(Stage::OnRegister), Connection::Offline) => text.saved_on_register().to_owned(),
        (Account::Pending(Stage::OnRegister), _) => text.saved_on_register_sending().to_owned(),
        (Account::Pending(_), _) if asynchronous => text.saved_in_store().to_owned(),
        (Account::Pending(_), _) => text.saved_in_store_headquarters_out().to_owned(),
    };
    if saved.account.is_pending() && !saved.held_fields.is_empty() {
        format!("{place} {}", text.held_fields(&words::field_list(&saved.held_fields, text)))
    } else {
        place
    }
}
