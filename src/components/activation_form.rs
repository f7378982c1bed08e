//! A register's name and its code. On the first screen, and in a sheet for a register that the channel does not
//! know any more.

use kase_domain::{ErrorCode, RegisterName};
use kase_register::SendFailure;
use kase_text::{ActivationProblem, Catalogue};
use kase_ui::{Button, ButtonKind, Keyboard, TextField, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::gate::GateMessage;
use crate::components::words;
use crate::runtime::{ActivationFailure, use_runtime};

/// The id of the form that the button submits.
const FORM: &str = "activation";

/// Makes this browser a register, or gives one a new credential.
#[component]
pub(crate) fn ActivationForm(
    /// The register to activate again; none asks for its name.
    #[prop(optional)]
    again: Option<RegisterName>,
) -> impl IntoView {
    let (text, runtime) = (use_text(), use_runtime());
    let (register, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<ActivationFailure>));
    let is_new = again.is_none();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let typed = code.get_untracked();
            let result = if is_new {
                runtime.activate(register.get_untracked(), typed).await
            } else {
                runtime.activate_again(typed).await
            };
            // When it worked, another screen has taken this one's place.
            busy.try_set(false);
            failure.try_set(result.err());
        });
    };
    view! {
        <form id=FORM on:submit=submit novalidate>
            <Show when=move || is_new>
                <TextField
                    label=text.of(|text| text.register())
                    hint=text.of(|text| text.register_hint())
                    value=register
                    keyboard=Keyboard::Code
                    required=true
                    autofocus=true
                />
            </Show>
            {again.map(|name| {
                view! { <p>{move || text.get().activate_again_explanation(name.as_str())}</p> }
            })}
            <TextField
                label=text.of(|text| text.activation_code())
                hint=text.of(|text| text.activation_code_hint())
                value=code
                keyboard=Keyboard::Code
                required=true
                autofocus=!is_new
            />
            <GateMessage message=move || failure.read().as_ref().map(|failure| said(failure, text.get()))/>
            <Button label=text.of(|text| text.activate()) kind=ButtonKind::Primary form=FORM busy/>
        </form>
    }
}

fn said(failure: &ActivationFailure, text: &dyn Catalogue) -> String {
    let problem = match failure {
        ActivationFailure::Store(error) => return text.store_fault(words::storage_problem(error)).to_owned(),
        ActivationFailure::OtherStore => ActivationProblem::OtherStore,
        ActivationFailure::Channel(SendFailure::Unreachable) => ActivationProblem::OutOfReach,
        ActivationFailure::Channel(SendFailure::Rejected) => ActivationProblem::WrongCode,
        ActivationFailure::Channel(SendFailure::Refused(refusal)) => match refusal.code {
            ErrorCode::RateLimited => return text.too_many_tries_for_now().to_owned(),
            ErrorCode::Forbidden => ActivationProblem::Deactivated,
            ErrorCode::InvalidField => ActivationProblem::Kiosk,
            _ => ActivationProblem::WrongCode,
        },
    };
    text.activation_problem(problem).to_owned()
}
