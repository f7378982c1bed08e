//! Where Kase cannot work: plain HTTP, or a browser without a local database. It says why and what to do.

use kase_register::StoreError;
use kase_ui::{Button, ButtonKind, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::export_button::export_and_say;
use crate::components::gate::GateCard;
use crate::runtime::Runtime;

/// Plain HTTP from another host.
#[component]
pub(crate) fn InsecurePage() -> impl IntoView {
    let text = use_text();
    view! {
        <GateCard title=text.of(|text| text.needs_https()) detail=text.of(|text| text.needs_https_detail())/>
    }
}

/// No local database.
#[component]
pub(crate) fn NoStorePage(
    /// Why.
    error: StoreError,
) -> impl IntoView {
    let text = use_text();
    let newer = error == StoreError::Newer;
    let corrupt = matches!(error, StoreError::Corrupt(_));
    let unavailable = error == StoreError::Unavailable;
    view! {
        <GateCard
            title=text.of(move |text| text.no_store_title())
            detail=text.of(move |text| {
                if newer {
                    text.no_store_newer()
                } else if unavailable {
                    text.no_store_unavailable()
                } else if corrupt {
                    text.no_store_corrupt()
                } else {
                    text.no_store_failed()
                }
            })
        >
            <Button
                label=text.of(|text| text.reload())
                kind=ButtonKind::Primary
                on_press=|()| {
                    // A page that cannot reload itself has the browser's own button.
                    let _ = window().location().reload();
                }
            />
            {use_context::<Runtime>().filter(|_| corrupt).map(|runtime| view! { <RescueButton runtime/> })}
        </GateCard>
    }
}

/// What waits can be read where the register's own record cannot.
#[component]
fn RescueButton(runtime: Runtime) -> impl IntoView {
    let (text, toasts) = (use_text(), use_toasts());
    let rescue = move |()| spawn_local(export_and_say(runtime, text, toasts));
    view! { <Button label=text.of(|text| text.export()) on_press=rescue/> }
}
