//! The bar: the page's name, the search box where customers are, the connection.

use kase_text::Page;
use kase_ui::{SearchBox, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::connection_pill::ConnectionPill;
use crate::components::finder::{Entered, use_finder};
use crate::components::search_keys::focus_first_row;
use crate::components::words::customer_path;
use crate::navigation::use_navigation;

/// The same height on every page.
#[component]
pub(crate) fn Bar(
    /// Where one is.
    #[prop(into)]
    page: Signal<Page>,
) -> impl IntoView {
    let text = use_text();
    let finds = Memo::new(move |_| page.get() == Page::Customers);
    view! {
        <header class="bar">
            <h1>{move || text.get().page(page.get())}</h1>
            <Show when=move || finds.get()>
                <Search/>
            </Show>
            <ConnectionPill/>
        </header>
    }
}

#[component]
fn Search() -> impl IntoView {
    let (text, finder) = (use_text(), use_finder());
    let navigation = use_navigation();
    let enter = move |()| {
        spawn_local(async move {
            if let Entered::Open(label) = finder.enter().await {
                navigation.go(&customer_path(&label));
                finder.rest();
            }
        });
    };
    // The search box has the focus whenever nothing else needs it.
    Effect::new(move || {
        if finder.input.read().is_some() {
            finder.rest();
        }
    });
    view! {
        <SearchBox
            label=text.of(|text| text.search_customers())
            hint=text.of(|text| text.search_hint())
            value=finder.query
            clear_label=text.of(|text| text.clear_search())
            on_enter=enter
            on_down=|()| focus_first_row()
            node=finder.input
        />
    }
}
