//! Where Kase cannot work: plain HTTP, or a browser without a local database. It says why and what to do.

use kase_register::StoreError;
use kase_ui::{Button, ButtonKind, use_text};
use leptos::prelude::*;

use crate::components::gate::GateCard;

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
    let unavailable = error == StoreError::Unavailable;
    view! {
        <GateCard
            title=text.of(move |text| text.no_store_title())
            detail=text.of(move |text| {
                if newer {
                    text.no_store_newer()
                } else if unavailable {
                    text.no_store_unavailable()
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
        </GateCard>
    }
}
