//! Tabs: who leads, and what they tell each other. Two tabs of one page are as good as two pages: locks and
//! channels do not tell them apart.

use futures::StreamExt;
use futures::channel::mpsc::{UnboundedReceiver, unbounded};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform::tabs::Tabs;

struct Tab {
    tabs: Tabs,
    heard: UnboundedReceiver<String>,
    leads: UnboundedReceiver<bool>,
}

fn tab() -> Tab {
    let (say, heard) = unbounded();
    let (lead, leads) = unbounded();
    let tabs = Tabs::join(
        move |text| say.unbounded_send(text).unwrap(),
        // A tab that has gone is told nothing more, but its last word may still be on its way.
        move |leads| drop(lead.unbounded_send(leads)),
    );
    Tab { tabs, heard, leads }
}

#[wasm_bindgen_test]
async fn a_tab_that_comes_into_view_leads_and_hands_back_when_it_goes() {
    let mut first = tab();
    assert_eq!(first.leads.next().await, Some(true));
    let mut second = tab();
    assert_eq!(second.leads.next().await, Some(true));
    assert_eq!(first.leads.next().await, Some(false));
    let mut third = tab();
    assert_eq!(third.leads.next().await, Some(true));
    assert_eq!(second.leads.next().await, Some(false));
    drop(third);
    assert_eq!(first.leads.next().await, Some(true), "it has waited longest");
    drop(first);
    assert_eq!(second.leads.next().await, Some(true));
}

#[wasm_bindgen_test]
async fn tabs_hear_what_others_say_and_not_themselves() {
    let (mut one, mut other) = (tab(), tab());
    one.tabs.tell("Žņē");
    assert_eq!(other.heard.next().await.as_deref(), Some("Žņē"));
    other.tabs.tell("back");
    assert_eq!(one.heard.next().await.as_deref(), Some("back"));
}
