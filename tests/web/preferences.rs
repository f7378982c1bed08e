//! Preferences outlive the tab, and bad ones do no harm.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::platform::preferences::{Kept, browser_languages, keep, read};

#[wasm_bindgen_test]
fn what_is_kept_is_read_and_what_cannot_be_read_is_the_default() {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    storage.clear().unwrap();
    assert_eq!(read(), Kept::default());
    let kept = Kept { locale: Some("lv".into()), theme: Some("dark".into()), text_size: None };
    keep(&kept);
    assert_eq!(read(), kept);
    let key = storage.key(0).unwrap().unwrap();
    storage.set_item(&key, r#"{"locale":"en","of_a_newer_version":[]}"#).unwrap();
    assert_eq!(read(), Kept { locale: Some("en".into()), ..Kept::default() });
    for bad in ["", "{", "[1]", r#"{"locale":7}"#] {
        storage.set_item(&key, bad).unwrap();
        assert_eq!(read(), Kept::default(), "{bad}");
    }
    storage.clear().unwrap();
}

/// What every version kept, by its number. What has landed there stays.
const EVER_KEPT: [&str; 1] = [include_str!("../../crates/kase-formats/fixtures/preferences/1.json")];

#[wasm_bindgen_test]
fn what_was_ever_kept_is_read_and_today_it_is_written_as_in_the_newest_fixture() {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    let everything =
        Kept { locale: Some("lv".into()), theme: Some("dark".into()), text_size: Some("large".into()) };
    let cases = [("everything", everything), ("nothing chosen", Kept::default())];
    for fixture in EVER_KEPT {
        let fixture: serde_json::Value = serde_json::from_str(fixture).unwrap();
        for (name, kept) in &cases {
            storage.set_item("kase-preferences-1", &fixture[name].to_string()).unwrap();
            assert_eq!(read(), *kept, "{name}");
        }
    }
    let newest: serde_json::Value = serde_json::from_str(EVER_KEPT[EVER_KEPT.len() - 1]).unwrap();
    for (name, kept) in &cases {
        storage.clear().unwrap();
        keep(kept);
        let written = storage.get_item("kase-preferences-1").unwrap().unwrap();
        let written: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(written, newest[name], "keep the fixture, and add the next to EVER_KEPT");
    }
    storage.clear().unwrap();
}

#[wasm_bindgen_test]
fn the_browser_says_which_languages_are_read() {
    assert!(!browser_languages().is_empty());
}
