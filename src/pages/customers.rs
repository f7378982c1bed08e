//! Customers: the list, and beside it the details. On a phone one after the other.

use kase_ui::{EmptyState, Shape, use_text};
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use crate::components::results::Results;
use crate::components::words::label_in;

/// Both panes; the list stays while the details change.
#[component]
pub(crate) fn CustomersPage() -> impl IntoView {
    let path = use_location().pathname;
    let chosen = Memo::new(move |_| label_in(&path.read()).map(str::to_owned));
    view! {
        <div class="panes">
            <div class="panes-inner" data-shown=move || if chosen.read().is_some() { "detail" } else { "list" }>
                <Results chosen/>
                <Outlet/>
            </div>
        </div>
    }
}

/// Beside the list while nobody is chosen.
#[component]
pub(crate) fn NothingChosen() -> impl IntoView {
    let text = use_text();
    view! {
        <section class="card card-still">
            <EmptyState
                icon=Shape::Person
                title=text.of(|text| text.nothing_chosen())
                detail=text.of(|text| text.nothing_chosen_detail())
            />
        </section>
    }
}
