//! Operator and PIN, with a pad for gloves. On the sign-in screen, and in a sheet when a session has ended.

use kase_domain::ErrorCode;
use kase_register::SendFailure;
use kase_text::{Catalogue, SignInProblem};
use kase_ui::{Button, ButtonKind, Keyboard, PinPad, TextField, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::gate::GateMessage;
use crate::runtime::use_runtime;

/// The id of the form that the button submits.
const FORM: &str = "sign-in";

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq)]
enum Trouble {
    OperatorMissing,
    PinMissing,
    Failed(SendFailure),
}

/// Signs somebody in; the access changes when it worked.
#[component]
pub(crate) fn SignInForm() -> impl IntoView {
    let (text, runtime) = (use_text(), use_runtime());
    let (operator, pin) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(None::<Trouble>));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let (typed_operator, typed_pin) = (operator.get_untracked(), pin.get_untracked());
        if typed_operator.trim().is_empty() || typed_pin.is_empty() {
            let missing = if typed_pin.is_empty() && !typed_operator.trim().is_empty() {
                Trouble::PinMissing
            } else {
                Trouble::OperatorMissing
            };
            return trouble.set(Some(missing));
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            let result = runtime.sign_in(typed_operator, typed_pin).await;
            // When it worked, another screen has taken this one's place.
            busy.try_set(false);
            if let Err(failure) = result {
                pin.try_set(String::new());
                trouble.try_set(Some(Trouble::Failed(failure)));
            }
        });
    };
    view! {
        <form id=FORM on:submit=submit novalidate>
            <TextField
                label=text.of(|text| text.operator())
                value=operator
                keyboard=Keyboard::Code
                required=true
                autofocus=true
            />
            <TextField label=text.of(|text| text.pin()) value=pin keyboard=Keyboard::Pin required=true/>
            <GateMessage message=move || trouble.read().as_ref().map(|trouble| said(trouble, text.get()))/>
            <PinPad
                label=text.of(|text| text.pin_pad())
                value=pin
                clear_label=text.of(|text| text.clear_pin())
                delete_label=text.of(|text| text.delete_last_digit())
            />
            <Button label=text.of(|text| text.sign_in()) kind=ButtonKind::Primary form=FORM busy/>
        </form>
    }
}

fn said(trouble: &Trouble, text: &dyn Catalogue) -> String {
    let problem = match trouble {
        Trouble::OperatorMissing => return text.operator_missing().to_owned(),
        Trouble::PinMissing => return text.pin_missing().to_owned(),
        Trouble::Failed(SendFailure::Unreachable) => SignInProblem::OutOfReach,
        Trouble::Failed(SendFailure::Rejected) => SignInProblem::WrongPin,
        Trouble::Failed(SendFailure::Refused(refusal)) => match refusal.code {
            ErrorCode::RateLimited => return text.too_many_tries_for_now().to_owned(),
            ErrorCode::Forbidden => SignInProblem::RegisterDeactivated,
            ErrorCode::NotFound => SignInProblem::UnknownOperator,
            _ => SignInProblem::WrongPin,
        },
    };
    text.sign_in_problem(problem).to_owned()
}
