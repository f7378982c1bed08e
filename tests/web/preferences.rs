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

#[wasm_bindgen_test]
fn the_browser_says_which_languages_are_read() {
    assert!(!browser_languages().is_empty());
}
