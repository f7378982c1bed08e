//! Customers: the list, and beside it the details. On a phone one after the other.

use kase_ui::{EmptyState, Shape, use_text};
use leptos::html::Div;
use leptos::prelude::*;

use crate::components::finder::use_finder;
use crate::components::results::Results;
use crate::navigation::use_navigation;
use crate::pages::details::DetailsPage;

/// Both panes; the list stays while the details change.
#[component]
pub(crate) fn CustomersPage() -> impl IntoView {
    let place = use_navigation().place();
    let chosen = Memo::new(move |_| place.read().label().map(str::to_owned));
    let somebody = Memo::new(move |_| chosen.read().is_some());
    let panes = NodeRef::<Div>::new();
    bring_the_list_when_typing(panes);
    view! {
        <div class="panes">
            <div class="panes-inner" node_ref=panes data-shown=move || if somebody.get() { "detail" } else { "list" }>
                <Results chosen/>
                {move || {
                    if somebody.get() {
                        view! { <DetailsPage/> }.into_any()
                    } else {
                        view! { <NothingChosen/> }.into_any()
                    }
                }}
            </div>
        </div>
    }
}

/// Where there is room for one pane only, the details give way to what is being looked for.
fn bring_the_list_when_typing(panes: NodeRef<Div>) {
    let finder = use_finder();
    let navigation = use_navigation();
    Effect::watch(
        move || finder.query.get(),
        move |_, _, _| {
            let list = panes.get_untracked().and_then(|panes| panes.first_element_child());
            if list.is_some_and(|list| list.client_width() == 0) {
                navigation.go("/");
            }
        },
        false,
    );
}

/// Beside the list while nobody is chosen.
#[component]
fn NothingChosen() -> impl IntoView {
    let (text, finder) = (use_text(), use_finder());
    let somebody = Memo::new(move |_| finder.rows().is_some_and(|rows| !rows.is_empty()));
    let what_to_do = move || if somebody.get() { text.get().nothing_chosen_detail() } else { "" };
    view! {
        <section class="card card-still">
            <EmptyState
                icon=Shape::Person
                title=text.of(|text| text.nothing_chosen())
                detail=what_to_do
            />
        </section>
    }
}
