//! News that concern the whole register. They stand above the content and cover nothing.

use kase_register::Acceptance;
use kase_text::SignInProblem;
use kase_ui::{Button, Notice, NoticeTone, Shape, Sheet, use_text};
use leptos::prelude::*;

use crate::components::device_notice::DeviceNotice;
use crate::components::loss_notice::LossNotice;
use crate::components::sign_in_form::SignInForm;
use crate::components::words;
use crate::runtime::use_runtime;
use crate::state::{Access, use_state};

/// A fault of the local database, a deactivated register, a session that ended, a new version.
#[component]
pub(crate) fn AppNotices() -> impl IntoView {
    let (text, state, runtime) = (use_text(), use_state(), use_runtime());
    let fault = move || {
        state.store_fault.read().as_ref().map(|error| text.get().store_fault(words::storage_problem(error)))
    };
    let unattended =
        Memo::new(move |_| matches!(*state.access.read(), Access::SessionEnded | Access::Unattended));
    let any = move || {
        state.store_fault.read().is_some()
            || state.acceptance.get() != Acceptance::Works
            || unattended.get()
            || state.loss.read().is_some()
            || state.update_ready.get()
    };
    view! {
        <div class="app-notices" class:app-notices-none=move || !any() aria-live="polite">
            {move || fault().map(|said| view! { <Notice tone=NoticeTone::Problem live=true>{said}</Notice> })}
            <LossNotice/>
            <DeviceNotice/>
            <Show when=move || unattended.get()>
                <NobodySignedIn/>
            </Show>
            <Show when=move || state.update_ready.get()>
                <Notice
                    icon=Shape::Sync
                    actions=move || {
                        view! { <Button label=text.of(|text| text.reload()) on_press=move |()| runtime.update_now()/> }
                    }
                >
                    <strong>{text.of(|text| text.update_ready())}</strong>
                    " "
                    {text.of(|text| text.update_ready_detail())}
                </Notice>
            </Show>
        </div>
    }
}

/// Signing in happens in a sheet, so that what was typed below stays.
#[component]
fn NobodySignedIn() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let said = move || match *state.access.read() {
        Access::SessionEnded => text.get().sign_in_problem(SignInProblem::SessionEnded).to_owned(),
        _ => format!("{}.", text.get().not_signed_in()),
    };
    let asking = RwSignal::new(false);
    view! {
        <Notice
            tone=NoticeTone::Waiting
            icon=Shape::Lock
            actions=move || {
                view! { <Button label=text.of(|text| text.sign_in()) on_press=move |()| asking.set(true)/> }
            }
        >
            {said}
            " "
            {text.of(|text| text.create_without_sign_in())}
        </Notice>
        <Show when=move || asking.get()>
            <Sheet
                title=text.of(|text| text.sign_in())
                close_label=text.of(|text| text.close())
                on_close=move |()| asking.set(false)
            >
                <div class="gate-in-sheet">
                    <SignInForm/>
                </div>
            </Sheet>
        </Show>
    }
}
