//! Who works at the register. Reached when nobody is signed in; a session that ended by itself is renewed where
//! the work is, since it never stops offline creation.

use kase_register::Connection;
use kase_text::Page;
use kase_ui::{Button, use_text};
use leptos::prelude::*;

use crate::components::connection_pill::ConnectionPill;
use crate::components::device_notice::DeviceNotice;
use crate::components::gate::GateCard;
use crate::components::page_title::show_page_title;
use crate::components::sign_in_form::SignInForm;
use crate::runtime::use_runtime;
use crate::state::use_state;

/// The form, the register's name, and the connection.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    show_page_title(Page::SignIn);
    let register =
        move || state.register.read().as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default();
    view! {
        <GateCard
            title=text.of(|text| text.sign_in())
            detail=move || text.get().register_named(&register())
        >
            <DeviceNotice/>
            <SignInForm/>
            <Show when=move || state.connection.get() == Some(Connection::Offline)>
                <WithoutSignIn/>
            </Show>
            <footer class="gate-foot">
                <span>{move || state.settings.read().as_ref().map(|settings| settings.store_name.clone())}</span>
                <ConnectionPill/>
            </footer>
        </GateCard>
    }
}

/// Where nobody can sign in, the work is open all the same: no customer is turned away.
#[component]
fn WithoutSignIn() -> impl IntoView {
    let (text, runtime) = (use_text(), use_runtime());
    view! {
        <div class="gate-offline">
            <p>{text.of(|text| text.sign_in_needs_network())}</p>
            <Button
                label=text.of(|text| text.work_without_sign_in())
                on_press=move |()| runtime.work_without_sign_in()
            />
        </div>
    }
}
