//! One customer. Its address holds the account number, or the short reference until that is there; when the
//! number arrives, the address follows and nothing else moves.

use std::sync::Arc;

use kase_register::label;
use kase_replication::CustomerState;
use kase_ui::{EmptyState, NoticeTone, Shape, Spinner, use_text, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::customer_actions::CustomerActions;
use crate::components::customer_facts::CustomerFacts;
use crate::components::customer_head::CustomerHead;
use crate::components::finder::{Finder, use_finder};
use crate::components::stage_line::StageLine;
use crate::components::viewed::Viewed;
use crate::components::words::customer_path;
use crate::navigation::use_navigation;
use crate::runtime::{Runtime, use_runtime};
use crate::state::use_state;

/// Whether somebody is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Reading,
    Somebody,
    Nobody,
}

/// The details pane.
#[component]
pub(crate) fn DetailsPage() -> impl IntoView {
    let text = use_text();
    let (viewed, shown) = (Viewed::nobody(), RwSignal::new(Shown::Reading));
    follow(viewed, shown);
    let shown = Memo::new(move |_| shown.get());
    view! {
        <section class="card">
            {move || match shown.get() {
                Shown::Reading => {
                    view! { <div class="empty"><Spinner label=text.of(|text| text.loading())/></div> }.into_any()
                }
                Shown::Nobody => view! {
                    <EmptyState
                        icon=Shape::Person
                        title=text.of(|text| text.customer_gone())
                        actions=move || {
                            view! { <a class="button" href="/">{text.of(|text| text.go_to_customers())}</a> }
                        }
                    />
                }
                .into_any(),
                Shown::Somebody => view! {
                    <article class="detail">
                        <CustomerHead viewed/>
                        <StageLine viewed/>
                        <CustomerActions viewed/>
                        <CustomerFacts viewed/>
                    </article>
                }
                .into_any(),
            }}
        </section>
    }
}

/// Reads the customer of the address, and again whenever customers changed. The latest reading wins.
fn follow(viewed: Viewed, shown: RwSignal<Shown>) {
    let (text, state, runtime, finder, toasts) =
        (use_text(), use_state(), use_runtime(), use_finder(), use_toasts());
    let navigation = use_navigation();
    let place = navigation.place();
    // On the way to another page nobody else is wanted.
    let wanted = Memo::new(move |before: Option<&String>| {
        place.read().label().or(before.map(String::as_str)).unwrap_or_default().to_owned()
    });
    let asked = StoredValue::new(0_u64);
    Effect::new(move || {
        let wanted = wanted.get();
        state.customers_revision.track();
        finder.all_stores.track();
        // What waits lies on top of what is stored.
        state.waiting.track();
        let ticket = asked.get_value() + 1;
        asked.set_value(ticket);
        spawn_local(async move {
            let found = read(runtime, finder, viewed, &wanted).await;
            if asked.try_get_value() != Some(ticket) {
                return;
            }
            let before = viewed.now();
            let Some(found) = found else { return shown.set(Shown::Nobody) };
            let now_called = label(&found);
            let was_pending = before.is_some_and(|before| {
                before.customer_id == found.customer_id
                    && before.account.is_pending()
                    && !found.account.is_pending()
            });
            if was_pending {
                let said =
                    text.get_untracked().account_number_arrived(&found.customer.display_name(), &now_called);
                toasts.show(NoticeTone::Done, said);
            }
            viewed.customer.set(Some(Arc::new(found)));
            shown.set(Shown::Somebody);
            if now_called != wanted && !now_called.is_empty() {
                navigation.renamed(&customer_path(&now_called));
            }
        });
    });
}

/// By its label; the one that is shown already also when it is called otherwise by now; and one of another store
/// as it was found there.
async fn read(runtime: Runtime, finder: Finder, viewed: Viewed, wanted: &str) -> Option<CustomerState> {
    if let Some(found) = runtime.customer(wanted.to_owned()).await {
        return Some(found);
    }
    let shown = viewed.customer.try_get_untracked().flatten().filter(|shown| label(shown) == wanted);
    if let Some(shown) = shown
        && let Some(found) = runtime.customer_again(shown.customer_id).await
    {
        return Some(found);
    }
    finder.seen(wanted)
}
