//! The frame of the work: rail, bar, news of the app, content, and the sheet of a new customer, which can be
//! opened from wherever the hand is.

use kase_text::Page;
use kase_ui::{use_text, use_toasts};
use leptos::prelude::*;

use crate::components::app_notices::AppNotices;
use crate::components::bar::Bar;
use crate::components::finder::use_finder;
use crate::components::new_customer_sheet::NewCustomerSheet;
use crate::components::rail::Rail;
use crate::components::search_keys::listen_for_typing;
use crate::navigation::use_navigation;
use crate::pages::customers::CustomersPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sync_status::SyncStatusPage;

/// Around every page of the work.
#[component]
pub(crate) fn Shell() -> impl IntoView {
    let (text, finder) = (use_text(), use_finder());
    let place = use_navigation().place();
    let page = Memo::new(move |_| place.read().page().unwrap_or(Page::Customers));
    Effect::new(move || document().set_title(&text.get().page_title(page.get())));
    listen_for_typing(finder, page);
    let toasts = use_toasts();
    Effect::watch(move || page.get(), move |_, _, _| toasts.left_behind(), false);
    view! {
        <a class="skip-link" href="#content">{text.of(|text| text.skip_to_content())}</a>
        <div class="app">
            <Rail page/>
            <Bar page/>
            <main class="main" id="content" tabindex="-1">
                <AppNotices/>
                {move || match page.get() {
                    Page::SyncStatus => view! { <SyncStatusPage/> }.into_any(),
                    Page::Settings => view! { <SettingsPage/> }.into_any(),
                    _ => view! { <CustomersPage/> }.into_any(),
                }}
            </main>
        </div>
        {move || finder.creating.get().map(|typed| view! { <NewCustomerSheet typed/> })}
    }
}
