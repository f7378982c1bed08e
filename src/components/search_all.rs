//! Search all stores: asks headquarters, and says why it cannot.

use kase_register::{Acceptance, Connection};
use kase_text::Closed;
use kase_ui::{Button, Shape, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::finder::{AllStores, use_finder};
use crate::state::use_state;

/// The button, or what came of it.
#[component]
pub(crate) fn SearchAll() -> impl IntoView {
    let (text, finder, state) = (use_text(), use_finder(), use_state());
    let closed = Memo::new(move |_| {
        let text = text.get();
        if state.acceptance.get() == Acceptance::DeliversOnly {
            Some(text.closed(Closed::RegisterDeactivated).to_owned())
        } else if state.connection.get() != Some(Connection::Online) {
            Some(text.search_all_out_of_reach().to_owned())
        } else if !finder.long_enough_for_all() {
            Some(text.search_all_too_short().to_owned())
        } else {
            None
        }
    });
    let busy = move || *finder.all_stores.read() == AllStores::Asking;
    let failed = move || *finder.all_stores.read() == AllStores::OutOfReach;
    view! {
        <p class="list-note" role="status" hidden=move || !failed()>
            {move || failed().then(|| text.get().search_all_out_of_reach())}
        </p>
        <Show when=move || !matches!(*finder.all_stores.read(), AllStores::Found(_))>
            <Button
                label=text.of(|text| text.search_all_stores())
                icon=Shape::Search
                on_press=move |()| spawn_local(finder.search_all())
                busy=Signal::derive(busy)
                closed
            />
        </Show>
    }
}
