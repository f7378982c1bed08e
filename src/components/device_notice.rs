//! A register that its channel does not take as before: what that means, and what to do.

use kase_register::Acceptance;
use kase_text::SignInProblem;
use kase_ui::{Button, ButtonKind, Notice, NoticeTone, Sheet, use_text};
use leptos::prelude::*;

use crate::components::activation_form::ActivationForm;
use crate::state::use_state;

/// Nothing, as long as the register works.
#[component]
pub(crate) fn DeviceNotice() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let asking = RwSignal::new(false);
    let works = Memo::new(move |_| state.acceptance.get() == Acceptance::Works);
    // Headquarters deactivated it: activating is left to the few who were told that they may.
    let kind = Memo::new(move |_| match state.acceptance.get() {
        Acceptance::DeliversOnly => ButtonKind::Quiet,
        Acceptance::Works | Acceptance::Rejected => ButtonKind::Plain,
    });
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
                        {move || {
                            let ask = move |()| asking.set(true);
                            view! { <Button label=text.of(|text| text.activate_again()) kind=kind.get() on_press=ask/> }
                        }}
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
