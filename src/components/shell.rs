//! The frame of the work: rail, bar, news of the app, content, and the sheet of a new customer, which can be
//! opened from wherever the hand is.

use kase_text::Page;
use kase_ui::use_text;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

use crate::components::app_notices::AppNotices;
use crate::components::bar::Bar;
use crate::components::finder::use_finder;
use crate::components::new_customer_sheet::NewCustomerSheet;
use crate::components::rail::Rail;
use crate::components::search_keys::listen_for_typing;

/// The page that an address belongs to.
pub(crate) fn page_of(path: &str) -> Page {
    match path {
        "/sync" => Page::SyncStatus,
        "/settings" => Page::Settings,
        _ => Page::Customers,
    }
}

/// Around every page of the work.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let (text, finder) = (use_text(), use_finder());
    let path = use_location().pathname;
    let page = Memo::new(move |_| page_of(&path.read()));
    Effect::new(move || document().set_title(&text.get().page_title(page.get())));
    listen_for_typing(finder, page);
    view! {
        <a class="skip-link" href="#content">{text.of(|text| text.skip_to_content())}</a>
        <div class="app">
            <Rail page/>
            <Bar page/>
            <main class="main" id="content" tabindex="-1">
                <AppNotices/>
                <Outlet/>
            </main>
        </div>
        {move || finder.creating.get().map(|typed| view! { <NewCustomerSheet typed/> })}
    }
}
