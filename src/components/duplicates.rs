//! Customers who are likely the one that is being typed: a hint, never a block.

use std::time::Duration;

use kase_register::label;
use kase_ui::{Button, Notice, NoticeTone, Shape, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::draft::{Blanks, Draft};
use crate::components::words;
use crate::runtime::{Likely, use_runtime};

/// Somebody who types does not want to be interrupted at each letter.
const PAUSE: Duration = Duration::from_millis(250);

/// One line each, with "Use this one".
#[component]
pub(crate) fn Duplicates(
    /// What is typed.
    draft: Draft,
    /// This one, by its label.
    #[prop(into)]
    on_use: Callback<String>,
) -> impl IntoView {
    let text = use_text();
    let likely = likely_ones(draft);
    let hint = move |likely: Likely| {
        let label = StoredValue::new(label(&likely.state));
        let of = words::duplicate(likely.of);
        let actions = move || {
            view! {
                <Button label=text.of(|text| text.use_this_one()) on_press=move |()| on_use.run(label.get_value())/>
            }
        };
        view! {
            <Notice tone=NoticeTone::Waiting icon=Shape::Customers actions>
                <strong><bdi>{likely.state.customer.display_name()}</bdi></strong>
                {move || text.get().duplicate_after_name(&label.get_value(), of)}
            </Notice>
        }
    };
    view! {
        <section
            class="duplicates field-wide"
            aria-live="polite"
            aria-label=text.of(|text| text.duplicates_label())
            hidden=move || likely.read().is_empty()
        >
            {move || likely.get().into_iter().map(hint).collect_view()}
        </section>
    }
}

fn likely_ones(draft: Draft) -> RwSignal<Vec<Likely>> {
    let runtime = use_runtime();
    let likely = RwSignal::new(Vec::new());
    let asked = StoredValue::new(0_u64);
    Effect::new(move |timer: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = timer.flatten() {
            timer.clear();
        }
        let record = draft.record(Blanks::Dropped);
        let ticket = asked.get_value() + 1;
        asked.set_value(ticket);
        let ask = move || {
            spawn_local(async move {
                let found = runtime.likely_duplicates(record).await;
                // The latest question wins; the form may have gone.
                if asked.try_get_value() == Some(ticket) {
                    likely.try_set(found);
                }
            });
        };
        set_timeout_with_handle(ask, PAUSE).ok()
    });
    likely
}
