//! What the components promise to keyboards and screen readers, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "clippy knows only tests that run natively")]

use kase_text::{Connection, CustomerKind, Locale};
use kase_ui::*;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Mounts what `view` makes into a place of its own.
fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> (HtmlElement, impl Sized) {
    let place: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&place).unwrap();
    let handle: UnmountHandle<_> = mount_to(place.clone(), view);
    (place, handle)
}

fn find(place: &HtmlElement, selector: &str) -> HtmlElement {
    place.query_selector(selector).unwrap().unwrap().unchecked_into()
}

fn focused() -> Element {
    document().active_element().unwrap()
}

#[wasm_bindgen_test]
async fn a_closed_button_is_reached_says_why_and_does_nothing() {
    let pressed = RwSignal::new(0);
    let closed = RwSignal::new(Some("Because.".to_owned()));
    let (place, _handle) = mount(move || {
        view! { <Button label="Edit" closed on_press=move || pressed.update(|count| *count += 1)/> }
    });
    let button = find(&place, "button");
    button.focus().unwrap();
    assert_eq!(focused(), *button);
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    let reason = document().get_element_by_id(&button.get_attribute("aria-describedby").unwrap()).unwrap();
    assert_eq!(reason.text_content().as_deref(), Some("Because."));
    button.click();
    assert_eq!(pressed.get_untracked(), 0);

    closed.set(None);
    tick().await;
    assert!(!button.has_attribute("aria-disabled") && !button.has_attribute("aria-describedby"));
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_busy_button_is_pressed_once() {
    let (pressed, busy) = (RwSignal::new(0), RwSignal::new(false));
    let press = move || {
        pressed.update(|count| *count += 1);
        busy.set(true);
    };
    let (place, _handle) = mount(move || view! { <Button label="Save" busy on_press=press/> });
    let button = find(&place, "button");
    button.click();
    button.click();
    assert_eq!(pressed.get_untracked(), 1);
    tick().await;
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn an_error_stands_at_its_field() {
    let error = RwSignal::new(None::<String>);
    let (place, _handle) =
        mount(move || view! { <TextField label="Email" value=RwSignal::new(String::new()) error/> });
    let input = find(&place, "input");
    assert!(!input.has_attribute("aria-invalid"));
    error.set(Some("<b>No</b> domain".to_owned()));
    tick().await;
    assert_eq!(input.get_attribute("aria-invalid").as_deref(), Some("true"));
    let told = document().get_element_by_id(&input.get_attribute("aria-describedby").unwrap()).unwrap();
    assert_eq!(told.text_content().as_deref(), Some("<b>No</b> domain"), "shown as text, never as HTML");
}

#[wasm_bindgen_test]
async fn a_lone_surrogate_is_noticed() {
    let (value, ill_formed) = (RwSignal::new(String::new()), RwSignal::new(false));
    let (place, _handle) = mount(move || view! { <TextField label="First name" value ill_formed/> });
    let input: HtmlInputElement = find(&place, "input").unchecked_into();
    let typed = |code: &str, input: &HtmlInputElement| {
        let set = js_sys::Function::new_with_args("input, text", "input.value = text");
        set.call2(&input.clone(), input, &js_sys::eval(code).unwrap()).unwrap();
        input.dispatch_event(&web_sys::Event::new("input").unwrap()).unwrap();
    };
    typed("'J\\ud83d'", &input);
    assert!(ill_formed.get_untracked());
    typed("'J\\ud83d\\ude00'", &input);
    assert!(!ill_formed.get_untracked());
    assert_eq!(value.get_untracked(), "J😀");
}

#[wasm_bindgen_test]
async fn a_sheet_takes_the_focus_and_gives_it_back() {
    let open = RwSignal::new(false);
    let (place, _handle) = mount(move || {
        view! {
            <Button label="New customer" on_press=move || open.set(true)/>
            <Show when=move || open.get()>
                <Sheet title="New customer" close_label="Close" on_close=move || open.set(false)>
                    <TextField label="First name" value=RwSignal::new(String::new())/>
                </Sheet>
            </Show>
        }
    });
    let button = find(&place, "button");
    button.focus().unwrap();
    button.click();
    tick().await;
    let dialog = find(&place, "dialog");
    assert!(dialog.has_attribute("open"));
    assert_eq!(focused(), *find(&place, "dialog input"), "the first control, not the cross");
    dialog.dispatch_event(&web_sys::Event::new("cancel").unwrap()).unwrap();
    tick().await;
    assert!(place.query_selector("dialog").unwrap().is_none());
    assert_eq!(focused(), *button);
}

#[wasm_bindgen_test]
async fn a_switch_of_language_changes_what_stands() {
    let (place, _handle) = mount(move || {
        let locale = provide_locale(Locale::En);
        let text = use_text();
        let kind = RwSignal::new(CustomerKind::Person);
        view! {
            <Pill
                label=text.of(|text| text.connection_label())
                text=text.of(|text| text.connection(Connection::Offline))
                icon=Shape::Offline
            />
            <Segmented
                legend="Type"
                options=CustomerKind::ALL
                text=move |kind| text.get().customer_kind(kind)
                value=kind
                on_choose=move |chosen| kind.set(chosen)
            />
            <Button label="lv" on_press=move || locale.set(Locale::Lv)/>
        }
    });
    let pill = find(&place, "[role=status]");
    let second = find(&place, ".segment:last-child .segment-text");
    assert_eq!(pill.get_attribute("aria-label").as_deref(), Some("Connection"));
    assert_eq!((pill.inner_text(), second.inner_text()), ("Offline".into(), "Organization".into()));
    find(&place, "button").click();
    tick().await;
    assert_eq!(pill.get_attribute("aria-label").as_deref(), Some("Savienojums"));
    assert_eq!((pill.inner_text(), second.inner_text()), ("Bezsaistē".into(), "Organizācija".into()));
    assert_eq!(name_of(NameOf::Country, "LV", Locale::Lv), "Latvija");
    assert_eq!(name_of(NameOf::Country, "not a code", Locale::En), "not a code");
}

#[wasm_bindgen_test]
async fn matches_are_marked() {
    let (place, _handle) = mount(|| {
        view! { <Highlight text="Jānis Kalniņš".to_owned() matches=Signal::stored(vec![std::ops::Range { start: 7, end: 11 }])/> }
    });
    assert_eq!(find(&place, "mark").inner_text(), "Kaln");
    assert_eq!(place.inner_text(), "Jānis Kalniņš");
}

#[wasm_bindgen_test]
async fn news_ends_with_the_page_and_what_needs_a_person_stays() {
    let held = StoredValue::new(None::<Toasts>);
    let (place, _handle) = mount(move || {
        held.set_value(Some(provide_toasts()));
        view! { <ToastRegion label="News" dismiss_label="Dismiss"/> }
    });
    let toasts = held.get_value().unwrap();
    for (tone, stays) in
        [(NoticeTone::Done, false), (NoticeTone::Waiting, false), (NoticeTone::Problem, true)]
    {
        toasts.show(tone, "Saved");
        tick().await;
        assert!(place.query_selector(".toast").unwrap().is_some());
        toasts.left_behind();
        tick().await;
        assert_eq!(place.query_selector(".toast").unwrap().is_some(), stays, "{tone:?}");
    }
}
