//! What a deleted database has cost: how much had been recorded, what of it has arrived, and what is lost.

use kase_domain::Timestamp;
use kase_register::Loss;
use kase_text::Catalogue;
use kase_ui::{Button, Notice, NoticeTone, Shape, use_text};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::local_time;
use crate::runtime::use_runtime;
use crate::state::{Access, use_state};

/// Times that are named; more would be a list that nobody reads.
const MOST_TIMES: usize = 5;

/// Nothing while nothing was lost. It stays until somebody has read it.
#[component]
pub(crate) fn LossNotice() -> impl IntoView {
    let (text, state) = (use_text(), use_state());
    move || {
        let loss = state.loss.get()?;
        let tone = if loss.asked && loss.lost() == 0 { NoticeTone::Waiting } else { NoticeTone::Problem };
        // Once this browser is a register again, nobody asks any more.
        let final_word = loss.asked || *state.access.read() != Access::NotActivated;
        let words = Memo::new(move |_| Words::of(&loss, final_word, state.now.get(), text.get()));
        Some(view! {
            <Notice
                tone
                icon=Shape::Storage
                live=true
                actions=move || final_word.then(|| view! { <UnderstoodButton/> })
            >
                <strong>{move || words.read().title}</strong>
                <p>{move || words.read().account.clone()} " " {move || words.read().advice}</p>
            </Notice>
        })
    }
}

#[component]
fn UnderstoodButton() -> impl IntoView {
    let (text, runtime) = (use_text(), use_runtime());
    let read = move |()| spawn_local(async move { runtime.loss_read().await });
    view! { <Button label=text.of(|text| text.understood()) on_press=read/> }
}

#[derive(Debug, Clone, PartialEq)]
struct Words {
    title: &'static str,
    account: String,
    advice: Option<&'static str>,
}

impl Words {
    fn of(loss: &Loss, final_word: bool, now: Timestamp, text: &dyn Catalogue) -> Self {
        let at = |at: &Timestamp| local_time::clock_or_day(*at, now, text);
        let times: Vec<String> = loss.lost_at.iter().take(MOST_TIMES).map(at).collect();
        let times = text.list(&times.iter().map(String::as_str).collect::<Vec<_>>());
        let (recorded, lost) = (loss.recorded, loss.lost());
        if loss.elsewhere {
            let heard = loss.heard_at.as_ref().map(at).unwrap_or_default();
            return Self {
                title: text.loss_elsewhere_title(),
                account: text.loss_elsewhere(&heard, recorded, lost, &times),
                advice: Some(text.loss_elsewhere_advice()),
            };
        }
        let (account, advice) = if !loss.asked && lost > 0 {
            let account = match (&loss.to_ask, final_word) {
                (Some(_), _) => text.loss_asked_soon(recorded, lost),
                (None, true) => text.loss_not_told(recorded, lost),
                (None, false) => text.loss_unasked(recorded, lost),
            };
            (account, None)
        } else if lost == 0 {
            (text.loss_of_nothing(recorded), None)
        } else {
            (text.loss(recorded, loss.arrived(), lost, &times), Some(text.loss_advice()))
        };
        Self { title: text.loss_title(), account, advice }
    }
}

#[cfg(test)]
mod tests {
    use kase_text::Locale;
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn loss(recorded: u64, lost: usize, asked: bool) -> Loss {
        let lost_at = vec![Timestamp(0); lost];
        Loss { elsewhere: false, recorded, lost_at, beyond: 0, asked, heard_at: None, to_ask: None }
    }

    #[track_caller]
    fn check(loss: &Loss, expected: &str) {
        let said = Words::of(loss, false, Timestamp(60_000), Locale::En.text());
        assert!(said.account.starts_with(expected), "{}", said.account);
    }

    #[test]
    fn what_was_lost_and_what_was_not_is_said() {
        check(
            &loss(3, 1, true),
            "3 changes had been recorded. The store’s server has 2 of them; 1 is lost (recorded ",
        );
        check(
            &loss(3, 0, true),
            "3 changes had been recorded. The store’s server has everything: nothing is lost.",
        );
        check(&loss(3, 2, false), "3 changes had been recorded; 2 of them had not been delivered");
        let never_told = Words::of(&loss(3, 2, false), true, Timestamp(60_000), Locale::En.text());
        assert!(never_told.account.contains("could not say"), "{}", never_told.account);
        let soon = Loss { to_ask: Some(Default::default()), ..loss(3, 2, false) };
        let soon = Words::of(&soon, true, Timestamp(60_000), Locale::En.text());
        assert!(soon.account.contains("as soon as"), "{}", soon.account);
        let elsewhere = Loss { elsewhere: true, heard_at: Some(Timestamp(0)), ..loss(3, 1, true) };
        check(&elsewhere, "It was last heard of ");
    }
}
