//! Customers: the list, and beside it the details. On a phone one after the other.

use kase_ui::{EmptyState, Shape, use_text};
use leptos::html::Div;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};

use crate::components::finder::use_finder;
use crate::components::results::Results;
use crate::components::words::label_in;

/// Both panes; the list stays while the details change.
#[component]
pub(crate) fn CustomersPage() -> impl IntoView {
    let path = use_location().pathname;
    let chosen = Memo::new(move |_| label_in(&path.read()).map(str::to_owned));
    let panes = NodeRef::<Div>::new();
    bring_the_list_when_typing(panes);
    view! {
        <div class="panes">
            <div class="panes-inner" node_ref=panes data-shown=move || if chosen.read().is_some() { "detail" } else { "list" }>
                <Results chosen/>
                <Outlet/>
            </div>
        </div>
    }
}

/// Where there is room for one pane only, the details give way to what is being looked for.
fn bring_the_list_when_typing(panes: NodeRef<Div>) {
    let finder = use_finder();
    let navigate = use_navigate();
    Effect::watch(
        move || finder.query.get(),
        move |_, _, _| {
            let list = panes.get_untracked().and_then(|panes| panes.first_element_child());
            if list.is_some_and(|list| list.client_width() == 0) {
                navigate("/", Default::default());
            }
        },
        false,
    );
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
