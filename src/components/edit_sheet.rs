//! Edit: changes to an existing customer, from what was seen when the sheet opened.

use std::sync::Arc;

use kase_domain::{Customer, CustomerAction, permit};
use kase_register::standing;
use kase_replication::CustomerState;
use kase_ui::{NoticeTone, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::checks::focus_first_error;
use crate::components::customer_checks::{customer_checks, use_country};
use crate::components::customer_form::{CustomerForm, Purpose};
use crate::components::draft::{Blanks, Draft};
use crate::components::finder::use_finder;
use crate::components::form_sheet::{FormSheet, Saving};
use crate::components::outcome::{Outcome, SaidOfChange, outcome, said_of_change};
use crate::runtime::use_runtime;
use crate::state::use_state;

/// Closed from outside when the customer shown is another one.
#[component]
pub(crate) fn EditSheet(
    /// The customer as it is seen now.
    seen: Arc<CustomerState>,
    /// Why it cannot be edited now; it may change while somebody types.
    #[prop(into)]
    closed: Signal<Option<String>>,
    /// The sheet is to go.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (text, state, runtime, toasts) = (use_text(), use_state(), use_runtime(), use_toasts());
    let finder = use_finder();
    let record = seen.customer.to_record();
    let settings = state.settings.get_untracked();
    let definitions = settings.as_ref().map(|settings| settings.attributes.as_slice()).unwrap_or_default();
    let draft =
        Draft::of(record.clone()).with_attributes(definitions, text.get_untracked().decimal_separator());
    let begun_with = untrack(|| draft.record(Blanks::Dropped));
    let typed = Memo::new(move |_| draft.record(Blanks::Dropped) != begun_with);
    let (checks, country) = (customer_checks(draft), use_country());
    let saving = Saving::new();
    // A try that was not answered may have been done: what stands there then is not what was seen.
    let tried = StoredValue::new(false);
    let operation_id = runtime.operation_id();
    let save = move |()| {
        if !checks.pass() {
            return focus_first_error();
        }
        let wanted = untrack(|| draft.record(Blanks::Dropped));
        let parsed = country.get_untracked().and_then(|country| Customer::parse(&wanted, &country).ok());
        let same = parsed.is_some_and(|wanted| wanted.to_record() == record);
        if same && !tried.get_value() {
            toasts.show(NoticeTone::Plain, text.get_untracked().edit_unchanged());
            return on_close.run(());
        }
        if !saving.begin() {
            return;
        }
        let seen = CustomerState::clone(&seen);
        let switches = state.settings.get_untracked().map(|settings| settings.switches).unwrap_or_default();
        let permission = permit(CustomerAction::Edit, standing(&seen.account), switches);
        spawn_local(async move {
            let answer = runtime.edit_customer(operation_id, seen, wanted).await;
            let text = text.get_untracked();
            match outcome(answer, CustomerAction::Edit, text) {
                Outcome::Saved(saved) => {
                    saving.end(None);
                    saved.customer.iter().for_each(|customer| finder.hear(customer));
                    let said = SaidOfChange {
                        waits: text.edit_waits(),
                        waits_in_store: text.edit_waits_in_store(),
                        done: text.edit_saved(),
                    };
                    let (tone, said) = said_of_change(permission, &saved, state, &said, text);
                    toasts.show(tone, said);
                    on_close.try_run(());
                }
                other => {
                    tried.try_set_value(true);
                    saving.end(Some(checks.hear(other, text)));
                }
            }
        });
    };
    view! {
        <FormSheet
            title=text.of(|text| text.edit_customer())
            save_label=text.of(|text| text.save())
            saving
            wrong=checks.said()
            typed
            note=closed
            closed
            on_save=save
            on_close
        >
            <CustomerForm draft checks purpose=Purpose::Edit/>
        </FormSheet>
    }
}
