//! The list of customers: how many match, the rows, and what to do when there are none.

use std::sync::Arc;

use kase_domain::CustomerId;
use kase_register::Acceptance;
use kase_ui::{Button, ButtonKind, Shape, Spinner, use_text};
use leptos::html::Div;
use leptos::prelude::*;

use crate::components::finder::{AllStores, Finder, use_finder};
use crate::components::nothing_found::NothingFound;
use crate::components::result_row::ResultRow;
use crate::components::save_route::creation_closed;
use crate::components::search_all::SearchAll;
use crate::components::search_keys::move_in_list;
use crate::runtime::Row;
use crate::state::use_state;

/// The card with the list; New customer is always at its foot.
#[component]
pub(crate) fn Results(
    /// The label of the customer whose details are shown.
    #[prop(into)]
    chosen: Signal<Option<String>>,
) -> impl IntoView {
    let (text, finder) = (use_text(), use_finder());
    let rows = Memo::new(move |_| finder.rows());
    let state = use_state();
    let keeps = Memo::new(move |_| state.acceptance.get() != Acceptance::DeliversOnly);
    let body = NodeRef::<Div>::new();
    // What is asked anew is read from its beginning; a change that arrives leaves the list where it is.
    Effect::watch(
        move || (finder.query.get(), matches!(*finder.all_stores.read(), AllStores::Found(_))),
        move |_, _, _| {
            if let Some(body) = body.get_untracked() {
                body.set_scroll_top(0);
            }
        },
        false,
    );
    let create = move |()| finder.creating.set(Some(String::new()));
    view! {
        <section class="card">
            <div class="card-head">
                <span role="status">{move || if keeps.get() { heading(finder) } else { None }}</span>
                <span>{move || keeps.get().then(|| place(finder))}</span>
            </div>
            <div class="card-body" node_ref=body>
                {move || match &*rows.read() {
                    None => view! { <div class="empty"><Spinner label=text.of(|text| text.loading())/></div> }.into_any(),
                    Some(rows) if rows.is_empty() => view! { <NothingFound/> }.into_any(),
                    Some(_) => ().into_any(),
                }}
                <Rows rows chosen/>
                <More/>
            </div>
            <div class="card-foot">
                <Button
                    label=text.of(|text| text.new_customer())
                    kind=ButtonKind::Primary
                    icon=Shape::Plus
                    on_press=create
                    closed=creation_closed()
                />
            </div>
        </section>
    }
}

/// Keyed by customer; what a row shows follows its own signal, so that a row stays where it is.
#[component]
fn Rows(rows: Memo<Option<Arc<Vec<Row>>>>, chosen: Signal<Option<String>>) -> impl IntoView {
    let (text, finder) = (use_text(), use_finder());
    let ids = Memo::new(move |_| {
        let rows = rows.read();
        rows.iter().flat_map(|rows| rows.iter()).map(|row| row.state.customer_id).collect::<Vec<_>>()
    });
    let row_of = move |id: CustomerId| {
        Memo::new(move |_| {
            let rows = rows.read();
            rows.iter().flat_map(|rows| rows.iter()).find(|row| row.state.customer_id == id).cloned()
        })
    };
    view! {
        <ul
            class="list"
            aria-label=text.of(|text| text.results())
            hidden=move || ids.read().is_empty()
            on:keydown=move |event| move_in_list(&event, finder)
        >
            <For each=move || ids.get() key=|id| *id let:id>
                <ResultRow row=row_of(id) chosen/>
            </For>
        </ul>
    }
}

/// More rows of this register, and other stores.
#[component]
fn More() -> impl IntoView {
    let (text, finder, state) = (use_text(), use_finder(), use_state());
    let here = move || !matches!(*finder.all_stores.read(), AllStores::Found(_));
    let more = Memo::new(move |_| {
        here()
            && finder
                .found
                .read()
                .as_ref()
                .is_some_and(|found| !found.rows.is_empty() && found.rows.len() < found.total)
    });
    let delivers_only = move || state.acceptance.get() == Acceptance::DeliversOnly;
    let asks = Memo::new(move |_| !finder.query.read().trim().is_empty() && !delivers_only());
    view! {
        <div class="list-end" hidden=move || !more.get() && !asks.get()>
            <Show when=move || more.get()>
                <Button
                    label=text.of(|text| text.show_more())
                    kind=ButtonKind::Quiet
                    on_press=move |()| finder.show_more()
                />
            </Show>
            <Show when=move || asks.get()>
                <SearchAll/>
            </Show>
        </div>
    }
}

fn heading(finder: Finder) -> Option<String> {
    let text = use_text().get();
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    if let AllStores::Found(rows) = &*finder.all_stores.read() {
        return Some(text.customers_match(count(rows.len())));
    }
    let found = finder.found.read();
    let found = found.as_ref()?;
    Some(if finder.query.read().trim().is_empty() {
        text.customers_here(count(found.total))
    } else {
        text.customers_match(count(found.total))
    })
}

fn place(finder: Finder) -> &'static str {
    let text = use_text().get();
    match &*finder.all_stores.read() {
        AllStores::Found(_) => text.in_all_stores(),
        _ => text.on_this_register(),
    }
}
