//! A register that its channel does not take as before: what that means, and what to do.

use kase_register::Acceptance;
use kase_text::SignInProblem;
use kase_ui::{Button, Notice, NoticeTone, Sheet, use_text};
use leptos::prelude::*;

use crate::components::activation_form::ActivationForm;
use crate::state::use_state;

/// Nothing, as long as the register works.
#[component]
pub(crate) fn DeviceNotice() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let asking = RwSignal::new(false);
    let works = Memo::new(move |_| state.acceptance.get() == Acceptance::Works);
    let said = move || match state.acceptance.get() {
        Acceptance::Rejected => text.get().register_rejected(),
        _ => text.get().sign_in_problem(SignInProblem::RegisterDeactivated),
    };
    view! {
        <Show when=move || !works.get()>
            <Notice
                tone=NoticeTone::Problem
                live=true
                actions=move || {
                    view! {
                        <Button label=text.of(|text| text.activate_again()) on_press=move |()| asking.set(true)/>
                    }
                }
            >
                {said}
            </Notice>
        </Show>
        <Show when=move || asking.get() && !works.get()>
            <Sheet
                title=text.of(|text| text.activate_again())
                close_label=text.of(|text| text.close())
                on_close=move |()| asking.set(false)
            >
                <div class="gate-in-sheet">
                    {state.register.get_untracked().map(|again| view! { <ActivationForm again/> })}
                </div>
            </Sheet>
        </Show>
    }
}
