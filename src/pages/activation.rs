//! The first screen of a new device: it becomes a register.

use kase_domain::ErrorCode;
use kase_register::SendFailure;
use kase_text::{ActivationProblem, Catalogue, Page};
use kase_ui::{Button, ButtonKind, Keyboard, TextField, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::gate::{GateCard, GateMessage};
use crate::components::page_title::show_page_title;
use crate::runtime::use_runtime;

/// The id of the form that the button submits.
const FORM: &str = "activation";

/// Asks for the register's name and its code.
#[component]
pub(crate) fn ActivationPage() -> impl IntoView {
    let (text, runtime) = (use_text(), use_runtime());
    show_page_title(Page::Activation);
    let (register, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<SendFailure>));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        spawn_local(async move {
            let result = runtime.activate(register.get_untracked(), code.get_untracked()).await;
            // When it worked, another screen has taken this one's place.
            busy.try_set(false);
            failure.try_set(result.err());
        });
    };
    view! {
        <GateCard
            title=text.of(|text| text.activate_heading())
            detail=text.of(|text| text.activate_explanation())
        >
            <form id=FORM on:submit=submit novalidate>
                <TextField
                    label=text.of(|text| text.register())
                    hint=text.of(|text| text.register_hint())
                    value=register
                    keyboard=Keyboard::Code
                    required=true
                    autofocus=true
                />
                <TextField
                    label=text.of(|text| text.activation_code())
                    hint=text.of(|text| text.activation_code_hint())
                    value=code
                    keyboard=Keyboard::Code
                    required=true
                />
                <GateMessage message=move || failure.read().as_ref().map(|failure| said(failure, text.get()))/>
                <Button label=text.of(|text| text.activate()) kind=ButtonKind::Primary form=FORM busy/>
            </form>
        </GateCard>
    }
}

fn said(failure: &SendFailure, text: &dyn Catalogue) -> String {
    let problem = match failure {
        SendFailure::Unreachable => ActivationProblem::OutOfReach,
        SendFailure::Rejected => ActivationProblem::WrongCode,
        SendFailure::Refused(refusal) => match refusal.code {
            ErrorCode::RateLimited => return text.too_many_tries_for_now().to_owned(),
            ErrorCode::NotFound => ActivationProblem::UnknownRegister,
            ErrorCode::Forbidden => ActivationProblem::NeedsManager,
            _ => ActivationProblem::WrongCode,
        },
    };
    text.activation_problem(problem).to_owned()
}
