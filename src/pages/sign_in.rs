//! Who works at the register. Reached when nobody is signed in; customers can be created all the same after a
//! session has ended, since it never stops offline creation.

use kase_text::{Page, SignInProblem};
use kase_ui::use_text;
use leptos::prelude::*;

use crate::components::connection_pill::ConnectionPill;
use crate::components::gate::GateCard;
use crate::components::page_title::show_page_title;
use crate::components::sign_in_form::SignInForm;
use crate::state::{Access, use_state};

/// The form, the register's name, and the connection.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    show_page_title(Page::SignIn);
    let register =
        move || state.register.read().as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
    let ended = move || matches!(*state.access.read(), Access::SignedOut { ended: true });
    view! {
        <GateCard
            title=text.of(|text| text.sign_in())
            detail=move || text.get().register_named(&register())
        >
            <Show when=ended>
                <p role="status">{text.of(|text| text.sign_in_problem(SignInProblem::SessionEnded))}</p>
            </Show>
            <SignInForm/>
            <footer class="gate-foot">
                <span>{move || state.settings.read().as_ref().map(|settings| settings.store_name.clone())}</span>
                <ConnectionPill/>
            </footer>
        </GateCard>
    }
}
