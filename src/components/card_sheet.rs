//! Issue loyalty card: a real-time call, with the operator's number or one from headquarters.

use std::sync::Arc;

use kase_domain::{CustomerAction, ErrorCode, LoyaltyCardNumber};
use kase_register::label;
use kase_replication::CustomerState;
use kase_text::{Catalogue, LoyaltyProblem};
use kase_ui::{Keyboard, NoticeTone, TextField, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::finder::use_finder;
use crate::components::form_sheet::{FormSheet, Saving};
use crate::components::outcome::{Outcome, outcome};
use crate::components::words;
use crate::runtime::use_runtime;
use crate::state::use_state;

/// Closed from outside when the customer shown is another one.
#[component]
pub(crate) fn CardSheet(
    /// The customer as it is seen now.
    seen: Arc<CustomerState>,
    /// Why no card can be issued now; it may change while somebody types.
    #[prop(into)]
    closed: Signal<Option<String>>,
    /// The sheet is to go.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (text, state, runtime, toasts) = (use_text(), use_state(), use_runtime(), use_toasts());
    let finder = use_finder();
    let generated =
        state.settings.get_untracked().is_some_and(|settings| settings.generate_loyalty_card_number);
    let number = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<LoyaltyProblem>);
    let (name, number_of_customer) = (seen.customer.display_name(), label(&seen));
    let saving = Saving::new();
    let operation_id = runtime.operation_id();
    let save = move |()| {
        let number = match read(&number.read_untracked(), generated) {
            Ok(number) => number,
            Err(found) => return problem.set(Some(found)),
        };
        problem.set(None);
        if !saving.begin() {
            return;
        }
        let seen = CustomerState::clone(&seen);
        spawn_local(async move {
            let customer = label(&seen);
            let answer = runtime.issue_loyalty_card(operation_id, seen, number.clone()).await;
            let text = text.get_untracked();
            match outcome(answer, CustomerAction::IssueLoyaltyCard, text) {
                Outcome::Saved(saved) => {
                    let now = match saved.customer {
                        Some(told) => Some(*told),
                        None => runtime.customer(customer).await,
                    };
                    now.iter().for_each(|now| finder.hear(now));
                    let newest =
                        now.and_then(|state| state.loyalty_cards.last().map(|card| card.number.clone()));
                    // After a lost answer it is the card that was asked for then.
                    let number = newest.or(number);
                    saving.end(None);
                    let number = number.as_ref().map(LoyaltyCardNumber::as_str).unwrap_or_default();
                    toasts.show(NoticeTone::Done, text.card_issued(number));
                    on_close.try_run(());
                }
                other => {
                    let (said, found) = refused(other, text);
                    problem.try_set(found.filter(|_| !generated));
                    saving.end(said);
                }
            }
        });
    };
    let error =
        text.signal(move |text| problem.get().map(|problem| text.loyalty_problem(problem).to_owned()));
    view! {
        <FormSheet
            title=text.of(|text| text.issue_loyalty_card())
            save_label=text.of(|text| text.save())
            saving
            typed=Signal::derive(move || !number.read().trim().is_empty())
            note=closed
            closed
            on_save=save
            on_close
        >
            <form class="form" novalidate on:submit=|event| event.prevent_default()>
                <p class="field-wide">
                    <strong>
                        <bdi>{name}</bdi>
                    </strong>
                    " "
                    <span class="secondary numeric">{number_of_customer}</span>
                </p>
                <Show
                    when=move || !generated
                    fallback=move || view! { <p class="field-wide">{text.of(|text| text.card_number_generated())}</p> }
                >
                    <TextField
                        label=text.of(|text| text.card_number())
                        hint=text.of(|text| text.card_number_hint())
                        value=number
                        error
                        keyboard=Keyboard::Code
                        wide=true
                        autofocus=true
                        required=true
                    />
                </Show>
            </form>
        </FormSheet>
    }
}

fn read(typed: &str, generated: bool) -> Result<Option<LoyaltyCardNumber>, LoyaltyProblem> {
    match typed.trim() {
        _ if generated => Ok(None),
        "" => Err(LoyaltyProblem::NumberMissing),
        typed => LoyaltyCardNumber::parse(typed).map(Some).map_err(|_| LoyaltyProblem::NumberNotPossible),
    }
}

/// What to say, beside the button or at the number.
fn refused(outcome: Outcome, text: &dyn Catalogue) -> (Option<String>, Option<LoyaltyProblem>) {
    match outcome {
        Outcome::Refused(refusal) => {
            let said = text.not_saved_refused(&words::reason(&refusal, text));
            let problem = match refusal.code {
                ErrorCode::LoyaltyCardTaken => Some(LoyaltyProblem::Taken),
                ErrorCode::LoyaltyBlocked => Some(LoyaltyProblem::Blocked),
                ErrorCode::CustomerPendingLoyalty => Some(LoyaltyProblem::NeedsAccountNumber),
                _ => None,
            };
            (Some(said), problem)
        }
        Outcome::Failed(said) => (Some(said), None),
        Outcome::Fields(_) => {
            (Some(text.loyalty_problem(LoyaltyProblem::NumberNotPossible).to_owned()), None)
        }
        Outcome::Saved(_) => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn a_card_takes_its_number_from_the_operator_unless_headquarters_gives_one() {
        assert_eq!(read("", true), Ok(None));
        assert_eq!(read(" ", false), Err(LoyaltyProblem::NumberMissing));
        assert_eq!(read("<b>", false), Err(LoyaltyProblem::NumberNotPossible));
        assert_eq!(
            read("9000-1234", false).map(|number| number.map(String::from)),
            Ok(Some("90001234".into()))
        );
    }
}
