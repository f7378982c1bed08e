//! Where the list would stand: that nobody matches, and the way to a new customer of what was typed.

use kase_ui::{Button, EmptyState, Shape, use_text};
use leptos::prelude::*;

use crate::components::finder::use_finder;
use crate::components::save_route::creation_closed;
use crate::platform::hand;
use crate::state::use_state;

/// While nothing is typed, nobody is here at all.
#[component]
pub(crate) fn NothingFound() -> impl IntoView {
    let (text, finder, state) = (use_text(), use_finder(), use_state());
    let typed = Memo::new(move |_| finder.query.read().trim().to_owned());
    let closed = creation_closed();
    let none_at_all = move || typed.read().is_empty();
    let excluded = Memo::new(move |_| !state.keeps_customers());
    let offers = Memo::new(move |_| !none_at_all() && closed.read().is_none());
    view! {
        <EmptyState
            icon=Shape::Customers
            title=move || {
                let text = text.get();
                match (none_at_all(), closed.read().is_some()) {
                    // Whoever is looked for: nobody would be found here.
                    (_, true) => text.no_customers_any_more().to_owned(),
                    (true, false) if excluded.get() => text.no_customers_any_more().to_owned(),
                    (true, false) => text.no_customers_yet().to_owned(),
                    // There is no Enter under a finger, but the button below.
                    (false, false) if hand::is_finger() => text.nobody_matches(&typed.read()),
                    (false, false) => text.no_customer_matches(&typed.read()),
                }
            }
            detail=move || {
                if let Some(closed) = closed.get() {
                    return closed;
                }
                let detail = match (none_at_all(), excluded.get()) {
                    (true, true) => text.get().no_customers_kept(),
                    (true, false) => text.get().no_customers_yet_detail(),
                    (false, _) => text.get().no_customer_matches_touch(),
                };
                detail.to_owned()
            }
            actions=move || {
                let create = move |()| finder.creating.set(Some(finder.query.get_untracked()));
                view! {
                    <Show when=move || offers.get()>
                        <Button label=text.of(|text| text.create_typed()) icon=Shape::Plus on_press=create/>
                    </Show>
                }
            }
        />
    }
}
