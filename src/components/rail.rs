//! The navigation: three places, and how much waits.

use kase_text::Page;
use kase_ui::{Badge, Icon, Shape, use_text};
use leptos::prelude::*;

use crate::components::operation_row::refusal;
use crate::state::use_state;

/// On a phone it is at the thumb.
#[component]
pub(crate) fn Rail(
    /// Where one is.
    #[prop(into)]
    page: Signal<Page>,
) -> impl IntoView {
    let text = use_text();
    view! {
        <nav class="rail" aria-label=text.of(|text| text.navigation())>
            <span class="mark" aria-hidden="true">"k"</span>
            <RailLink to=Page::Customers page/>
            <RailLink to=Page::SyncStatus page/>
            <RailLink to=Page::Settings page/>
        </nav>
    }
}

#[component]
fn RailLink(to: Page, page: Signal<Page>) -> impl IntoView {
    let text = use_text();
    let (address, icon) = match to {
        Page::SyncStatus => ("/sync", Shape::Sync),
        Page::Settings => ("/settings", Shape::Settings),
        _ => ("/", Shape::Customers),
    };
    view! {
        <a
            class="rail-link"
            class:rail-end=to == Page::Settings
            href=address
            aria-current=move || (page.get() == to).then_some("page")
        >
            <Icon shape=icon/>
            <span>{text.of(move |text| text.page(to))}</span>
            {(to == Page::SyncStatus).then(|| view! { <WaitingBadge/> })}
        </a>
    }
}

#[component]
fn WaitingBadge() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    let refused = Memo::new(move |_| {
        let waiting = state.waiting.read();
        waiting.iter().filter(|operation| refusal(operation).is_some()).count()
    });
    let count = Memo::new(move |_| u64::try_from(state.waiting.read().len()).unwrap_or(u64::MAX));
    let label = move || {
        let refused = u64::try_from(refused.get()).unwrap_or(u64::MAX);
        let waiting = text.get().waiting_badge(count.get() - refused.min(count.get()));
        if refused == 0 { waiting } else { format!("{waiting}, {}", text.get().refused_badge(refused)) }
    };
    let urgent = Signal::derive(move || refused.get() > 0);
    view! { <Badge count label urgent/> }
}
